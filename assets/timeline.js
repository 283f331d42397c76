// The years as a slider, and their reading one after the other: it stops at the last, or at the first thing done.
const STEP = 1600; // milliseconds a year is shown: time to see what changed
const $ = id => document.getElementById(id);

export class Timeline {
  constructor(boot, go) {
    this.texts = boot.timeline;
    this.options = boot.options;
    this.go = go;
    this.years = [];
    this.held = 0;
    this.playing = false;
    $('years').addEventListener('input', event => this.slide(Number(event.target.value)));
    $('play').addEventListener('click', () => (this.playing ? this.stop() : this.play()));
    document.addEventListener('visibilitychange', () => document.hidden && this.stop());
  }

  // One entry of the history for a gesture, however many years it goes through.
  slide(at) {
    this.stop();
    const now = Date.now(), push = now - this.held > STEP;
    this.held = now;
    this.go(this.years[at], push);
  }

  async play() {
    const turn = this.playing = {}, from = this.at() >= this.years.length - 1 ? 0 : this.at() + 1;
    this.label();
    for (let at = from; at < this.years.length; at += 1) {
      if (at > from) await new Promise(done => setTimeout(done, STEP));
      if (this.playing !== turn) return;
      await this.go(this.years[at], at === from);
    }
    if (this.playing === turn) this.stop();
  }

  stop() {
    if (!this.playing) return;
    this.playing = false;
    this.label();
  }

  at() {
    return Number($('years').value);
  }

  label() {
    $('play').lastElementChild.textContent = this.playing ? this.texts.pause : this.texts.play;
    $('play').toggleAttribute('data-playing', Boolean(this.playing));
  }

  sync(indicator, year) {
    const option = this.options[indicator] || { years: [], breaks: [] };
    if (this.option !== option) this.lay(option);
    const at = Math.max(0, this.years.indexOf(year)), range = $('years');
    if (range.value !== String(at)) range.value = at;
    range.setAttribute('aria-valuetext', this.years[at] ?? '');
    [...$('timeline').querySelectorAll('li')].forEach((stop, i) => stop.classList.toggle('now', i === at));
  }

  lay(option) {
    const { years, breaks } = option, idle = years.length < 2, starts = new Set(breaks.map(([, after]) => after));
    this.option = option;
    this.years = years;
    $('years').max = Math.max(1, years.length - 1);
    $('years').disabled = $('play').disabled = idle;
    $('timeline').toggleAttribute('data-idle', idle);
    $('timeline').querySelector('ol').replaceChildren(...years.map(year => {
      const stop = document.createElement('li');
      stop.textContent = year;
      stop.toggleAttribute('data-broken', starts.has(year));
      return stop;
    }));
    const stops = $('timeline').querySelector('.years');
    stops.style.setProperty('--n', years.length || 1);
    stops.toggleAttribute('data-many', years.length > 9);
    const alone = years.length ? this.texts.alone.replace('{year}', years[0]) : this.texts.none;
    const told = breaks.length ? this.texts.broken.replace('{why}', breaks.map(one => one[2]).join(' ')) : '';
    $('timeline-why').textContent = idle ? alone : told;
    this.label();
  }
}
