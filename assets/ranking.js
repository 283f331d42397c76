// The ranked list: the keyboard interface of the map. Real buttons, one tab stop, arrow keys.
import { second } from './bivariate.js';
import { stateOf } from './map.js';
import { enabled } from './shortcuts.js';

const PARTS = ['rank', 'who', 'bar', 'num'], LONG = 20;

export class Ranking {
  constructor(list, every, on) {
    this.list = list;
    this.on = on;
    this.most = Number(list.dataset.most);
    this.every = every;
    every.addEventListener('click', () => this.showEvery());
    list.addEventListener('click', event => this.heard(event, on.pick));
    list.addEventListener('pointerover', event => event.pointerType !== 'touch' && this.heard(event, on.hover));
    list.addEventListener('pointerleave', () => on.hover(null));
    list.addEventListener('focusin', event => on.hover(this.shown(event.target)));
    list.addEventListener('focusout', () => on.hover(null));
    list.addEventListener('keydown', event => this.travel(event));
  }

  heard(event, told) {
    const button = event.target.closest('button[data-code]');
    if (button) told(button.dataset.code, event);
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
    if (event.key.toLowerCase() === 'e' && enabled() && this.focused() && !event.ctrlKey && !event.metaKey && !event.altKey) this.on.pin(this.focused());
    const all = this.buttons(), at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined || to < 0 || to >= all.length) return;
    event.preventDefault();
    event.stopPropagation();
    all[to].focus();
  }

  // Line by line in place: the areas change their line, no line changes its place, so little is laid out again.
  paint(pack, slice, pinned, pins, flags) {
    this.last = { pack, slice, pinned, pins, flags };
    const focused = this.focused(), lines = this.list.children;
    const ranked = pack.codes.map((code, i) => i).sort((a, b) => rankKey(slice, a) - rankKey(slice, b) || (pack.codes[a] < pack.codes[b] ? -1 : 1));
    const order = ranked.filter((i, at) => at < this.most || pack.codes[i] === pinned || pins.has(pack.codes[i]) || pack.codes[i] === focused);
    const lowest = Math.min(0, ...slice.q), span = Math.max(1, ...slice.q) - lowest; // changes go either side of zero
    const stop = [focused, pinned, this.on.above(focused), pack.codes[order[0]]].find(code => pack.codes.includes(code));
    while (lines.length > order.length) this.list.lastChild.remove();
    order.forEach((i, at) => {
      const code = pack.codes[i], item = lines[at] || this.list.appendChild(blank()), button = item.firstElementChild;
      this.fill(button, pack, slice, i, share => 100 * share / span, lowest, pins.get(code) ?? null, flags.has(code));
      set(button, 'tabindex', code === stop ? '0' : '-1');
      set(button, 'aria-pressed', code === pinned ? 'true' : null);
    });
    this.every.hidden = order.length === ranked.length;
    this.every.textContent = this.every.dataset.text.replace('{n}', ranked.length);
    this.list.classList.toggle('long', pack.codes.length > LONG);
    const mean = meanOf(pack, slice, lowest, span);
    set(this.list, 'data-mean', mean && '');
    set(this.list, 'style', columns(pack, slice, flags) + (mean ? `;--mean:${mean}` : ''));
    if (focused && this.focused() !== stop) this.line(stop).focus({ preventScroll: true });
  }

  // Hundreds of lines are more than one reads, and take their time: the others are there when asked for.
  showEvery() {
    const { pack, slice, pinned, pins, flags } = this.last, after = this.list.lastElementChild.firstElementChild.dataset.code;
    this.most = Infinity;
    this.paint(pack, slice, pinned, pins, flags);
    this.line(after).focus();
  }

  line(code) {
    return this.list.querySelector(`[data-code="${code}"]`);
  }

  fill(button, pack, slice, i, part, lowest, pin, flag) {
    const [rank, who, bar, num] = button.children, code = pack.codes[i], mark = `c${slice.c[i]}`, fill = bar.firstElementChild;
    say(rank, String(slice.i[i] === 'r' ? slice.r[i] : ''));
    say(who, pack.short[i]);
    sign(who, flag);
    second(num, slice.k ? slice.k.t[i] : null);
    say(num, slice.k ? `${slice.t[i]} ` : slice.t[i]);
    set(fill, 'class', mark);
    const share = slice.q[i], left = part(Math.min(share, 0) - lowest);
    set(fill, 'style', `width:${part(Math.abs(share)).toFixed(1)}%${left ? `;margin-left:${left.toFixed(1)}%` : ''}`);
    set(button, 'data-code', code);
    set(button, 'data-state', stateOf(slice.c[i]));
    set(button, 'class', null);
    set(button, 'data-pin', pin);
    set(who, 'data-pin', pin);
  }

  hover(code) {
    for (const button of this.list.querySelectorAll('.hover')) button.classList.remove('hover');
    if (code) this.line(code)?.classList.add('hover');
  }

  highlight(codes) {
    if (codes === null && !this.list.querySelector('.dim')) return;
    for (const button of this.buttons()) button.classList.toggle('dim', codes !== null && !codes.has(button.dataset.code));
  }

  reveal(code) {
    const button = code && this.line(code);
    if (!button) return;
    const space = this.list.getBoundingClientRect(), line = button.getBoundingClientRect();
    if (line.top < space.top || line.bottom > space.bottom) this.list.scrollTop += line.top - space.top - space.height / 3;
  }
}

const rankKey = (slice, i) => slice.r[i] || 1e6;

// Written only where it differs: what is written is laid out again.
function set(element, name, value) {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name); else element.setAttribute(name, value);
}

function say(element, text) {
  if (element.firstChild) {
    if (element.firstChild.data !== text) element.firstChild.data = text;
  } else if (text) element.textContent = text;
}

// The metropole as a dotted line: a ratio has one, a count has not.
function meanOf(pack, slice, lowest, span) {
  const part = 100 * (slice.m[1] - lowest) / span;
  return pack.fill && slice.m[1] && part >= 0 && part <= 100 ? `${part.toFixed(1)}%` : null;
}

// Widths of the columns of names and values, in characters of the longest, as dashboard/pages/carte.py has them: lines
// that do not ask each other for their width are laid out one by one.
function columns(pack, slice, flags) {
  const longest = texts => texts.reduce((most, text) => Math.max(most, text.length), 1);
  return `--who:${longest(pack.short.map((name, i) => (flags.has(pack.codes[i]) ? `${name} ⚑` : name)))};--num:${longest(slice.k ? slice.t.map((text, i) => `${text}  ${slice.k.t[i]}`) : slice.t)}`;
}

// What marks an area of which a value is disputed, after its name; the line under the list has the link.
function sign(who, flag) {
  const there = who.querySelector('.sign');
  if (Boolean(there) === flag) return;
  if (there) { there.remove(); return; }
  const made = document.createElement('span'), drawn = document.createElement('span'), told = document.createElement('span');
  made.className = 'sign';
  Object.assign(drawn, { textContent: '⚑', ariaHidden: 'true' });
  Object.assign(told, { className: 'hidden-text', textContent: `, ${who.closest('ol').dataset.contested}` });
  made.append(' ', drawn, told);
  who.append(made);
}

function blank() {
  const item = document.createElement('li'), button = document.createElement('button');
  button.type = 'button';
  for (const part of PARTS) {
    const span = document.createElement('span');
    span.className = part;
    if (part === 'bar') { span.setAttribute('aria-hidden', 'true'); span.appendChild(document.createElement('i')); }
    button.appendChild(span);
  }
  item.appendChild(button);
  return item;
}
