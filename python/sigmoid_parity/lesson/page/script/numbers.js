// A double for the reader: the shortest decimal that reads back, a rounded one, and its 64 bits.

/** The shortest decimal that reads back as the same double; the sign of zero is kept. */
export function decimal(value) {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** Four significant digits, for sentences. */
export function rounded(value) {
  return value === 0 ? "0" : String(Number(value.toPrecision(4))).replace("-", "−");
}

/** The encoding: 16 hex digits, and the three fields as binary digits. */
export function bits(value) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const whole = view.getBigUint64(0);
  const binary = whole.toString(2).padStart(64, "0");
  return {
    hex: whole.toString(16).padStart(16, "0"),
    sign: binary.slice(0, 1),
    exponent: binary.slice(1, 12),
    fraction: binary.slice(12),
  };
}
