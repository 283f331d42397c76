// The filters: native selects kept in step with the state, the trail above the map, the sheet of the phone.
import { fill, Filters } from './filters.js';

const KEYS = ['indicator', 'year', 'level', 'method', 'classes', 'scale', 'circles', 'index', 'yearly', 'compare', 'with'];
const $ = id => document.getElementById(id);

export class Controls {
  constructor(boot, states, change, reload) {
    this.boot = boot;
    this.states = states;
    this.filters = new Filters(boot, states, change);
    for (const key of KEYS) $(key).addEventListener('change', event => change(this.read(key, event.target.value)));
    $('breaks').addEventListener('change', event => this.cut(event.target.value, change));
    $('perimeter').addEventListener('change', event => reload({ perimeter: Number(event.target.value), commune: null }));
    $('rail').addEventListener('submit', event => event.preventDefault());
    $('reset').addEventListener('click', event => {
      event.preventDefault();
      const mode = document.body.classList.contains('projection') ? 'projection' : null;
      if (boot.state.perimeter !== boot.defaults.perimeter) reload({ ...boot.defaults, mode, lang: boot.state.lang });
      else change({ ...boot.defaults, mode, release: boot.state.release, lang: boot.state.lang });
    });
    $('open-filters').addEventListener('click', () => this.sheet(true));
    $('close-filters').addEventListener('click', () => this.sheet(false));
  }

  read(key, value) {
    if (key === 'year') return { year: Number(value) };
    if (key === 'index' || key === 'compare') return { [key]: value ? Number(value) : null };
    if (key === 'classes') return { classes: value ? Number(value) : null };
    if (key === 'method' && value === 'manual') return { method: value, breaks: written(this.bounds), classes: null, scale: null };
    if (key === 'level') return { level: value, commune: null, ...(value === 'commune' ? { territory: null } : {}) };
    if (key === 'with' && this.boot.options[value]?.communes_only) return { with: value, level: 'commune' };
    if (key === 'indicator' && this.boot.options[value]?.communes_only) return { indicator: value, level: 'commune' };
    return { [key]: value || null };
  }

  // Bounds typed by hand: numbers parted by semicolons or spaces, with decimal commas or points.
  cut(text, change) {
    const parting = this.boot.texts.decimal === ',' ? /[_;\s]+/ : /[_;,\s]+/;
    const parts = text.trim().split(parting).filter(Boolean).map(part => Number(part.replace(',', '.').replace('−', '-')));
    const bounds = [...new Set(parts)].sort((a, b) => a - b);
    const wrong = !bounds.length || bounds.length > 6 || bounds.some(bound => !Number.isFinite(bound) || (bound && (Math.abs(bound) < 1e-4 || Math.abs(bound) > 1e11)));
    $('breaks-why').textContent = wrong ? this.boot.texts.bounds : '';
    $('breaks').setAttribute('aria-invalid', String(wrong));
    if (!wrong) change({ method: 'manual', breaks: written(bounds), classes: null, scale: null });
  }

  sheet(open) {
    document.body.classList.toggle('sheet', open);
    for (const other of [document.querySelector('.top'), $('shortcuts'), ...$('main').children]) other.inert = open && other !== $('rail');
    $('open-filters').setAttribute('aria-expanded', String(open));
    (open ? $('indicator') : $('open-filters')).focus();
  }

  // Ratios that can be crossed with the one shown; a count has none, and says why.
  cross(state) {
    const keys = Object.keys(this.boot.options).filter(key => this.states.crosses(state.indicator, key)), { count, crossed } = this.boot.texts.crossing;
    fill($('with'), [['', $('with').options[0].text], ...keys.map(key => [key, this.boot.options[key].label])]);
    $('with-why').textContent = state.with ? crossed : keys.length ? '' : count;
  }

