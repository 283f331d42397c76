// Names and values printed on the map, none over another; at the level of communes only those that have room.
const SVG = 'http://www.w3.org/2000/svg';
const TYPICAL = 100, GAP = 2, AIR = 4, FAR = 1e9, CELL = 90, MOST = 160;

export class Labels {
  constructor(group) {
    this.group = group;
    this.looks = new Map();
    this.pen = document.createElement('canvas').getContext('2d');
    this.widths = new Map();
  }

  // Width of a text as a part of the height of its letters, in the fonts that this browser has.
  width(text, weight) {
    const key = `${weight} ${text}`;
    if (!this.widths.has(key)) {
      this.pen.font = `${weight} ${TYPICAL}px ${getComputedStyle(this.group).fontFamily}`;
      this.widths.set(key, this.pen.measureText(text).width / TYPICAL);
    }
    return this.widths.get(key);
  }

  // Read from the styles once for each look of the page: asked at each painting, it would hold it up.
  sizes() {
    const look = `${document.body.className} ${innerWidth} ${this.group.closest('[data-palette]')?.dataset.palette}`;
    if (!this.looks.has(look)) {
      const style = getComputedStyle(this.group);
      const read = name => parseFloat(style.getPropertyValue(name));
      this.looks.set(look, { name: read('--label-name') || 13, value: read('--label-value') || 17 });
    }
    return this.looks.get(look);
  }

  // Each area takes the first place that is free; a territory and what is picked out are always labelled, where they cover least if none is.
  place(areas, level, unit, seen) {
    const sizes = this.sizes(), every = level === 'territory';
    const circles = areas.filter(area => area.radius).map(area => ({ area, box: around(area.x, area.y, area.radius, area.radius) }));
    const order = [...areas].sort((a, b) => b.first - a.first || b.radius - a.radius || b.clear - a.clear);
    const taken = new Boxes(GAP * unit, CELL * unit), round = new Boxes(0, CELL * unit), shown = [];
    for (const { area, box } of circles) round.add(box, area);
    for (const area of order) {
      if (shown.length >= MOST) break;
      if (!every && !area.first && !area.radius && this.half(area, sizes, unit) >= area.clear * 1.9) continue;
      const places = this.places(area, sizes, unit);
      const free = places.find(spot => within(spot.box, seen) && taken.free(spot.box) && round.free(spot.box, area));
      const spot = free || (every || area.first ? least(places, ({ box }) => taken.covered(box) + (within(box, seen) ? 0 : FAR)) : null);
      if (spot) { taken.add(spot.box); shown.push({ ...area, ...spot }); }
    }
    this.group.replaceChildren(...shown.map(label => this.draw(label)));
  }

  half(area, { name, value }, unit) {
    return Math.max(this.width(area.name, 400) * name, this.width(area.text, 700) * value) * unit / 2;
  }

  // Where a label may stand: inside its area or circle, else under, over, right or left of the circle, else at its corners.
  places(area, sizes, unit) {
    const { name, value } = sizes, half = this.half(area, sizes, unit);
    const up = name * unit, down = value * 1.15 * unit, { x, y, radius } = area;
    const at = (cx, cy, dark) => ({ x: cx, y: cy, half, dark, box: [cx - half, cy - up, cx + half, cy + down] });
    if (!radius) return [at(x, y, area.dark)];
    const inside = Math.hypot(half, (up + down) / 2) < radius * 1.08;
    const middle = y + (up - down) / 2, far = radius + AIR * unit;
    const outside = [at(x, y + far + up, false), at(x, y - far - down, false), at(x + far + half, middle, false), at(x - far - half, middle, false)];
    for (const [right, under] of [[1, 1], [-1, 1], [1, -1], [-1, -1]]) outside.push(at(x + right * (0.7 * far + half), y + under * 0.7 * far + (under > 0 ? up : -down), false));
    return inside ? [at(x, middle, !area.over), ...outside] : outside;
  }

  draw(area) {
    const label = document.createElementNS(SVG, 'g');
    label.setAttribute('class', area.dark ? `label on-dark${area.low ? ' low' : ''}` : 'label');
    label.setAttribute('transform', `translate(${Math.round(area.x)} ${Math.round(area.y)})`);
    for (const [kind, text, dy] of [['name', area.name, null], ['value', area.text, '1.05em']].filter(([, text]) => text)) {
      const line = document.createElementNS(SVG, 'text');
      line.setAttribute('class', kind);
      if (dy) line.setAttribute('dy', dy);
      line.textContent = text;
      label.appendChild(line);
    }
    return label;
  }
}

// Boxes found again by the squares they lie on: thousands of areas are not compared two by two.
class Boxes {
  constructor(gap, cell) {
    this.gap = gap;
    this.cell = cell;
    this.squares = new Map();
  }

  * keys([x0, y0, x1, y1]) {
    const square = value => Math.floor(value / this.cell);
    for (let x = square(x0 - this.gap); x <= square(x1 + this.gap); x += 1) {
      for (let y = square(y0 - this.gap); y <= square(y1 + this.gap); y += 1) yield x * 65536 + y;
    }
  }

  add(box, owner = null) {
    for (const key of this.keys(box)) {
      if (!this.squares.has(key)) this.squares.set(key, []);
      this.squares.get(key).push({ box, owner });
    }
  }

  // How much of a box is taken.
  covered([x0, y0, x1, y1]) {
    const others = new Set([...this.keys([x0, y0, x1, y1])].flatMap(key => this.squares.get(key) || []));
    return [...others].reduce((sum, { box }) => sum + Math.max(0, Math.min(x1, box[2]) - Math.max(x0, box[0])) * Math.max(0, Math.min(y1, box[3]) - Math.max(y0, box[1])), 0);
  }

  free(box, owner) {
    for (const key of this.keys(box)) {
      if ((this.squares.get(key) || []).some(other => !(owner && other.owner === owner) && !apart(box, other.box, this.gap))) return false;
    }
    return true;
  }
}

const least = (all, cost) => all.reduce((best, one) => (cost(one) < cost(best) ? one : best));
const around = (x, y, wide, high) => [x - wide, y - high, x + wide, y + high];
const within = (box, seen) => box[0] >= seen[0] && box[1] >= seen[1] && box[2] <= seen[2] && box[3] <= seen[3];
const apart = (a, b, gap) => a[2] + gap < b[0] || a[0] > b[2] + gap || a[3] + gap < b[1] || a[1] > b[3] + gap;
