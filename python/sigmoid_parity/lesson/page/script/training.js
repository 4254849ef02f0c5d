// D4's network, trained step by step with the portable pair: once with the right derivative, once with the sigmoid
// applied twice. Sums are taken from left to right, as in fixtures/README.md, so that the bits are those of the files.

import { fill, find, words } from "./controls.js";
import { decimal } from "./numbers.js";
import { activation, dActivation } from "./portable.js";

const DERIVATIVES = { right: dActivation, mistaken: (y) => dActivation(activation(y)) };

const sum = (terms) => terms.reduce((total, term) => total + term);
const transposed = (matrix) => matrix[0].map((_, column) => matrix.map((row) => row[column]));
const through = (row, matrix) => transposed(matrix).map((column) => sum(column.map((weight, i) => row[i] * weight)));

/** A pass forwards and back: outputs and deltas of each layer, and the loss. */
function pass({ x, t }, weights, derivative) {
  const outputs = [x];
  for (const matrix of weights) outputs.push(through(outputs.at(-1), matrix).map(activation));
  const error = outputs.at(-1).map((y, i) => t[i] - y);
  const deltas = [error.map((one, i) => one * derivative(outputs.at(-1)[i]))];
  for (let layer = weights.length - 1; layer > 0; layer--) {
    const back = through(deltas[0], transposed(weights[layer]));
    deltas.unshift(back.map((one, i) => one * derivative(outputs[layer][i])));
  }
  return { outputs, deltas, loss: 0.5 * sum(error.map((one) => one * one)) };
}

class Training {
  constructor(data, derivative) {
    Object.assign(this, { data, derivative, weights: data.weights });
    this.now = pass(data, this.weights, derivative);
    this.loss = this.now.loss;
  }

  /** Take a step: the loss is that of the weights before it. */
  step() {
    const { outputs, deltas, loss } = this.now;
    this.loss = loss;
    this.weights = this.weights.map((matrix, layer) =>
      matrix.map((row, i) => row.map((weight, j) => weight - -(outputs[layer][i] * deltas[layer][j]) * this.data.rate)),
    );
    this.now = pass(this.data, this.weights, this.derivative);
  }
}

function start() {
  const data = JSON.parse(find("#d4").textContent);
  return Object.fromEntries(Object.entries(DERIVATIVES).map(([name, one]) => [name, new Training(data, one)]));
}

function show({ weights, now }) {
  for (const text of document.querySelectorAll("#network [data-y]")) {
    const [layer, node] = text.dataset.y.split("-");
    text.textContent = now.outputs[layer][node].toFixed(4);
  }
  for (const text of document.querySelectorAll("#network [data-d]")) {
    const [layer, node] = text.dataset.d.split("-");
    text.textContent = `δ = ${now.deltas[layer - 1][node].toFixed(5).replace("-", "−")}`;
  }
  for (const line of document.querySelectorAll("#network [data-w]")) {
    const [layer, row, column] = line.dataset.w.split("-");
    const weight = weights[layer][row][column];
    line.setAttribute("stroke-width", 0.5 + 2.5 * Math.min(Math.abs(weight), 2));
    line.classList.toggle("below", weight < 0);
  }
}

function lesson() {
  let [trainings, done] = [start(), 0];
  const draw = () => {
    show(trainings[find("input[name=derivative]:checked").value]);
    Object.values(trainings).forEach((one, i) => {
      find(`[data-loss="${i}"]`).textContent = decimal(one.loss);
    });
    find("#epochs").textContent = fill(words["epochs-done"], { count: done });
  };
  for (const button of document.querySelectorAll("button[data-epochs]")) {
    button.addEventListener("click", () => {
      const count = Number(button.dataset.epochs);
      if (count === 0) [trainings, done] = [start(), 0];
      for (let i = 0; i < count; i++) Object.values(trainings).forEach((one) => one.step());
      done += count;
      draw();
    });
  }
  for (const radio of document.querySelectorAll("input[name=derivative]")) radio.addEventListener("input", draw);
  draw();
}

if (find("#network")) lesson();
