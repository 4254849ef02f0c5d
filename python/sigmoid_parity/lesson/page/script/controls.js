// What both live figures need: rows of numbers, sentences with values, dragging, drawing once a frame.

import { bits, decimal } from "./numbers.js";

export const words = JSON.parse(document.getElementById("words").textContent);
export const find = (selector) => document.querySelector(selector);

/** The rows of a table by what they show. */
export function rowsOf(table) {
  return Object.fromEntries([...document.querySelectorAll(`${table} tr[data-of]`)].map((row) => [row.dataset.of, row]));
}

/** Put values into a sentence. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Show a double in a row of the table: as decimal, and its bits, which a switch of the page uncovers. */
export function show(row, value) {
  const { hex, sign, exponent, fraction } = bits(value);
  row.querySelector(".decimal").textContent = decimal(value).replace("-", "−");
  row.querySelector(".decimal").dataset.value = decimal(value);
  row.querySelector(".hex").textContent = hex;
  row.querySelector(".sign").textContent = sign;
  row.querySelector(".exponent").textContent = exponent;
  row.querySelector(".fraction").textContent = fraction;
}

/** Let a pointer that goes down on the drawing move the slider, until it goes up; the keys then move it on. */
export function draggable(svg, slider, inputAt) {
  const move = (event) => {
    const { left, top } = svg.getBoundingClientRect();
    const x = inputAt(event.clientX - left, event.clientY - top);
    if (x === undefined) return;
    slider.value = Math.round(100 * x);
    slider.dispatchEvent(new Event("input"));
  };
  svg.addEventListener("pointerdown", (event) => {
    slider.focus({ preventScroll: true });
    svg.setPointerCapture(event.pointerId);
    move(event);
    event.preventDefault();
  });
  svg.addEventListener("pointermove", (event) => svg.hasPointerCapture(event.pointerId) && move(event));
}

/** Call a function at most once a frame, and at once whenever the width changes. */
export function everyFrame(element, draw) {
  let asked = false;
  const ask = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      if (element.clientWidth) draw(); // On paper the figure is hidden.
    });
  };
  new ResizeObserver(ask).observe(element);
  return ask;
}