  // A year to compare with, and whether the series is broken between it and the one shown.
  compared(allowed, state, year) {
    const [low, high] = [year, Number(this.states.year(state))].sort((a, b) => a - b);
    const broken = allowed.breaks.some(([before, after]) => low <= before && after <= high);
    return broken ? this.boot.broken.replace('{year}', year) : String(year);
  }

  sync(state, pack, slice) {
    this.bounds = slice.b.length ? slice.b : [1];
    const manual = state.method === 'manual';
    $('by-hand').hidden = !manual;
    if (manual) $('breaks').value = slice.b.map(bound => String(bound).replace('.', this.boot.texts.decimal)).join(this.boot.texts.separator);
    const { scales, methods, crossing } = this.boot.texts, kind = state.compare ? 'changed' : 'usual';
    fill($('scale'), scales[kind]);
    fill($('method'), methods[kind]);
    $('scale-why').textContent = state.compare ? crossing.changed : '';
    for (const key of ['classes', 'scale']) $(key).disabled = manual || Boolean(state.with);
    $('method').disabled = Boolean(state.with);
    $('circles').disabled = !this.boot.options[state.indicator]?.circles || Boolean(state.with);
    this.cross(state);
    const allowed = this.boot.options[state.indicator] || { years: [] };
    this.filters.sync(state);
    fill($('index'), [['', $('index').options[0].text], ...(allowed.bases || []).map(year => [String(year), this.boot.based.replace('{year}', year)])]);
    fill($('compare'), [['', $('compare').options[0].text], ...(allowed.years.length > 1 ? allowed.years : []).map(year => [String(year), this.compared(allowed, state, year)])]);
    if (state.with) $('compare').disabled = true;
    fill($('year'), allowed.years.map(year => [String(year), String(year)]));
    for (const key of KEYS) {
      const value = key === 'year' ? String(this.states.year(state)) : String(state[key] ?? '');
      if ($(key).value !== value) $(key).value = value;
    }
    const [undivided, unknown] = this.boot.why, told = pack.sectors.length || !pack.years.length;
    $('why').textContent = told ? '' : pack.families.length ? unknown : undivided;
    $('project').setAttribute('aria-pressed', String(state.mode === 'projection'));
    this.trail(state);
  }

  // The portrait of the area that one stands on; the metropole has its own in the navigation.
  portrait(state, label) {
    const link = $('to-portrait'), code = state.commune && state.territory !== '8' ? state.commune : state.territory;
    link.hidden = !code;
    if (!code) return;
    const query = this.states.query({ perimeter: state.perimeter, release: state.release, lang: state.lang });
    link.href = query ? `/territoire/${code}?${query}` : `/territoire/${code}`;
    link.querySelector('span > span').textContent = label;
  }

  trail(state) {
    const base = { ...state, commune: null }, steps = [[this.boot.texts.metropole, { ...base, territory: null, level: 'territory' }]];
    if (state.level === 'commune' && !state.territory) steps.push([this.boot.texts.communes, { ...base, territory: null }]);
    if (state.territory) steps.push([this.boot.names[state.territory], { ...base, level: 'commune' }]);
    if (state.commune && state.territory !== '8') steps.push([this.boot.communes[state.commune], state]);
    const held = $('trail').contains(document.activeElement);
    $('trail').replaceChildren(...steps.map(([label, wanted], i) => {
      const last = i === steps.length - 1, made = document.createElement(last ? 'span' : 'a');
      made.textContent = label;
      if (last) made.setAttribute('aria-current', 'location');
      else {
        const query = this.states.query(wanted);
        made.href = query ? `/carte?${query}` : '/carte';
        made.dataset.territory = wanted.territory || '';
        made.dataset.level = wanted.level;
      }
      return made;
    }));
    this.portrait(state, steps.at(-1)[0]);
    if (held) Object.assign($('trail').lastElementChild, { tabIndex: -1 }).focus();
  }
}

// Bounds as the address has them; the same digits as layers/classing.py.
const written = bounds => bounds.map(bound => Number(bound.toPrecision(12))).join('_');
