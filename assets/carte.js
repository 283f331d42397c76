// The page /carte: the address is the state; a change finds its series in memory, repaints, then tells Dash.
import { Background } from './background.js';
import { concealed } from './concealed.js';
import { Controls } from './controls.js';
import { Disputed } from './disputed.js';
import { Legend } from './legend.js';
import { TerritoryMap } from './map.js';
import { both, Packs, placesOf, sentence, sliceOf } from './packs.js';
import { Panels } from './panels.js';
import { Projection } from './projection.js';
import { Ranking } from './ranking.js';
import { States } from './state.js';
import { Structures } from './structures.js';
import { Timeline } from './timeline.js';

const $ = id => document.getElementById(id);
const boot = JSON.parse($('boot').textContent);
const states = new States(boot), packs = new Packs(boot), root = $('main'), { texts } = boot;
const REST = 100; // ms
let state = boot.state, flags = new Map(), resting = 0, pack = null, slice = null, painted = 0, surrounded = 0, plan = null;

const pin = code => show(states.pin(state, code));
const on = { hover, pin, pick: (code, event) => (event.shiftKey || pinning() ? pin(code) : show(states.pick(state, code))), highlight, scale: scalebar, above: code => states.members[code] };
const map = new TerritoryMap($('map'), boot, on);
const ranking = new Ranking($('ranking'), $('every-line'), on), legend = new Legend($('legend'), on, texts);
const structures = new Structures($('structures'), map, texts), panels = new Panels($('panels'), plain(state), on);
const disputed = new Disputed(boot, states, $('contested-here'));
const controls = new Controls(boot, states, change, reload);
const timeline = new Timeline(boot, (year, push) => show(states.settle({ ...state, year }), { push, playing: true }));
const projection = new Projection({
  toggle: () => show({ ...state, mode: state.mode === 'projection' ? null : 'projection' }),
  escape, hidden: () => pack && paint(pack),
  territory: code => show({ ...state, level: 'territory', commune: null, territory: state.territory === code && state.level === 'territory' ? null : code }),
  step,
});

const packName = wanted => packs.name(wanted.indicator, states.scope(wanted), states.classing(wanted), states.filters(wanted));

// What a control asks for; filters that it leaves without object are said to go.
function change(wanted) {
  const asked = { ...state, ...wanted }, next = states.settle(asked);
  controls.filters.dropped(asked, next);
  show(next);
}

// Paint a state; the pack is nearly always in memory, so the map does not wait for the server.
async function show(next, { push = true, playing = false } = {}) {
  state = next;
  if (!playing) timeline.stop();
  if (push) history.pushState(null, '', address(next));
  else if (playing) history.replaceState(null, '', address(next));
  const found = packs.ready(packName(next)) || await fetched(next);
  if (found && state === next) await paint(found);
}

async function fetched(wanted) {
  root.setAttribute('aria-busy', 'true');
  try {
    return await packs.load(packName(wanted));
  } catch (error) {
    if (state === wanted) trouble();
    return null;
  } finally {
    root.removeAttribute('aria-busy');
  }
}

const address = wanted => { const query = states.query(wanted); return query ? `/carte?${query}` : '/carte'; };

function reload(change) {
  location.assign(address(states.settle({ ...state, ...change })));
}

// In one frame the map, and what its size depends on: sentence, chips, legend. The list and the rest in the next.
async function paint(loaded) {
  pack = loaded;
  projection.set(state.mode === 'projection');
  slice = projection.hides() ? concealed(pack, sliceOf(pack, state)) : sliceOf(pack, state);
  flags = slice.hidden ? new Map() : disputed.of(state);
  dress({ kind: pack.fill ? 'fill' : 'circle', classes: slice.l.length, palette: pack.palette }, Boolean(slice.v));
  document.body.classList.toggle('level-territory', state.level === 'territory');
  document.body.classList.toggle('level-commune', state.level === 'commune');
  const turn = painted += 1;
  root.dataset.pending = '';
  const pinned = states.pinned(state), pins = letters();
  map.paint(pack, slice, state, pinned, pins, flags);
  if (!slice.hidden) structures.points(state, plain(state));
  surrounded = painted;
  key();
  words(place(pinned));
  shelf(pins);
  controls.filters.chips(state);
  await frame();
  if (turn !== painted) return;
  surround(pinned, pins);
  await frame(); // labels follow where the map has become larger or smaller
  if (turn === painted) delete root.dataset.pending;
}

