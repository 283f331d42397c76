// Projection in a meeting room: keys for what a facilitator does with a room watching.
export class Projection {
  constructor(on) {
    this.on = on;
    this.blank = document.getElementById('blank');
    document.getElementById('project').addEventListener('click', () => on.toggle());
    document.addEventListener('keydown', event => this.key(event));
  }

  active() {
    return document.body.classList.contains('projection');
  }

  set(active) {
    document.body.classList.toggle('projection', active);
    if (!active) { this.blank.hidden = true; document.body.classList.remove('hide-values'); }
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const key = event.key.toLowerCase();
    if (key === 'p') return this.on.toggle();
    if (key === 'escape') return this.on.escape();
    if (!this.active()) return undefined;
    if (/^[1-8]$/.test(key)) return this.on.territory(key);
    if (key === 'b') { this.blank.hidden = !this.blank.hidden; return undefined; }
    if (key === 'r') return document.body.classList.toggle('hide-values');
    if (['arrowright', 'pagedown'].includes(key)) { event.preventDefault(); return this.on.step(1); }
    if (['arrowleft', 'pageup'].includes(key)) { event.preventDefault(); return this.on.step(-1); }
    return undefined;
  }
}
