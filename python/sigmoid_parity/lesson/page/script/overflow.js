// Formulas that are too wide scroll by themselves: only those can be reached by the tab key.

import { words } from "./controls.js";

function mark() {
  for (const one of document.querySelectorAll(".formula, .scrolled, pre")) {
    const wide = one.scrollWidth > one.clientWidth;
    one.classList.toggle("wide", wide);
    if (wide) {
      one.tabIndex = 0;
      one.setAttribute("role", "group");
      one.setAttribute("aria-label", words.scrolls);
    } else {
      one.removeAttribute("tabindex");
      one.removeAttribute("role");
      one.removeAttribute("aria-label");
    }
  }
}

new ResizeObserver(mark).observe(document.querySelector("main"));
document.fonts.ready.then(mark);
document.fonts.addEventListener("loadingdone", mark); // A font that is first needed where something unfolds.
