// Where words and curves lie in each still figure, in pixels from its corner.
() => {
  const inside = (frame, box) => [box.left - frame.left, box.top - frame.top, box.right - frame.left, box.bottom - frame.top];

  const along = (path) => {
    const dots = [...path.getAttribute("d").matchAll(/M([\d.-]+) ([\d.-]+)h0/g)].map((dot) => [+dot[1], +dot[2]]);
    if (dots.length) return dots;
    const count = Math.ceil(path.getTotalLength() / 3);
    const at = (i) => path.getPointAtLength((path.getTotalLength() * i) / count);
    return Array.from({ length: count + 1 }, (_, i) => [at(i).x, at(i).y]);
  };

  return [...document.querySelectorAll("svg.graph")].map((svg) => {
    const frame = svg.getBoundingClientRect();
    const scale = frame.width / svg.viewBox.baseVal.width;
    const boxes = (name) => [...svg.querySelectorAll(name)].map((text) => inside(frame, text.getBoundingClientRect()));
    return {
      title: svg.getAttribute("aria-label"),
      frame: [frame.width, frame.height],
      texts: boxes("text"),
      notes: boxes(".note"),
      curves: [...svg.querySelectorAll(".curve")].flatMap(along).map(([x, y]) => [x * scale, y * scale]),
    };
  });
}
