// Names and values printed on the map; at the level of communes only those that have room.
const SVG = 'http://www.w3.org/2000/svg';
const WIDE = 0.58, GAP = 3;

export class Labels {
  constructor(group, svg) {
    this.group = group;
    this.svg = svg;
  }

  sizes() {
    const style = getComputedStyle(this.group);
    const read = name => parseFloat(style.getPropertyValue(name));
    return { name: read('--label-name') || 13, value: read('--label-value') || 17 };
  }

  place(areas, level, unit) {
    const { name, value } = this.sizes(), taken = [];
    const order = level === 'territory' ? areas : [...areas].sort((a, b) => b.first - a.first || b.clear - a.clear);
    const shown = order.filter(area => {
      const half = Math.max(area.name.length * name, area.text.length * value) * WIDE * unit / 2;
      const box = [area.x - half, area.y - name * unit, area.x + half, area.y + value * 1.15 * unit];
      const free = taken.every(other => box[2] + GAP * unit < other[0] || box[0] > other[2] + GAP * unit || box[3] < other[1] || box[1] > other[3]);
      const fits = level === 'territory' || area.first || half < area.clear * 1.9;
      if (level === 'territory' || (free && fits)) { taken.push(box); return true; }
      return false;
    });
    this.group.replaceChildren(...shown.map(area => this.draw(area)));
  }

  draw(area) {
    const label = document.createElementNS(SVG, 'g');
    label.setAttribute('class', area.dark ? 'label on-dark' : 'label');
    label.setAttribute('transform', `translate(${area.x} ${Math.round(area.y)})`);
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
