// The map: paints fills, circles, hatches, outlines and points of the areas; owns the zoom, and nothing else.
import { Labels } from './labels.js';
import { both, placesOf } from './packs.js';
import { Zoom } from './zoom.js';

const SVG = 'http://www.w3.org/2000/svg';
const POINT = 4.5, MANY = 300, FULL = 10000;

export const STATE = { z: 'zero', s: 'suppressed', m: 'missing' };
export const stateOf = mark => STATE[mark] || 'value';

function written(made, attributes) {
  for (const [key, value] of Object.entries(attributes)) if (made.getAttribute(key) !== String(value)) made.setAttribute(key, value);
  return made;
}

function element(name, attributes, parent) {
  const made = written(document.createElementNS(SVG, name), attributes);
  if (parent) parent.appendChild(made);
  return made;
}

export class TerritoryMap {
  constructor(svg, boot, on) {
    this.svg = svg;
    this.shapes = { territory: boot.geometry.territory, commune: boot.geometry.commune };
    this.orientation = boot.geometry.orientation;
    this.widest = boot.circle * boot.geometry.view[2];
    const group = name => svg.querySelector(`.${name}`);
    this.areas = group('areas'); this.lines = group('lines'); this.outlines = group('outlines');
    this.circles = group('circles'); this.points = group('points'); this.towns = group('orientation');
    this.labels = new Labels(group('labels'));
    this.level = null;
    this.drawn = {};
    this.zoom = new Zoom(svg, boot.geometry.view, unit => this.rescale(unit), on.scale);
    this.listen(on);
  }

  listen(on) {
    const code = event => event.target.dataset && (event.target.dataset.code || event.target.dataset.of);
    for (const group of [this.areas, this.circles]) {
      group.addEventListener('pointerover', event => code(event) && event.pointerType !== 'touch' && on.hover(code(event)));
      group.addEventListener('pointerleave', () => on.hover(null));
      // the second click of a double click zooms, it picks nothing
      group.addEventListener('click', event => code(event) && event.detail < 2 && !this.zoom.dragged && on.pick(code(event), event));
    }
  }

  // One path an area of the level, the boundaries of the other level as lines; both kept for the way back.
  build(level) {
    if (this.level === level) return;
    if (this.level === null && this.areas.childElementCount === Object.keys(this.shapes[level]).length) {
      this.drawn[level] = { areas: [...this.areas.children], lines: [...this.lines.children] };
    } else {
      const { areas, lines } = this.drawn[level] ||= this.draw(level);
      this.areas.replaceChildren(...areas);
      this.lines.replaceChildren(...lines);
    }
    this.level = level;
    this.paths = new Map(this.drawn[level].areas.map(path => [path.dataset.code, path]));
  }

  draw(level) {
    const other = level === 'commune' ? 'territory' : 'commune';
    return {
      areas: Object.entries(this.shapes[level]).map(([code, shape]) => element('path', { d: shape[0], 'data-code': code })),
      lines: Object.values(this.shapes[other]).map(shape => element('path', { d: shape[0] })),
    };
  }

  // `pins`: letters of the areas kept in sight, by code; `flags`: areas of which a value is disputed.
  paint(pack, slice, state, pinned, pins, flags) {
    this.build(state.level);
    const places = placesOf(pack);
    let i = 0;
    for (const [code, path] of this.paths) {
      const at = places.get(code), mark = at === undefined ? slice.o[i] : slice.c[at];
      const name = at === undefined ? `c${mark} apart` : `c${mark}`;
      if (path.getAttribute('class') !== name) written(path, { class: name, 'data-state': stateOf(mark) });
      i += 1;
    }
    this.shown = null; // the zoom would draw circles and labels a first time
    this.zoom.to(this.frame(state));
    this.shown = { pack, slice, pinned, pins, flags };
    this.drawCircles(pack, slice);
    this.drawTowns(state.territory === '8' && state.level === 'commune');
    this.outline('pin', pinned, ...pins.keys());
    this.label();
  }

  drawTowns(shown) {
    if (shown === this.towns.hasChildNodes()) return;
    this.towns.replaceChildren(...(shown ? this.orientation : []).flatMap(([d, name, x, y]) => {
      const text = element('text', { x, y });
      text.textContent = name;
      return [element('path', { d }), text];
    }));
  }

