// The view state: read from the address, written to it. The same rules as dashboard/viewstate.py.
const LILLE = '59350', LILLOIS = '8';
const NUMBERS = new Set(['year', 'perimeter', 'classes', 'index', 'compare']);
const MOST_PINS = 3;
const MANUAL = 'manual', METHODS = ['jenks', 'quantile', 'equal', 'rounded', MANUAL];

export class States {
  constructor(boot) {
    this.defaults = boot.defaults;
    this.options = boot.options;
    this.indicators = boot.indicators;
    this.members = boot.members;
    this.languages = boot.languages;
    this.offers = boot.filters.offers;
    this.dimensions = Object.keys(boot.filters.every);
  }

  query(state) {
    const written = new URLSearchParams();
    for (const key of Object.keys(this.defaults)) {
      const value = state[key];
      if (value !== null && value !== undefined && value !== this.defaults[key]) written.set(key, value);
    }
    return written.toString().replaceAll('%2C', ',');
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
    const allowed = this.options[state.indicator] || { years: [] };
    for (const key of this.dimensions) state[key] = this.chosen(state.indicator, key, state[key]);
    if (!allowed.years.includes(state.year)) state.year = null;
    if (!allowed.years.includes(state.index)) state.index = null;
    if (state.yearly !== '1') state.yearly = null;
    if (!allowed.years.includes(state.compare)) state.compare = null;
    if (!['territory', 'commune'].includes(state.level)) state.level = 'territory';
    if (!this.languages.includes(state.lang)) state.lang = this.defaults.lang;
    if (state.compare && state.method === MANUAL) state.method = this.defaults.method; // bounds of values are not of changes
    if (state.compare && state.scale === 'free') state.scale = null;
    if (state.method !== MANUAL) state.breaks = null;
    if (!METHODS.includes(state.method) || (state.method === MANUAL && !state.breaks)) state.method = this.defaults.method;
    if (!(state.classes >= 2 && state.classes <= 7) || state.method === MANUAL) state.classes = null;
    if (!['free', 'mean'].includes(state.scale) || state.method === MANUAL) state.scale = null;
    if (state.circles !== '1' || allowed.circles === false) state.circles = null;
    if (!this.crosses(state.indicator, state.with)) state.with = null;
    if (state.with) Object.assign(state, { method: this.defaults.method, classes: null, breaks: null, scale: null, circles: null, compare: null });
    if (!/^[1-8]$/.test(state.territory || '')) state.territory = null;
    if (!this.members[state.commune]) state.commune = null;
    if (state.commune) Object.assign(state, { level: 'commune', territory: this.members[state.commune] });
    if (state.territory === LILLOIS && state.level === 'commune') state.commune = LILLE;
    state.pins = this.pins(state).filter(code => (state.level === 'commune' ? this.members[code] : /^[1-8]$/.test(code))).slice(0, MOST_PINS).join('_') || null;
    return state;
  }

  // Two ratios that the release holds can be read together; a count is a circle.
  crosses(first, second) {
    return first !== second && [first, second].every(key => this.options[key]?.fill);
  }

  // What an indicator can be filtered by: values by dimension, or why it cannot be.
  offer(indicator) {
    return this.offers[this.options[indicator]?.offer ?? ''] || this.offers[''] || {};
  }

  // Values of a filter that the indicator has, in their order; null for all.
  chosen(indicator, key, text) {
    const offered = this.offer(indicator)[key], given = new Set((text || '').split(','));
    return Array.isArray(offered) ? offered.filter(slug => given.has(slug)).join(',') || null : null;
  }

  // Filters as dashboard/packs.py names them in the address of a pack; none where every pack holds the choice.
  filters(state) {
    const ready = this.dimensions.every(key => !state[key] || (['sector', 'family'].includes(key) && !state[key].includes(',')));
    return ready ? '' : `/${this.dimensions.filter(key => state[key]).map(key => `${key}=${state[key]}`).join('&')}`;
  }

  year(state) {
    return state.year ?? this.options[state.indicator]?.year ?? '';
  }

  scope(state) {
    const territory = state.level === 'commune' && state.territory ? state.territory : 'all';
    return `${state.level}-${territory}-${state.perimeter}`;
  }

  // How values are cut, as dashboard/packs.py names it in the address of a pack.
  classing(state) {
    const detail = state.method === MANUAL ? state.breaks : state.classes;
    return state.method + (detail ? `-${detail}` : '') + (state.scale ? `~${state.scale}` : '') + (state.compare ? `+since-${state.compare}` : '') + (state.circles ? '+circles' : '') + (state.with ? `+with-${state.with}` : '');
  }

  pinned(state) {
    return state.level === 'commune' ? state.commune : state.territory;
  }

  // Areas kept in sight to be compared; a fourth takes the place of the first.
  pins(state) {
    return [...new Set((state.pins || '').split('_'))].filter(Boolean);
  }

  pin(state, code) {
    const held = this.pins(state), kept = held.includes(code) ? held.filter(other => other !== code) : [...held, code].slice(-MOST_PINS);
    return { ...state, pins: kept.join('_') || null };
  }

  // One step back towards the metropole.
  up(state) {
    if (state.commune && state.territory !== LILLOIS) return { ...state, commune: null };
    return this.settle({ ...state, commune: null, territory: null, level: 'territory' });
  }

  pick(state, code) {
    if (state.level === 'territory') return this.settle({ ...state, territory: code, level: 'commune' });
    return this.settle({ ...state, commune: code, territory: this.members[code] });
  }
}
