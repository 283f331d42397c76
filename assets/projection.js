// Projection in a meeting room: keys for what a facilitator does with a room watching.
import { enabled } from './shortcuts.js';

// Values hidden before a guess stay hidden where the next key leads to another page, until the projection is left.
const HIDDEN = 'hide-values';

// Sizes of the text, as parts of the full one, tried in turn.
const FITS = [1, 0.95, 0.9, 0.85, 0.8, 0.76, 0.72, 0.68, 0.64, 0.58];

// Keys that are those of the screen around, where there is one.
const ROOM = { arrowright: 'ArrowRight', pagedown: 'ArrowRight', arrowleft: 'ArrowLeft', pageup: 'ArrowLeft', b: 'b' };
const pass = key => window.parent.document.body.dispatchEvent(new window.parent.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

export class Projection {
  constructor(on) {
    this.on = on;
    this.blank = document.getElementById('blank');
    this.framed = window.self !== window.top; // inside the screen of a meeting, whose keys change scenes
    document.body.classList.toggle('framed', this.framed);
    for (const id of ['project', 'leave']) document.querySelector(`button#${id}`)?.addEventListener('click', () => on.toggle()); // links lead by themselves
    document.addEventListener('keydown', event => this.key(event));
    if (this.active()) this.hide(kept()); else keep(false);
    window.addEventListener('resize', () => this.fit());
    // whatever is written beside the map, and whenever, all of it is fitted again before it is seen
    const written = new MutationObserver(() => this.fit()), seen = { childList: true, characterData: true, subtree: true, attributeFilter: ['hidden', 'data-rest'] };
    for (const part of document.querySelectorAll('.head, .legend, #nowhere, .source')) written.observe(part, seen);
  }

  active() {
    return document.body.classList.contains('projection');
  }

  set(active) {
    document.body.classList.toggle('projection', active);
    this.fit();
    if (!active) { this.blank.hidden = true; this.hide(false); }
  }

  // Whether values wait for the guess of the room.
  hides() {
    return this.active() && document.body.classList.contains(HIDDEN);
  }

  hide(hidden) {
    document.body.classList.toggle(HIDDEN, hidden);
    keep(hidden);
  }

  // Everything on one screen, the source included: long sentences are written smaller.
  fit() {
    const head = document.querySelector('.head');
    if (this.active()) FITS.find(part => {
      document.body.style.setProperty('--fit', part);
      return head.scrollHeight <= head.clientHeight + 1;
    });
  }

  key(event) {
    const key = event.key.toLowerCase(), leaving = key === 'escape' && document.body.classList.contains('sheet');
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && !leaving;
    if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
    if (key === 'escape') return this.on.escape();
    if (!enabled()) return undefined;
    if (key === 'p') return this.on.toggle();
    if (!this.active()) return undefined;
    if (this.framed && ROOM[key]) { event.preventDefault(); return pass(ROOM[key]); }
    if (/^[1-8]$/.test(key)) return this.on.territory(key);
    if (key === 'b') { this.blank.hidden = !this.blank.hidden; return undefined; }
    if (key === 'r') { this.hide(!this.hides()); return this.on.hidden(); }
    if (['arrowright', 'pagedown'].includes(key)) { event.preventDefault(); return this.on.step(1); }
    if (['arrowleft', 'pageup'].includes(key)) { event.preventDefault(); return this.on.step(-1); }
    return undefined;
  }
}

// Where the browser keeps nothing, values are shown again on the next page.
function kept() {
  try { return sessionStorage.getItem(HIDDEN) !== null; } catch { return false; }
}

function keep(hidden) {
  try { if (hidden) sessionStorage.setItem(HIDDEN, ''); else sessionStorage.removeItem(HIDDEN); } catch { /* nothing is kept */ }
}
