// The structures on the map: points at their address, circles where many are near, hollow ones where only the commune is known.
import { gather, placesOf, squareOf } from './clusters.js';
import { Zoom } from './zoom.js';

const DOT = 3.5, VAGUE = 5, NEAR = 9, NAMED = 11, RING = 8;

export class Points {
  constructor(stage, texts, on) {
    this.svg = stage.querySelector('svg');
    this.canvas = stage.querySelector('canvas');
    this.tip = stage.querySelector('.tip');
    this.stage = stage;
    this.texts = texts;
    this.on = on;
    this.lit = null;
    this.pinned = null;
    this.shown = [];
    const view = this.svg.getAttribute('viewBox').split(' ').map(Number);
    this.zoom = new Zoom(this.svg, view, () => { this.made = null; }, () => this.draw());
    this.zoom.to(null);
    this.listen();
  }

  async load(address) {
    if (this.address === address) return;
    this.address = address;
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    const base = await answer.json();
    if (this.address !== address) return;
    this.base = base;
    this.xs = Int32Array.from({ length: base.keys.length }, (_, i) => base.points[2 * i]);
    this.ys = Int32Array.from({ length: base.keys.length }, (_, i) => base.points[2 * i + 1]);
    this.svg.classList.add('pointed');
  }

  // Which structures are shown, and which is picked out.
  show(base64, pinned, box) {
    this.zoom.to(box);
    if (!this.base) return;
    const places = placesOf(base64).filter(i => i < this.xs.length);
    this.exact = places.filter(i => this.xs[i] >= 0);
    this.communes = new Map();
    for (const i of places) {
      if (this.xs[i] >= 0 || this.base.where[i] < 0) continue;
      const at = this.base.where[i];
      if (!this.communes.has(at)) this.communes.set(at, []);
      this.communes.get(at).push(i);
    }
    this.pinned = pinned;
    this.made = null;
    this.draw();
  }

  make() {
    const counts = [...this.communes.values()].map(members => members.length);
    this.made = gather(this.xs, this.ys, this.exact, this.zoom.unit, counts);
    this.vague = [...this.communes].map(([at, members]) => {
      const [code, name, x, y] = this.base.communes[at];
      return { code, name, x, y, members, n: members.length, r: Math.max(VAGUE, this.made.scale * Math.sqrt(members.length)) };
    });
    Object.assign(this.stage.dataset, { groups: this.made.groups.length, alone: this.made.alone.length, vague: this.vague.length });
  }

