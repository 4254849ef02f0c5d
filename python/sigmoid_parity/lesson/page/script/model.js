// What the live figure computes: the pair on doubles, with the same bits on every machine.

import { activation, dActivation, stableDerivative } from "./portable.js";

/** What may be handed to DActivation: the output, as it must be; the input; the sigmoid of the output. */
export const PASSED = {
  output: (x, y) => y,
  input: (x) => x,
  twice: (x, y) => activation(y),
};

/**
 * Compute all that the figure shows at x.
 *
 * @param x the input
 * @param alpha the steepness: the sigmoid is taken of alpha x, and its derivative by x has the factor alpha
 * @param passed a key of PASSED
 */
export function at(x, alpha = 1, passed = "output") {
  const y = activation(alpha * x);
  const given = PASSED[passed](x, y);
  return {
    x,
    y,
    given,
    slope: alpha * dActivation(y),
    claimed: alpha * dActivation(given),
    stable: alpha * stableDerivative(alpha * x),
  };
}

/** The x, a multiple of 1/100, whose output is nearest to y; the sigmoid rises, so that halving finds it. */
export function inputOf(y, alpha, least, greatest) {
  let [low, high] = [Math.round(100 * least), Math.round(100 * greatest)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (activation((alpha * middle) / 100) < y) low = middle;
    else high = middle;
  }
  return low / 100;
}
