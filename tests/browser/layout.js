// What the browser made of the page: edges, fractions and powers, what scrolls, what the tab key stops at.
() => {
  const box = one => one.getBoundingClientRect(), all = name => [...document.querySelectorAll(name)];
  return {
    page: [document.documentElement.scrollWidth, innerWidth],
    outside: all("h1, h2, p, li, table, svg").filter(
      one => box(one).right > innerWidth && !one.closest(".wide, .hidden, .scrolled")).length,
    fractions: all("mfrac").map(one => [box(one.children[0]).bottom, box(one.children[1]).top]),
    powers: all("msup").map(one => [box(one.children[0]).bottom, box(one.children[1]).bottom]),
    stops: all(".formula[tabindex]").length,
    wide: all(".formula").filter(one => one.scrollWidth > one.clientWidth).length,
    formulas: all(".formula").length,
    size: parseFloat(getComputedStyle(document.querySelector(".steps p")).fontSize),
    font: document.fonts.check('16px "Lesson Math"'),
  };
}
