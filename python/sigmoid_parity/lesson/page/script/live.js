// The live figures: one x, moved by slider, arrow keys or by dragging a point; all that is shown follows.

import { draggable, everyFrame, fill, find, rowsOf, show, words } from "./controls.js";
import { drawLoop } from "./loop.js";
import { at, inputOf } from "./model.js";
import { rounded } from "./numbers.js";
import { drawSaturation } from "./saturation.js";

function name(row, text) {
  row.querySelector("th").textContent = text;
}

function loop() {
  const svg = find("#loop");
  const slider = find("#x");
  const steepness = find("#alpha");
  const rows = rowsOf("#numbers");
  let panels;
  const state = () => ({
    x: slider.valueAsNumber / 100,
    alpha: steepness.valueAsNumber / 4,
    passed: find("input[name=passed]:checked").value,
  });
  const draw = () => {
    const wanted = state();
    panels = drawLoop(svg, wanted, words);
    tell(wanted, at(wanted.x, wanted.alpha, wanted.passed), rows);
  };
  const ask = everyFrame(svg.parentElement, draw);
  for (const control of document.querySelectorAll("#x, #alpha, input[name=passed]")) {
    control.addEventListener("input", ask);
  }
  for (const button of document.querySelectorAll("button[data-x]")) {
    button.addEventListener("click", () => {
      slider.value = button.dataset.x;
      ask();
    });
  }
  draggable(svg, slider, (across, down) => {
    const { sigmoid, parabola, bell } = panels;
    if (across < sigmoid.box.left + sigmoid.box.width + 12) return (down < bell.box.top ? sigmoid : bell).valueAt(across);
    const { alpha, passed } = state();
    return passed === "output" ? inputOf(parabola.valueAt(across), alpha, -8, 8) : undefined;
  });
}

function tell({ x, alpha, passed }, now, rows) {
  const factor = alpha === 1 ? "" : `${alpha} `;
  show(rows.x, x);
  show(rows.y, now.y);
  show(rows.slope, now.slope);
  show(rows.claimed, now.claimed);
  show(rows.stable, now.stable);
  name(rows.y, `y = Activation(${factor}x)`);
  name(rows.slope, `${factor}DActivation(y)`);
  name(rows.claimed, factor + words[`call-${passed}`]);
  name(rows.stable, `${factor}stable_derivative(${factor}x)`);
  rows.claimed.hidden = passed === "output";
  // The mistake is least where y is 1.
  const shown = { x, y: now.y, slope: now.slope, claimed: now.claimed, least: alpha * at(1).slope };
  const values = Object.fromEntries(Object.entries(shown).map(([key, value]) => [key, rounded(value)]));
  find("#x-value").textContent = rounded(x);
  find("#alpha-value").textContent = rounded(alpha);
  find("#x").setAttribute("aria-valuetext", fill(words.valuetext, values));
  find("#loop-says").textContent = fill(words[`says-${passed}`], values);
}

function saturation() {
  const svg = find("#saturation");
  const slider = find("#far");
  const rows = rowsOf("#far-numbers");
  let panel;
  const draw = () => {
    const x = slider.valueAsNumber / 100;
    const now = at(x);
    panel = drawSaturation(svg, x, words);
    for (const each of ["x", "y", "slope", "stable"]) show(rows[each], now[each]);
    find("#far-value").textContent = rounded(x);
    const left = Math.round((1 - now.y) * 2 ** 53);
    const sentence = left === 0 ? words["says-lost"] : words["says-left"];
    find("#saturation-says").textContent = fill(sentence, { x: rounded(x), left, stable: rounded(now.stable) });
    slider.setAttribute("aria-valuetext", `x = ${rounded(x)}`);
  };
  slider.addEventListener("input", everyFrame(svg.parentElement, draw));
  draggable(svg, slider, (across) => panel.valueAt(across));
}

document.documentElement.classList.add("live");
if (find("#loop")) {
  loop();
  saturation();
  find("#bits").addEventListener("change", (event) => {
    document.body.classList.toggle("bits", event.target.checked);
  });
}
