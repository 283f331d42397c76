// The view state: read from the address, written to it. The same rules as dashboard/viewstate.py.
const LILLE = '59350', LILLOIS = '8';
const NUMBERS = new Set(['year', 'perimeter']);

export class States {
  constructor(boot) {
    this.defaults = boot.defaults;
    this.options = boot.options;
    this.indicators = boot.indicators;
    this.members = boot.members;
  }

  query(state) {
    const written = new URLSearchParams();
    for (const key of Object.keys(this.defaults)) {
      const value = state[key];
      if (value !== null && value !== undefined && value !== this.defaults[key]) written.set(key, value);
    }
    return written.toString();
  }

  parse(query) {
    const given = new URLSearchParams(query), state = { ...this.defaults };
    for (const key of Object.keys(state)) {
      if (given.get(key)) state[key] = NUMBERS.has(key) ? Number(given.get(key)) : given.get(key);
    }
    return this.settle(state);
  }

  // What cannot be shown together is brought back to what can.
  settle(asked) {
    const state = { ...asked };
    if (!this.indicators.includes(state.indicator)) state.indicator = this.defaults.indicator;
    const allowed = this.options[state.indicator] || { years: [], sectors: [], families: [] };
    if (!allowed.sectors.includes(state.sector)) state.sector = null;
    if (!allowed.families.includes(state.family)) state.family = null;
    if (!allowed.years.includes(state.year)) state.year = null;
    if (!['territory', 'commune'].includes(state.level)) state.level = 'territory';
    if (!/^[1-8]$/.test(state.territory || '')) state.territory = null;
    if (!this.members[state.commune]) state.commune = null;
    if (state.commune) Object.assign(state, { level: 'commune', territory: this.members[state.commune] });
    if (state.territory === LILLOIS && state.level === 'commune') state.commune = LILLE;
    return state;
  }

  year(state) {
    return state.year ?? this.options[state.indicator]?.year ?? '';
  }

  scope(state) {
    const territory = state.level === 'commune' && state.territory ? state.territory : 'all';
    return `${state.level}-${territory}-${state.perimeter}`;
  }

  pinned(state) {
    return state.level === 'commune' ? state.commune : state.territory;
  }

  // One step back towards the metropole.
  up(state) {
    if (state.commune && state.territory !== LILLOIS) return { ...state, commune: null };
    return { ...state, commune: null, territory: null, level: 'territory' };
  }

  pick(state, code) {
    if (state.level === 'territory') return this.settle({ ...state, territory: code, level: 'commune' });
    return this.settle({ ...state, commune: code, territory: this.members[code] });
  }
}
