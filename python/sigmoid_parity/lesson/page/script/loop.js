// The figure of four panels: x to y on the sigmoid, y through the mirror to the parabola, and back to the bell. Where
// DActivation is handed y, the way closes: the point on the bell is the point on the parabola.

import { at, PASSED } from "./model.js";
import { rounded } from "./numbers.js";
import { add, Panel } from "./svg.js";

const RANGE = 8;
const OUTPUTS = [-0.05, 1.05];
// The captions on a phone, where words do not fit.
const SYMBOLS = {
  sigmoid: () => "y = σ(x)",
  bell: () => "σ′(x)",
  mirror: (passed) => ({ output: "y → y", input: "", twice: "y → σ(y)" })[passed],
  parabola: () => "DActivation",
};

/** Draw the figure anew: state has x, alpha and passed; words has what is written in it. */
export function drawLoop(svg, state, words) {
  const width = svg.parentElement.clientWidth;
  const panels = layOut(svg, width, state);
  const now = at(state.x, state.alpha, state.passed);
  curves(panels, state);
  captions(panels, state, words);
  tangents(panels.sigmoid, now, state);
  way(panels, now, state);
  points(panels, now, state);
  return panels;
}

function layOut(svg, width, state) {
  const small = width < 520;
  const left = small ? 30 : 44;
  const gap = small ? 34 : 56;
  const right = small ? 6 : 16;
  const first = (width - left - gap - right) * 0.6;
  const second = width - left - gap - right - first;
  const high = Math.max(second * 0.85, 130);
  const low = Math.max(second * 0.75, 120);
  const [top, between] = [26, 56];
  svg.replaceChildren();
  svg.setAttribute("width", width);
  svg.setAttribute("height", top + high + between + low + 40);
  const slopes = state.passed === "input" ? [-2, 0.5] : [-0.012, 0.29 * Math.max(1, state.alpha)];
  const inputs = state.passed === "input" ? [-2, 2] : [0, 1];
  const box = (x, y, w, h) => ({ left: x, top: y, width: w, height: h });
  const [middle, below] = [left + first + gap, top + high + between];
  return {
    sigmoid: new Panel(svg, box(left, top, first, high), [-RANGE, RANGE], OUTPUTS),
    mirror: new Panel(svg, box(middle, top, second, high), inputs, OUTPUTS),
    bell: new Panel(svg, box(left, below, first, low), [-RANGE, RANGE], slopes),
    parabola: new Panel(svg, box(middle, below, second, low), inputs, slopes),
    small,
  };
}

function curves({ sigmoid, mirror, bell, parabola, small }, { alpha, passed }) {
  const across = small ? [-8, 0, 8] : [-8, -6, -4, -2, 0, 2, 4, 6, 8];
  const inputs = passed === "input" ? [-2, -1, 0, 1, 2] : small ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
  const slopes = passed === "input" ? [-2, -1, 0, 0.25] : alpha > 1 ? [0, alpha / 4] : [0, 0.1, 0.2, 0.25];
  const spaced = alpha > 1 || passed === "input" ? slopes : [0, 0.1, 0.25];
  sigmoid.axes(across, [0, 0.5, 1]);
  sigmoid.curve("curve y", (x) => at(x, alpha).y);
  mirror.axes(inputs, [0, 0.5, 1]);
  if (passed !== "input") mirrored(mirror, passed);
  bell.axes(across, spaced);
  bell.curve("curve d", (x) => at(x, alpha).slope);
  if (passed !== "output") bell.curve("curve wrong", (x) => at(x, alpha, passed).claimed);
  parabola.axes(inputs, spaced);
  parabola.curve("curve d", (y) => alpha * (1 - y) * y);
}

// The mirror hands y on as it is; in the mistake of D4 it hands on the sigmoid of y.
function mirrored(mirror, passed) {
  const count = 60;
  const places = Array.from({ length: count + 1 }, (_, i) => i / count);
  const d = places.map((y) => `${mirror.x(PASSED[passed](0, y)).toFixed(1)},${mirror.y(y).toFixed(1)}`).join("L");
  add(mirror.clipped, "path", { class: passed === "output" ? "curve mirror" : "curve wrong", d: `M${d}` });
}

function captions(panels, { passed }, words) {
  for (const [name, panel] of Object.entries(panels)) {
    if (name === "small") continue;
    const { left, top, width, height } = panel.box;
    const caption = panels.small ? SYMBOLS[name](passed) : title(name, passed, words);
    add(panel.above, "text", { class: "caption", x: left, y: top - 9 }, caption);
    const axis = name === "sigmoid" || name === "bell" ? "x" : words[`axis-${passed}`];
    add(panel.above, "text", { class: "axis", x: left + width, y: top + height + 30, "text-anchor": "end" }, axis);
  }
}

function title(name, passed, words) {
  return name === "mirror" || name === "parabola" ? words[`${name}-${passed}`] : words[name];
}

function tangents(panel, now, { passed }) {
  const reach = 2.6;
  const along = (slope) => [
    [now.x - reach, now.y - reach * slope],
    [now.x + reach, now.y + reach * slope],
  ];
  if (passed !== "output") panel.line("tangent wrong", ...along(now.claimed));
  panel.line("tangent", ...along(now.slope));
}

function way({ sigmoid, mirror, bell, parabola }, now, { passed }) {
  const name = passed === "output" ? "way" : "way wrong";
  const group = sigmoid.above;
  const [x, y] = [sigmoid.x(now.x), sigmoid.y(now.y)];
  const down = Math.min(Math.max(parabola.y(now.claimed), parabola.box.top), bell.box.top + bell.box.height);
  const over = parabola.x(now.given);
  add(group, "path", { class: "way", d: `M${x},${bell.y(now.slope)}V${y}` });
  if (passed !== "input") {
    add(group, "path", { class: "way", d: `M${x},${y}H${mirror.x(now.given)}` });
    add(group, "path", { class: name, d: `M${over},${mirror.y(now.y)}V${down}H${x}` });
  } else if (parabola.holds(now.given, now.claimed)) {
    add(group, "path", { class: name, d: `M${over},${down}H${x}` });
  }
}

function points({ sigmoid, mirror, bell, parabola }, now, { passed }) {
  const right = passed === "output";
  if (!right) {
    if (bell.holds(now.x, now.claimed)) bell.point("point wrong", now.x, now.claimed);
    else offScale(bell, now);
    if (parabola.holds(now.given, now.claimed)) parabola.point("point wrong", now.given, now.claimed);
  }
  if (passed !== "input") mirror.point("point small", now.given, now.y, 3.5);
  bell.point("point d", now.x, now.slope);
  if (right) parabola.point("point d", now.given, now.claimed);
  add(sigmoid.above, "circle", { class: "halo", cx: sigmoid.x(now.x), cy: sigmoid.y(now.y), r: 13 });
  sigmoid.point("point y", now.x, now.y, 7.5);
}

// An arrow at the lower edge, with the value that lies below it.
function offScale(bell, now) {
  const text = `↓ ${rounded(now.claimed)}`;
  bell.text("note wrong", now.x, bell.up[0], text, now.x > 0 ? "end" : "start").setAttribute("dy", -6);
}
