// SVG by hand: elements, and a rectangle of the drawing with its own two axes.

const NAMESPACE = "http://www.w3.org/2000/svg";

/** Add an element to a parent; undefined attributes are left out. */
export function add(parent, tag, attributes = {}, text = "") {
  const element = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.textContent = text;
  parent.append(element);
  return element;
}

/** A number with its minus sign, as it stands at an axis. */
export function label(value) {
  return String(value).replace("-", "−");
}

/** A rectangle with two linear axes; what is drawn in it is cut off at its edges. */
export class Panel {
  /**
   * @param svg the drawing
   * @param box left, top, width and height, in pixels
   * @param across the least and greatest value of the horizontal axis
   * @param up those of the vertical axis
   */
  constructor(svg, box, across, up) {
    Object.assign(this, { box, across, up });
    const clip = `clip-${svg.id}-${svg.querySelectorAll("clipPath").length}`;
    const { left: x, top: y, width, height } = box;
    add(add(svg, "clipPath", { id: clip }), "rect", { x, y, width, height });
    this.group = add(svg, "g");
    this.clipped = add(svg, "g", { "clip-path": `url(#${clip})` });
    this.above = add(svg, "g");
  }

  x(value) {
    const [low, high] = this.across;
    return this.box.left + ((value - low) / (high - low)) * this.box.width;
  }

  y(value) {
    const [low, high] = this.up;
    return this.box.top + ((high - value) / (high - low)) * this.box.height;
  }

  /** The value of the horizontal axis at a pixel, within the axis. */
  valueAt(pixel) {
    const [low, high] = this.across;
    const value = low + ((pixel - this.box.left) / this.box.width) * (high - low);
    return Math.min(high, Math.max(low, value));
  }

  holds(value, height) {
    return height >= this.up[0] && height <= this.up[1] && value >= this.across[0] && value <= this.across[1];
  }

  /** Draw the frame, grid lines and numbers of both axes. */
  axes(across, up) {
    const { left, top, width, height } = this.box;
    for (const value of across) {
      const x = this.x(value);
      add(this.group, "line", { class: "grid", x1: x, x2: x, y1: top, y2: top + height });
      add(this.group, "text", { class: "tick", x, y: top + height + 16, "text-anchor": "middle" }, label(value));
    }
    for (const value of up) {
      const y = this.y(value);
      add(this.group, "line", { class: "grid", x1: left, x2: left + width, y1: y, y2: y });
      add(this.group, "text", { class: "tick", x: left - 6, y: y + 4, "text-anchor": "end" }, label(value));
    }
    add(this.group, "line", { class: "zero", x1: left, x2: left + width, y1: this.y(0), y2: this.y(0) });
  }

  /** Draw a function, a point every pixel and a half. */
  curve(name, of) {
    const count = Math.ceil(this.box.width / 1.5);
    const [low, high] = this.across;
    const places = Array.from({ length: count + 1 }, (_, i) => low + ((high - low) * i) / count);
    const d = places.map((x) => `${this.x(x).toFixed(1)},${this.bounded(this.y(of(x)))}`).join("L");
    add(this.clipped, "path", { class: name, d: `M${d}` });
  }

  line(name, from, to) {
    const [x1, y1, x2, y2] = [this.x(from[0]), this.y(from[1]), this.x(to[0]), this.y(to[1])];
    add(this.clipped, "line", { class: name, x1, y1, x2, y2 });
  }

  point(name, x, y, r = 6) {
    add(this.above, "circle", { class: name, cx: this.x(x), cy: this.y(y), r });
  }

  text(name, x, y, words, anchor = "start") {
    return add(this.above, "text", { class: name, x: this.x(x), y: this.y(y), "text-anchor": anchor }, words);
  }

  // What lies far outside is drawn just outside: huge coordinates are cut off wrongly by some browsers.
  bounded(pixel) {
    return Math.min(1e4, Math.max(-1e4, pixel)).toFixed(1);
  }
}