// How map, legend and list are coloured; not said of the whole page, whose other parts would be styled again for nothing.
function dress(wanted, over) {
  for (const part of root.querySelectorAll('.stage, .legend, .ranking')) {
    for (const [key, value] of Object.entries(wanted)) if (part.dataset[key] !== String(value)) part.dataset[key] = value;
    part.toggleAttribute('data-over', over);
  }
}

const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));

// All that stands around the map, of the state shown now.
function surround(pinned, pins) {
  ranking.paint(pack, slice, pinned, pins, flags);
  say('ranking-total', texts.total.replace('{value}', slice.k ? `${slice.m[0]}\u00a0·\u00a0${slice.k.m}` : slice.m[0]) + flagged('mel'));
  disputed.tell(flags, pack.codes);
  say('nowhere', slice.a);
  say('notes', slice.n.join(' '));
  panels.pin(pins);
  links();
  controls.sync(state, pack, slice);
  timeline.sync(state.indicator, Number(states.year(state)));
  highlight(null);
  hover(ranking.shown());
  if (state.level === 'commune') ranking.reveal(pinned);
  tell();
}

const key = () => legend.paint(pack, slice, share => map.radius(share) / map.zoom.unit, Boolean(state.commune));

// Where the links of the page lead from the state shown.
function links() {
  for (const link of $('exports').querySelectorAll('a')) link.href = `/export/${link.dataset.form}?${named(state)}`;
  for (const link of document.querySelectorAll('[data-switch]')) link.href = address({ ...state, lang: link.lang });
  for (const link of document.querySelectorAll('[data-carries]')) {
    link.search = states.query(Object.fromEntries(link.dataset.carries.split(' ').map(key => [key, state[key]])));
  }
}

// Written only where it differs: what is written is laid out again.
function say(id, text) {
  if ($(id).textContent !== text) $(id).textContent = text;
}

function words(at) {
  const headline = state.level === 'commune' && at !== null ? upper(sentence(pack, slice, at)) : slice.h;
  say('headline', headline);
  say('subtitle', slice.d);
  say('map-name', texts.map.replace('{subtitle}', slice.d));
  $('source').firstChild.textContent = `${slice.f} `;
  const part = pack.parts[states.year(state)] || '';
  $('partial').hidden = !part;
  $('partial').querySelector('span').textContent = part;
  if ('ready' in root.dataset) $('ignored')?.remove(); // it is about the address the page was opened with
}

// The areas kept in sight: a letter each, the same on the map, in the list, the legend, the table and here.
const letters = () => new Map(states.pins(state).filter(code => place(code) !== null).map((code, i) => [code, 'ABC'[i]]));

function shelf(pins) {
  const held = $('pins').contains(document.activeElement), remove = $('pins').dataset.remove;
  $('pins').hidden = !pins.size;
  $('pins').replaceChildren(...[...pins].map(([code, letter]) => {
    const item = document.createElement('li'), link = document.createElement('a'), [b, strong, cross, told] = ['b', 'strong', 'span', 'span'].map(tag => document.createElement(tag));
    Object.assign(link, { href: address(states.pin(state, code)) }).dataset.unpin = code;
    Object.assign(b, { textContent: letter });
    Object.assign(strong, { textContent: both(slice, place(code)) });
    Object.assign(cross, { className: 'cross', textContent: '×', ariaHidden: 'true' });
    Object.assign(told, { className: 'hidden-text', textContent: `, ${remove}` });
    link.append(b, ` ${pack.short[place(code)]} `, strong, cross, told);
    item.append(link);
    return item;
  }));
  if (held) ($('pins').querySelector('a') || $('pinning')).focus();
  legend.pin(slice, [...pins].map(([code, letter]) => [letter, place(code)]));
}

const pinning = () => $('pinning').getAttribute('aria-pressed') === 'true';

// What the table and the charts depend on: neither what is kept in sight nor how the page is laid out.
function plain(wanted) {
  return states.query({ ...wanted, pins: null, mode: null, release: boot.release });
}

// What is asked of the server or taken away names the release on the screen, whatever has been published since.
const named = wanted => states.query({ ...wanted, release: boot.release });
const flagged = code => (flags.has(code) ? `\u00a0${disputed.sign}` : '');
const upper = text => text.charAt(0).toUpperCase() + text.slice(1);
const place = code => placesOf(pack).get(code) ?? null;

