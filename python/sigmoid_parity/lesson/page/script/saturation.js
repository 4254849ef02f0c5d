// The end of the bell, enlarged: the steps that (1 - y) y takes where y has few doubles left below 1, and the smooth
// stable_derivative beside them. Heights are in units of 2^-53, the distance of the doubles just below 1.

import { at } from "./model.js";
import { add, Panel } from "./svg.js";

export const ENLARGED = [34.5, 38.5];
const UNIT = 2 ** -53;
const SATURATED = 36.73680056967711;

/** Draw the figure anew at x. */
export function drawSaturation(svg, x, words) {
  const width = svg.parentElement.clientWidth;
  const small = width < 520;
  const box = { left: 30, top: 26, width: width - 40, height: small ? 190 : 240 };
  svg.replaceChildren();
  svg.setAttribute("width", width);
  svg.setAttribute("height", box.top + box.height + 40);
  const panel = new Panel(svg, box, ENLARGED, [-0.4, 9.6]);
  panel.axes([35, 36, 37, 38], [0, 2, 4, 6, 8]);
  panel.line("limit", [SATURATED, -0.4], [SATURATED, 9.6]);
  panel.curve("curve d", (one) => at(one).stable / UNIT);
  panel.curve("curve wrong step", (one) => at(one).slope / UNIT);
  marks(panel, words, small);
  const now = at(x);
  panel.line("way", [x, now.stable / UNIT], [x, now.slope / UNIT]);
  panel.point("point d", x, now.stable / UNIT);
  panel.point("point wrong", x, now.slope / UNIT);
  return panel;
}

function marks(panel, words, small) {
  const { left, top, width, height } = panel.box;
  add(panel.above, "text", { class: "caption", x: left, y: top - 9 }, words.units);
  add(panel.above, "text", { class: "axis", x: left + width, y: top + height + 30, "text-anchor": "end" }, "x");
  panel.text("note soft", SATURATED + 0.06, 8.6, words.one);
  panel.text("note wrong", 34.62, 1.1, words["stairs-are"]);
  panel.text("note d", small ? 35.6 : 35.35, 6.6, words["smooth-is"]);
}
