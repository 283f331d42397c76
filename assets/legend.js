import { square } from './bivariate.js';

// The legend: the classes that are painted, the marks of the three other states, and where the area in hand stands.
export class Legend {
  constructor(root, on, texts) {
    this.root = root;
    this.texts = texts;
    this.mark = null;
    for (const kind of ['pointerover', 'pointerleave']) root.addEventListener(kind, event => {
      const block = event.target.closest('.block:not([data-none])');
      if (this.mark === null && event.pointerType !== 'touch') on.highlight(kind === 'pointerover' && block ? block.dataset.mark : null);
    });
    root.addEventListener('click', event => {
      const block = event.target.closest('.block');
      if (block) this.choose(block.dataset.mark === this.mark ? null : block.dataset.mark, on);
    });
  }

  choose(mark, on) {
    this.mark = mark;
    for (const block of this.root.querySelectorAll('.block')) block.setAttribute('aria-pressed', String(block.dataset.mark === mark));
    on.highlight(mark);
  }

  paint(pack, slice, pixels, points) {
    this.mark = null;
    if (slice.hidden) { this.root.replaceChildren(); return; }
    const classes = pack.pair ? [square(pack, slice)] : pack.fill ? slice.l.map((label, i) => block(slice.y[i], label, false)) : [];
    const sizes = points ? [dot(this.texts.structure)] : slice.z.map(([label, share]) => size(label, 2 * pixels(share), share < 0));
    this.root.replaceChildren(...classes, ...(slice.g ? [over(slice.g)] : []), ...sizes, ...this.texts.states.map(([mark, label]) => block(mark, label, true, !slice.c.includes(mark))));
  }

  // A bar above the class of an area: solid for the one in hand, dashed for the one picked out.
  point(slice, place, ghost) {
    const kind = ghost ? 'ghost' : 'now';
    this.root.querySelector(`.marker.${kind}`)?.remove();
    this.stand(kind, slice, place);
  }

  // The letters of the areas kept in sight, each over its class.
  pin(slice, pins) {
    for (const old of this.root.querySelectorAll('.marker.pinned')) old.remove();
    for (const [letter, place] of pins) this.stand('pinned', slice, place, letter);
  }

  stand(kind, slice, place, letter) {
    if (place === null || slice.e.length < 2) return;
    const at = slice.y.includes(slice.c[place]) ? slice.y.indexOf(slice.c[place]) : NaN;
    const target = this.root.querySelector(`.block[data-mark="${slice.c[place]}"] i`);
    if (!target) return;
    const low = slice.e[at], high = slice.e[at + 1];
    const part = Number.isNaN(at) || high === low ? 0.5 : Math.min(0.97, Math.max(0.03, (slice.q[place] - low) / (high - low)));
    const marker = document.createElement('i');
    marker.className = `marker ${kind}`;
    marker.setAttribute('aria-hidden', 'true');
    if (letter) {
      const near = [...target.querySelectorAll('.pinned')].filter(other => Math.abs(parseFloat(other.style.left) - 100 * part) < 22).length;
      Object.assign(marker.dataset, { pin: letter });
      marker.style.top = `${-15 * near}px`; // letters of values that are alike stand on each other
    }
    marker.style.left = `${(100 * part).toFixed(1)}%`;
    target.appendChild(marker);
  }
}

function block(mark, label, small, none) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = small ? 'block small' : 'block';
  made.dataset.mark = mark;
  made.setAttribute('aria-pressed', 'false');
  made.toggleAttribute('data-none', Boolean(none));
  const colour = document.createElement('i'), text = document.createElement('span');
  colour.className = `c${mark}`;
  text.textContent = label;
  made.append(colour, text);
  return made;
}

function over(text) {
  const made = document.createElement('span');
  made.className = 'over';
  made.textContent = text;
  return made;
}

function dot(text) {
  const made = size(text, 10);
  made.classList.add('dot');
  return made;
}

function size(label, diameter, hollow) {
  const made = document.createElement('span'), circle = document.createElement('i'), text = document.createElement('span');
  made.className = 'size';
  circle.classList.toggle('hollow', Boolean(hollow));
  circle.style.width = circle.style.height = `${Math.max(3, diameter).toFixed(1)}px`;
  text.textContent = label;
  made.append(circle, text);
  return made;
}
