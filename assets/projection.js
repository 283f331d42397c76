// Projection in a meeting room: keys for what a facilitator does with a room watching.
import { enabled } from './shortcuts.js';

// Sizes of the text, as parts of the full one, tried in turn.
const FITS = [1, 0.95, 0.9, 0.85, 0.8, 0.76, 0.72, 0.68, 0.64, 0.58];

export class Projection {
  constructor(on) {
    this.on = on;
    this.blank = document.getElementById('blank');
    for (const id of ['project', 'leave']) document.querySelector(`button#${id}`)?.addEventListener('click', () => on.toggle()); // links lead by themselves
    document.addEventListener('keydown', event => this.key(event));
    window.addEventListener('resize', () => this.fit());
  }

  active() {
    return document.body.classList.contains('projection');
  }

  set(active) {
    document.body.classList.toggle('projection', active);
    if (!active) { this.blank.hidden = true; document.body.classList.remove('hide-values'); }
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
    if (/^[1-8]$/.test(key)) return this.on.territory(key);
    if (key === 'b') { this.blank.hidden = !this.blank.hidden; return undefined; }
    if (key === 'r') return document.body.classList.toggle('hide-values');
    if (['arrowright', 'pagedown'].includes(key)) { event.preventDefault(); return this.on.step(1); }
    if (['arrowleft', 'pageup'].includes(key)) { event.preventDefault(); return this.on.step(-1); }
    return undefined;
  }
}
