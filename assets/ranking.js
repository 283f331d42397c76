// The ranked list: the keyboard interface of the map. Real buttons, one tab stop, arrow keys.
import { stateOf } from './map.js';

const PARTS = ['rank', 'who', 'bar', 'num'], LONG = 20;

export class Ranking {
  constructor(list, on) {
    this.list = list;
    this.on = on;
    list.addEventListener('click', event => this.heard(event, on.pick));
    list.addEventListener('pointerover', event => event.pointerType !== 'touch' && this.heard(event, on.hover));
    list.addEventListener('pointerleave', () => on.hover(null));
    list.addEventListener('focusin', event => on.hover(this.shown(event.target)));
    list.addEventListener('focusout', () => on.hover(null));
    list.addEventListener('keydown', event => this.travel(event));
  }

  heard(event, told) {
    const button = event.target.closest('button[data-code]');
    if (button) told(button.dataset.code);
  }

  buttons() {
    return [...this.list.querySelectorAll('button[data-code]')];
  }

  // What the keyboard is on; a click leaves the focus too, but the pointer says where one looks.
  shown(element = document.activeElement) {
    return this.list.contains(element) && element.matches(':focus-visible') ? element.dataset.code : null;
  }

  focused() {
    return this.list.contains(document.activeElement) ? document.activeElement.dataset.code : null;
  }

  travel(event) {
    const all = this.buttons(), at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined || to < 0 || to >= all.length) return;
    event.preventDefault();
    event.stopPropagation();
    all[to].focus();
  }

  paint(pack, slice, pinned) {
    const focused = this.focused();
    const known = new Map(this.buttons().map(button => [button.dataset.code, button]));
    const order = pack.codes.map((code, i) => i).sort((a, b) => rankKey(slice, a) - rankKey(slice, b) || (pack.codes[a] < pack.codes[b] ? -1 : 1));
    const highest = Math.max(1, ...slice.q);
    const stop = [focused, pinned, this.on.above(focused), pack.codes[order[0]]].find(code => pack.codes.includes(code));
    this.list.replaceChildren(...order.map(i => {
      const code = pack.codes[i], button = known.get(code) || blank(code);
      this.fill(button, pack, slice, i, 100 * slice.q[i] / highest);
      button.tabIndex = code === stop ? 0 : -1;
      if (code === pinned) button.setAttribute('aria-pressed', 'true'); else button.removeAttribute('aria-pressed');
      const item = button.parentElement || document.createElement('li');
      if (!button.parentElement) item.appendChild(button);
      return item;
    }));
    this.list.classList.toggle('long', pack.codes.length > LONG);
    this.mean(pack, slice, highest);
    if (focused) this.list.querySelector(`[data-code="${stop}"]`).focus({ preventScroll: true });
  }

  fill(button, pack, slice, i, width) {
    const [rank, who, bar, num] = PARTS.map(part => button.querySelector(`.${part}`));
    rank.textContent = slice.r[i] || '';
    who.textContent = pack.short[i];
    bar.firstElementChild.className = `c${slice.c[i]}`;
    bar.firstElementChild.style.width = `${width.toFixed(1)}%`;
    num.textContent = slice.t[i];
    button.dataset.state = stateOf(slice.c[i]);
  }

  // The metropole as a dotted line: a ratio has one, a count has not.
  mean(pack, slice, highest) {
    const part = 100 * slice.m[1] / highest;
    if (pack.fill && slice.m[1] > 0 && part <= 100) {
      this.list.dataset.mean = '';
      this.list.style.setProperty('--mean', `${part.toFixed(1)}%`);
    } else delete this.list.dataset.mean;
  }

  hover(code) {
    for (const button of this.buttons()) button.classList.toggle('hover', button.dataset.code === code);
  }

  highlight(codes) {
    for (const button of this.buttons()) button.classList.toggle('dim', codes !== null && !codes.has(button.dataset.code));
  }

  reveal(code) {
    const button = code && this.list.querySelector(`[data-code="${code}"]`);
    if (!button) return;
    const space = this.list.getBoundingClientRect(), line = button.getBoundingClientRect();
    if (line.top < space.top || line.bottom > space.bottom) this.list.scrollTop += line.top - space.top - space.height / 3;
  }
}

const rankKey = (slice, i) => slice.r[i] || 1e6;

function blank(code) {
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset.code = code;
  for (const part of PARTS) {
    const span = document.createElement('span');
    span.className = part;
    if (part === 'bar') { span.setAttribute('aria-hidden', 'true'); span.appendChild(document.createElement('i')); }
    button.appendChild(span);
  }
  return button;
}
