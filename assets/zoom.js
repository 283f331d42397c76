// Zoom and pan of the map by its view box: buttons, double click, pinch, drag, Ctrl and wheel. The page's scroll stays free.
import { enabled } from './shortcuts.js';

const TIME = 240, MOST = 24, PAN = 60;

export class Zoom {
  constructor(svg, view, rescale, scaled) {
    this.svg = svg;
    this.all = view;
    this.box = view.slice();
    this.rescale = rescale;
    this.scaled = scaled;
    this.target = null;
    this.pointers = new Map();
    this.dragged = false;
    this.sized();
    new ResizeObserver(() => { this.sized(); this.told = false; this.apply(this.box); }).observe(svg);
    this.listen();
  }

  part() {
    return this.box[2] / this.all[2];
  }

  // The window on the screen, kept: to ask for it between two writings would have the page laid out each time.
  sized() {
    this.width = this.svg.clientWidth || 600;
    this.height = this.svg.clientHeight || 500;
    this.measure();
  }

  measure() {
    this.unit = Math.max(this.box[2] / this.width, this.box[3] / this.height);
  }

  // What the window shows, in map units: more than the view box on its long side.
  seen() {
    const [x, y, width, height] = this.box, wide = this.width * this.unit / 2, high = this.height * this.unit / 2;
    return [x + width / 2 - wide, y + height / 2 - high, x + width / 2 + wide, y + height / 2 + high];
  }

  apply(box) {
    this.box = box;
    this.svg.setAttribute('viewBox', box.map(Math.round).join(' '));
    const before = this.unit;
    this.measure();
    this.svg.style.setProperty('--u', this.unit.toFixed(3));
    if (Math.abs(this.unit / before - 1) > 0.001 || !this.told) { this.told = true; this.rescale(this.unit); }
    this.scaled(this.unit);
  }

  // Show a box (x0, y0, x1, y1) with some air around it, or everything: at once, a reader waits for the picture.
  to(box) {
    const key = box ? box.join() : '';
    if (key === this.target) return;
    this.target = key;
    this.home = box ? padded(box, this.all) : this.all;
    this.go(this.home, true);
  }

  go(goal, atOnce) {
    cancelAnimationFrame(this.frame);
    const from = this.box, start = performance.now();
    if (atOnce || matchMedia('(prefers-reduced-motion: reduce)').matches) { this.apply(goal); return; }
    const step = now => {
      const t = Math.min(1, (now - start) / TIME), eased = 1 - (1 - t) ** 3;
      this.apply(from.map((value, i) => value + (goal[i] - value) * eased));
      if (t < 1) this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }

  by(factor, x, y, atOnce) {
    const [left, top, width, height] = this.box;
    const wide = Math.min(this.all[2], Math.max(this.all[2] / MOST, width / factor)), ratio = wide / width;
    const cx = x ?? left + width / 2, cy = y ?? top + height / 2;
    this.go(this.kept([cx - (cx - left) * ratio, cy - (cy - top) * ratio, wide, height * ratio]), atOnce);
  }

  kept([left, top, width, height]) {
    const [x, y, w, h] = this.all;
    return [Math.min(Math.max(left, x - width / 2), x + w - width / 2), Math.min(Math.max(top, y - height / 2), y + h - height / 2), width, height];
  }

  move(dx, dy) {
    this.go(this.kept([this.box[0] + dx * this.unit, this.box[1] + dy * this.unit, this.box[2], this.box[3]]), true);
  }

  fit() {
    this.go(this.home || this.all);
  }

  // Where the focus is on the buttons of the map: + and − zoom, 0 shows all, arrows move what is enlarged.
  key(event) {
    const ways = { ArrowLeft: [-PAN, 0], ArrowRight: [PAN, 0], ArrowUp: [0, -PAN], ArrowDown: [0, PAN] };
    const factor = enabled() && { '+': 1.5, '=': 1.5, '-': 1 / 1.5 }[event.key], way = this.zoomed() && ways[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !(factor || way || (enabled() && event.key === '0'))) return;
    event.preventDefault();
    event.stopPropagation();
    if (factor) this.by(factor);
    else if (way) this.move(...way);
    else this.fit();
  }

  zoomed() {
    return this.part() < 0.98;
  }

  point(event) {
    const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return [spot.x, spot.y];
  }

  listen() {
    const { svg, pointers } = this;
    svg.addEventListener('wheel', event => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.by(event.deltaY < 0 ? 1.25 : 0.8, ...this.point(event), true);
    }, { passive: false });
    svg.addEventListener('dblclick', event => {
      event.preventDefault();
      this.by(event.shiftKey ? 0.5 : 2, ...this.point(event));
    });
    svg.addEventListener('pointerdown', event => {
      pointers.set(event.pointerId, event);
      this.dragged = false;
      this.start = { x: event.clientX, y: event.clientY };
    });
    window.addEventListener('pointermove', event => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      if (pointers.size === 2) this.pinch(event);
      else if (this.zoomed() && event.pointerType !== 'touch') {
        if (Math.hypot(event.clientX - this.start.x, event.clientY - this.start.y) > 4) this.dragged = true;
        if (this.dragged) this.move(before.clientX - event.clientX, before.clientY - event.clientY);
      }
      pointers.set(event.pointerId, event);
    });
    for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, event => pointers.delete(event.pointerId));
  }

  pinch(event) {
    const other = [...this.pointers.values()].find(pointer => pointer.pointerId !== event.pointerId);
    const before = this.pointers.get(event.pointerId);
    const span = pointer => Math.hypot(pointer.clientX - other.clientX, pointer.clientY - other.clientY);
    this.dragged = true;
    if (span(before) > 0) this.by(span(event) / span(before), ...this.point({ clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 }), true);
  }
}

function padded([x0, y0, x1, y1], all) {
  const least = all[2] / 9, wide = Math.max(x1 - x0, least) * 1.16, high = Math.max(y1 - y0, least * all[3] / all[2]) * 1.16;
  return [(x0 + x1 - wide) / 2, (y0 + y1 - high) / 2, wide, high];
}