// The figure and the markers: the area hovered or focused, else the one picked out, else the metropole.
function point(code) {
  const pinned = place(states.pinned(state)), at = code ? place(code) : null, said = at ?? pinned;
  const [value, rest] = $('figure').children;
  if (said === null) {
    [value.textContent, rest.textContent] = slice.w;
    value.textContent += flagged('mel');
  } else {
    const told = sentence(pack, slice, said), text = slice.t[said];
    value.textContent = both(slice, said) + flagged(pack.codes[said]);
    rest.textContent = told.startsWith(text) ? told.slice(text.length).trim() : told;
  }
  $('figure').toggleAttribute('data-rest', said === null);
  legend.point(slice, said, false);
  legend.point(slice, at !== null && pinned !== null && at !== pinned ? pinned : null, true);
}

// What is under the pointer is likely to be opened: the communes of a territory are fetched meanwhile, and the structures of a
// commune where the pointer rests.
function prepare(code) {
  clearTimeout(resting);
  if (!code || navigator.connection?.saveData) return;
  const next = states.pick(state, code);
  if (state.level === 'territory') packs.load(packName(next)).catch(() => {});
  else if (code !== state.commune) resting = setTimeout(() => structures.ask(plain(next)), REST);
}

function hover(code) {
  if (!pack || (code && place(code) === null)) code = null;
  prepare(code);
  map.outline('hover', code);
  ranking.hover(code);
  panels.hover(code);
  if (pack) point(code);
}

function highlight(mark) {
  map.highlight(mark, slice, pack);
  ranking.highlight(mark === null ? null : new Set(pack.codes.filter((code, i) => slice.c[i] === mark)));
}

function escape() {
  if (document.body.classList.contains('sheet')) controls.sheet(false);
  else if (legend.mark !== null) legend.choose(null, on);
  else if (pinning()) $('pinning').setAttribute('aria-pressed', 'false');
  else if (state.pins) show({ ...state, pins: null });
  else if (state.territory || state.level === 'commune') show(states.up(state));
  else if (state.mode) show({ ...state, mode: null });
}

function step(by) {
  const keys = Object.keys(boot.options), at = keys.indexOf(state.indicator);
  show(states.settle({ ...state, indicator: keys[(at + by + keys.length) % keys.length] }));
}

function scalebar(unit) {
  plan?.follow();
  const bar = $('scalebar'), metres = boot.geometry.metres * unit;
  const length = [20, 10, 5, 2, 1, 0.5, 0.2].find(km => km * 1000 / metres <= 110) || 0.2;
  bar.firstElementChild.style.width = `${Math.round(length * 1000 / metres)}px`;
  bar.lastElementChild.textContent = `${String(length).replace('.', texts.decimal)} km`;
  if (!pack || pack.fill || surrounded !== painted) return;
  const { mark } = legend;
  key();
  if (mark !== null) legend.choose(mark, on);
}

function trouble() {
  $('notes').textContent = texts.trouble;
}

// What comes from the server once the map is painted: the structures of a commune, and the panels while they are seen.
function tell() {
  panels.conceal(Boolean(slice.hidden));
  if (slice.hidden) structures.clear(); else structures.show(state, plain(state));
  panels.follow(plain(state));
}

// Dash's first call, from then on its stores can be set; and what it says of its charts.
window.ess_clientside = { ess: {
  current: () => { panels.start(); return window.dash_clientside.no_update; },
  drawn: () => { panels.done(); return window.dash_clientside.no_update; },
} };

document.querySelector('.zoom').addEventListener('click', event => {
  const way = event.target.dataset.zoom;
  if (way === 'fit') map.zoom.fit();
  else if (way) map.zoom.by(way === 'in' ? 1.5 : 1 / 1.5);
});
if ($('plan-choice')) plan = new Background($('plan-choice'), map, root);
$('pinning').hidden = false;
$('pinning').addEventListener('click', () => $('pinning').setAttribute('aria-pressed', String(!pinning())));
$('pins').addEventListener('click', event => {
  const link = event.target.closest('a');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  pin(link.dataset.unpin);
});
$('stage').addEventListener('keydown', event => map.zoom.key(event));
$('trail').addEventListener('click', event => {
  const link = event.target.closest('a');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(states.settle({ ...state, commune: null, territory: link.dataset.territory || null, level: link.dataset.level }));
});
window.addEventListener('popstate', () => {
  const asked = states.parse(location.search);
  if (asked.lang !== boot.state.lang || asked.perimeter !== boot.state.perimeter || (asked.release || boot.release) !== boot.release) location.reload();
  else show(asked, { push: false });
});

show(state, { push: false }).then(() => { root.dataset.ready = ''; });