  draw() {
    if (!this.base || !this.communes) return;
    if (!this.made) this.make();
    const { canvas, zoom } = this, ratio = devicePixelRatio || 1, width = this.svg.clientWidth, height = this.svg.clientHeight;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    }
    const pen = canvas.getContext('2d'), colours = getComputedStyle(this.stage);
    const [left, top] = zoom.seen();
    this.at = (x, y) => [(x - left) / zoom.unit, (y - top) / zoom.unit];
    const ink = colours.getPropertyValue('--ink') || '#16232b', accent = colours.getPropertyValue('--accent') || '#0f6a63';
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    this.drawGroups(pen, accent);
    this.drawAlone(pen, ink, width, height);
    this.drawVague(pen, ink);
    this.drawNumbers(pen, accent);
    if (this.pinned !== null) this.ring(pen, this.pinned, ink, 3);
    if (this.lit !== null && this.lit !== this.pinned) this.ring(pen, this.lit, ink, 2);
    this.stage.dataset.drawn = String(Number(this.stage.dataset.drawn || 0) + 1);
  }

  drawAlone(pen, ink, width, height) {
    pen.fillStyle = ink;
    pen.strokeStyle = '#fff';
    pen.lineWidth = 1;
    pen.beginPath();
    for (const i of this.made.alone) {
      const [x, y] = this.at(this.xs[i], this.ys[i]);
      if (x < -DOT || y < -DOT || x > width + DOT || y > height + DOT) continue;
      pen.moveTo(x + DOT, y);
      pen.arc(x, y, DOT, 0, 7);
    }
    pen.fill();
    pen.stroke();
  }

  drawGroups(pen, accent) {
    pen.strokeStyle = '#fff';
    pen.lineWidth = 1.5;
    for (const group of this.made.groups) {
      const [x, y] = this.at(group.x, group.y);
      pen.fillStyle = accent;
      pen.globalAlpha = 0.88;
      disc(pen, x, y, group.r);
      pen.fill();
      pen.globalAlpha = 1;
      pen.stroke();
    }
  }

  // Numbers come last, so that no other mark hides them.
  drawNumbers(pen, accent) {
    for (const group of this.made.groups) {
      if (group.r < NAMED) continue;
      const [x, y] = this.at(group.x, group.y);
      write(pen, String(group.n), x, y, '#fff', group.r, accent);
    }
  }

  // Over the circle of a group only a ring: a disc would hide the number below.
  drawVague(pen, ink) {
    for (const one of this.vague) {
      const [x, y] = this.at(one.x, one.y), over = this.made.groups.some(group => Math.hypot(group.x - one.x, group.y - one.y) < group.r * this.zoom.unit);
      pen.fillStyle = 'rgba(255, 255, 255, .8)';
      pen.strokeStyle = over ? '#fff' : ink;
      pen.lineWidth = 1.6;
      pen.setLineDash([3, 2.5]);
      disc(pen, x, y, one.r);
      if (!over) pen.fill();
      pen.stroke();
      pen.setLineDash([]);
      if (one.r >= NAMED && !over) write(pen, String(one.n), x, y, ink, one.r);
    }
  }

  // Where a structure is drawn: its point, or its commune; null where it has no place.
  place(i) {
    if (this.xs[i] >= 0) return [this.xs[i], this.ys[i]];
    const commune = this.base.communes[this.base.where[i]];
    return commune ? [commune[2], commune[3]] : null;
  }

  ring(pen, i, ink, width) {
    const spot = this.place(i);
    if (!spot) return;
    const [x, y] = this.at(...spot);
    for (const [colour, thick] of [['#fff', width + 4], [ink, width]]) {
      pen.strokeStyle = colour;
      pen.lineWidth = thick;
      disc(pen, x, y, RING);
      pen.stroke();
    }
  }

  // What is under a point of the screen.
  hit(event) {
    if (!this.made) return null;
    const box = this.canvas.getBoundingClientRect(), px = event.clientX - box.left, py = event.clientY - box.top;
    const away = (x, y) => { const [sx, sy] = this.at(x, y); return Math.hypot(sx - px, sy - py); };
    const vague = this.vague.find(one => away(one.x, one.y) <= one.r);
    if (vague) return { kind: 'vague', ...vague };
    let best = null, least = NEAR;
    for (const i of this.made.alone) {
      const distance = away(this.xs[i], this.ys[i]);
      if (distance < least) { best = i; least = distance; }
    }
    if (best !== null) return { kind: 'one', i: best };
    const group = this.made.groups.find(one => away(one.x, one.y) <= one.r);
    return group ? { kind: 'group', ...group } : null;
  }

  members(group) {
    return this.exact.filter(i => squareOf(this.xs[i], this.ys[i], this.made.side) === group.key);
  }

  light(i) {
    if (this.lit === i) return;
    this.lit = i;
    this.draw();
  }

  listen() {
    this.svg.addEventListener('pointermove', event => {
      if (event.pointerType === 'touch' || event.buttons) return;
      this.hover(this.hit(event), event);
    });
    this.svg.addEventListener('pointerleave', () => this.hover(null));
    this.svg.addEventListener('click', event => {
      if (this.zoom.dragged) return;
      const hit = this.hit(event);
      if (!hit) return;
      if (hit.kind === 'one') this.on.pick(hit.i);
      else if (hit.kind === 'vague') this.on.list(this.texts.communal.replace('{name}', hit.name).replace('{n}', hit.n), hit.members);
      else this.enter(hit);
    });
  }

  // A circle opens into what it gathers; where they are all in one place, or the map is as large as it gets, into a list.
  enter(group) {
    const [x0, y0, x1, y1] = group.box, deepest = this.zoom.part() <= 1 / 23;
    if (deepest || (x1 - x0 < 2 && y1 - y0 < 2)) {
      this.on.list(this.texts.here.replace('{n}', group.n), this.members(group));
      return;
    }
    const before = this.zoom.part();
    const factor = Math.max(2, Math.min(before * this.zoom.all[2] / Math.max(x1 - x0, y1 - y0, 1) / 2, 4));
    this.zoom.by(factor, group.x, group.y);
  }

  hover(hit, event) {
    this.svg.style.cursor = hit ? 'pointer' : '';
    this.tip.hidden = !hit;
    const one = hit?.kind === 'one' ? hit.i : null;
    this.light(one);
    this.on.hover(one);
    if (!hit) return;
    const text = { one: () => this.base.names[hit.i], group: () => this.texts.cluster.replace('{n}', hit.n), vague: () => this.texts.communal.replace('{name}', hit.name).replace('{n}', hit.n) };
    this.tip.textContent = text[hit.kind]();
    const box = this.stage.getBoundingClientRect(), x = event.clientX - box.left;
    this.tip.classList.toggle('left', x > box.width / 2);
    Object.assign(this.tip.style, { left: `${x}px`, top: `${event.clientY - box.top}px` });
  }
}

function disc(pen, x, y, r) {
  pen.beginPath();
  pen.arc(x, y, r, 0, 7);
}

function write(pen, text, x, y, colour, r, around) {
  pen.fillStyle = colour;
  pen.font = `600 ${r > 17 ? 14 : 12}px system-ui, sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  if (around) {
    pen.strokeStyle = around;
    pen.lineWidth = 3;
    pen.strokeText(text, x, y + 0.5);
  }
  pen.fillText(text, x, y + 0.5);
}