  // The largest first, under the others; circles already there are taken again, in order.
  drawCircles(pack, slice) {
    const shares = slice.v || slice.q, there = this.circles.children;
    const drawn = pack.fill && !slice.v ? [] : pack.codes.map((code, i) => [code, shares[i]])
      .filter(([code, share]) => share && !this.crowded(code)).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
    while (there.length > drawn.length) this.circles.lastChild.remove();
    drawn.forEach(([code, share], i) => {
      const [, x, y] = this.shapes[this.level][code];
      const circle = there[i] || element('circle', {}, this.circles);
      written(circle, { cx: x, cy: y, r: Math.round(this.radius(share)), 'data-of': code });
      if (share < 0) written(circle, { class: 'hollow' }); else circle.removeAttribute('class'); // below zero: as large as its amount, and empty
    });
  }

  // A commune whose structures are shown one by one: no circle over its points.
  crowded(code) {
    return this.level === 'commune' && this.shown?.pinned === code;
  }

  radius(share) {
    return this.widest * Math.sqrt(Math.abs(share) / FULL) * Math.min(1, this.zoom.part() * 1.6);
  }

  // The box to show: the commune, the territory, or all.
  frame(state) {
    if (state.level !== 'commune' || !state.territory) return null;
    const shape = state.commune ? this.shapes.commune[state.commune] : this.shapes.territory[state.territory];
    return shape ? shape[4] : null;
  }

  outline(kind, ...codes) {
    for (const old of this.outlines.querySelectorAll(`.${kind}, .${kind}-casing`)) old.remove();
    for (const code of new Set(codes)) {
      if (!code || !this.shapes[this.level][code]) continue;
      const d = this.shapes[this.level][code][0];
      if (kind === 'pin') element('path', { d, class: 'casing pin-casing' }, this.outlines);
      element('path', { d, class: kind }, this.outlines);
    }
  }

  highlight(marks, slice, pack) {
    const dimmed = new Set(marks === null ? [] : pack.codes.filter((code, i) => slice.c[i] !== marks));
    if (!dimmed.size && !this.dimming) return;
    this.dimming = dimmed.size > 0;
    for (const [code, path] of this.paths) path.classList.toggle('dim', dimmed.has(code));
    for (const circle of this.circles.children) circle.classList.toggle('dim', dimmed.has(circle.dataset.of));
  }

  showPoints(points) {
    this.point = points.length > MANY ? POINT * 0.75 : POINT;
    this.points.classList.toggle('many', points.length > MANY);
    this.points.replaceChildren(...points.map(([x, y, vague]) =>
      element('circle', { cx: x, cy: y, r: this.point * this.zoom.unit, class: vague ? 'vague' : 'exact' })));
  }

  rescale(unit) {
    for (const id of ['hatch', 'dots']) {
      const turned = id === 'hatch' ? ' rotate(45)' : '';
      this.svg.querySelector(`#${id}`).setAttribute('patternTransform', `scale(${unit})${turned}`);
    }
    for (const point of this.points.children) point.setAttribute('r', this.point * unit);
    if (this.shown) { this.drawCircles(this.shown.pack, this.shown.slice); this.label(); }
  }

  label() {
    const { pack, slice, pinned, pins, flags } = this.shown, places = placesOf(pack);
    this.labels.place(pack.codes.filter(code => !this.crowded(code)).map(code => {
      const i = places.get(code);
      const [, x, y, clear] = this.shapes[this.level][code], share = pack.fill && !slice.v ? 0 : (slice.v || slice.q)[i];
      return {
        x, y, clear, name: pins.has(code) ? `${pins.get(code)} · ${pack.short[i]}` : pack.short[i],
        text: both(slice, i) + (flags.has(code) ? '\u00a0⚑' : ''), first: code === pinned || pins.has(code),
        radius: this.radius(share), over: Boolean(slice.v) || share < 0, low: pack.palette === 'diverging' && slice.c[i] < '4',
        dark: pack.fill && slice.u.includes(slice.c[i]),
      };
    }), this.level, this.zoom.unit, this.zoom.seen());
  }
}
