// Names and values printed on the map, none over another; at the level of communes only those that have room.
const SVG = 'http://www.w3.org/2000/svg';
const WIDE = 0.57, GAP = 2, AIR = 4;

export class Labels {
  constructor(group) {
    this.group = group;
  }

  // Read from the styles once for each look of the page: asked at each painting, it would hold it up.
  sizes() {
    const look = `${document.body.className} ${innerWidth}`;
    if (this.look !== look) {
      const style = getComputedStyle(this.group);
      const read = name => parseFloat(style.getPropertyValue(name));
      this.look = look;
      this.size = { name: read('--label-name') || 13, value: read('--label-value') || 17 };
    }
    return this.size;
  }

  // Each area takes the first place that is free; a territory is always labelled, in its first place if none is.
  place(areas, level, unit, seen) {
    const sizes = this.sizes(), every = level === 'territory';
    const circles = areas.filter(area => area.radius).map(area => ({ area, box: around(area.x, area.y, area.radius, area.radius) }));
    const order = [...areas].sort((a, b) => b.first - a.first || b.radius - a.radius || b.clear - a.clear);
    const taken = [], shown = [];
    for (const area of order) {
      const places = this.places(area, sizes, unit);
      const free = places.find(spot => within(spot.box, seen) && taken.every(box => apart(spot.box, box, GAP * unit))
        && circles.every(circle => circle.area === area || apart(spot.box, circle.box, 0)));
      const fits = every || area.first || area.radius || places[0].half < area.clear * 1.9;
      const spot = fits && free ? free : every ? places[0] : null;
      if (spot) { taken.push(spot.box); shown.push({ ...area, ...spot }); }
    }
    this.group.replaceChildren(...shown.map(label => this.draw(label)));
  }

  // Where a label may stand: inside its area or circle, else under, over, right or left of the circle.
  places(area, { name, value }, unit) {
    const half = Math.max(area.name.length * name, area.text.length * value) * WIDE * unit / 2;
    const up = name * unit, down = value * 1.15 * unit, { x, y, radius } = area;
    const at = (cx, cy, dark) => ({ x: cx, y: cy, half, dark, box: [cx - half, cy - up, cx + half, cy + down] });
    if (!radius) return [at(x, y, area.dark)];
    const inside = Math.hypot(half, (up + down) / 2) < radius * 1.08;
    const middle = y + (up - down) / 2, far = radius + AIR * unit;
    const outside = [at(x, y + far + up, false), at(x, y - far - down, false), at(x + far + half, middle, false), at(x - far - half, middle, false)];
    return inside ? [at(x, middle, !area.over), ...outside] : outside;
  }

  draw(area) {
    const label = document.createElementNS(SVG, 'g');
    label.setAttribute('class', area.dark ? `label on-dark${area.low ? ' low' : ''}` : 'label');
    label.setAttribute('transform', `translate(${Math.round(area.x)} ${Math.round(area.y)})`);
    for (const [kind, text, dy] of [['name', area.name, null], ['value', area.text, '1.05em']]) {
      const line = document.createElementNS(SVG, 'text');
      line.setAttribute('class', kind);
      if (dy) line.setAttribute('dy', dy);
      line.textContent = text;
      label.appendChild(line);
    }
    return label;
  }
}

const around = (x, y, wide, high) => [x - wide, y - high, x + wide, y + high];
const within = (box, seen) => box[0] >= seen[0] && box[1] >= seen[1] && box[2] <= seen[2] && box[3] <= seen[3];
const apart = (a, b, gap) => a[2] + gap < b[0] || a[0] > b[2] + gap || a[3] + gap < b[1] || a[1] > b[3] + gap;
