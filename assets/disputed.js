// Values that are disputed and not answered: which areas of the state shown have one, and the links to read it.
export class Disputed {
  constructor(boot, states, place) {
    this.found = boot.disputes;
    this.sign = boot.flag;
    this.names = code => boot.names[code] ?? boot.communes[code] ?? boot.texts.metropole;
    this.states = states;
    this.place = place;
    this.most = boot.disputed_most;
  }

  // Address of the latest dispute of each area, of what the map of a state shows.
  of(state) {
    const years = new Set([Number(this.states.year(state)), state.compare].filter(Boolean)), found = new Map();
    for (const one of this.found) {
      const shown = [state.indicator, state.with].includes(one.i) && years.has(one.y) && one.r === state.perimeter && this.cut(state, one);
      if (shown && !found.has(one.p)) found.set(one.p, one.h);
    }
    return found;
  }

  cut(state, one) {
    return this.states.dimensions.every(key => (state[key] ? state[key].split(',').sort().join() : '') === (one.f[key] ?? []).join());
  }

  // The line under the list: the areas of the scope, and the metropole.
  tell(flags, codes) {
    const shown = [...flags].filter(([code]) => code === 'mel' || codes.includes(code)).slice(0, this.most);
    this.place.hidden = !shown.length;
    this.place.lastElementChild.replaceChildren(...shown.flatMap(([code, href], i) => {
      const link = document.createElement('a');
      Object.assign(link, { href, textContent: this.names(code) });
      return i ? [', ', link] : [link];
    }));
  }
}
