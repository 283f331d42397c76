// The page /acteurs: the server writes it whole; a link or a filter brings the parts that change, and the address follows.
import { Points } from './points.js';

const PARTS = ['rail', 'head', 'list', 'tally', 'picked', 'source'];
const NAMES = 20, TYPING = 250;
const $ = id => document.getElementById(id);
const root = $('main'), texts = JSON.parse($('texts').textContent);
let asking = null, timer = 0;

const points = new Points($('stage'), texts, { pick, list, hover });

// Go to an address of this page without leaving it.
async function go(address, { push = true, replace = false, top = false } = {}) {
  asking?.abort();
  const control = asking = new AbortController();
  root.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(address, { signal: control.signal, headers: { Accept: 'text/html' } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (!page.getElementById('list')) throw new Error('not this page');
    if (replace) history.replaceState(null, '', address);
    else if (push) history.pushState(null, '', address);
    put(page, { push, top });
  } catch (error) {
    if (error.name === 'AbortError') return;
    $('failed').textContent = texts.failed;
    $('failed').hidden = false;
  } finally {
    if (asking === control) root.removeAttribute('aria-busy');
  }
}

function put(page, { push, top }) {
  const focused = document.activeElement?.id, open = [...document.querySelectorAll('#rail details')].map(one => [one.id, one.open]);
  const scrolled = $('rail').scrollTop, typed = $('q'), sheet = document.body.classList.contains('sheet');
  for (const id of PARTS) $(id).replaceWith(document.adoptNode(page.getElementById(id)));
  for (const [id, was] of open) if ($(id)) $(id).open = was || $(id).open;
  if (push && focused === 'q') $('q').replaceWith(typed); // the text being typed, and its caret
  $('rail').scrollTop = scrolled;
  document.title = page.title;
  Object.assign(root.dataset, page.getElementById('main').dataset, { ready: '' });
  for (const path of ['areas', 'lines']) {
    const [now, next] = [document, page].map(one => [...one.querySelectorAll(`#map .${path} path`)]);
    now.forEach((one, i) => one.setAttribute('class', next[i]?.getAttribute('class') || ''));
  }
  const links = [document, page].map(one => [...one.querySelectorAll('.top a')]);
  if (links[0].length === links[1].length) links[0].forEach((link, i) => link.setAttribute('href', links[1][i].getAttribute('href')));
  document.body.classList.toggle('sheet', sheet);
  $('told').textContent = $('headline').textContent;
  const again = focused && $(focused);
  if (again && document.activeElement !== again) again.focus({ preventScroll: true });
  else if (focused && !again) $('list').focus({ preventScroll: true });
  if (top) $('list').scrollIntoView({ block: 'start' });
  paint();
}

async function paint() {
  const { points: address, shown, picked, box } = root.dataset;
  try {
    await points.load(address);
    points.show(shown, picked ? Number(picked) : null, box ? box.split(' ').map(Number) : null);
  } catch (error) {
    points.address = null;
    $('tip').textContent = texts.unplaced;
    Object.assign($('tip').style, { left: '8px', top: '8px' });
    $('tip').hidden = false;
  }
}

// The address that the form asks for: several values of a filter are parted by commas.
function asked() {
  const given = new Map();
  for (const [name, value] of new FormData($('rail'))) {
    const text = value.trim();
    if (text) given.set(name, given.has(name) ? `${given.get(name)},${text}` : text);
  }
  if (given.get('perimeter') === '95') given.delete('perimeter');
  if (given.get('ess') === 'yes') given.delete('ess');
  const first = $('year').dataset.first;
  if (given.get('year') === first) given.delete('year');
  const query = [...given].map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`).join('&');
  return query ? `/acteurs?${query}` : '/acteurs';
}

function withActor(key) {
  const query = new URLSearchParams(location.search);
  if (key) query.set('actor', key); else query.delete('actor');
  const text = query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return text ? `/acteurs?${text}` : '/acteurs';
}

function pick(i) {
  go(withActor(points.base.keys[i]));
}

const row = i => document.querySelector(`#list tr[data-at="${i}"]`);

function hover(i) {
  document.querySelector('#list tr.lit')?.classList.remove('lit');
  if (i !== null) row(i)?.classList.add('lit');
}

// Those of a place that cannot be told apart on the map.
function list(title, members) {
  const heading = document.createElement('h2'), names = document.createElement('ul');
  heading.textContent = title;
  const query = new URLSearchParams(location.search);
  query.delete('actor');
  names.append(...members.slice(0, NAMES).map(i => {
    const item = document.createElement('li'), link = document.createElement('a'), rest = query.toString();
    link.textContent = points.base.names[i];
    link.href = `/acteurs/${encodeURIComponent(points.base.keys[i])}${rest ? `?${rest}` : ''}`;
    item.append(link);
    return item;
  }));
  const parts = [heading, names];
  if (members.length > NAMES) {
    const more = document.createElement('p');
    more.className = 'note';
    more.textContent = texts.more.replace('{n}', members.length - NAMES);
    parts.push(more);
  }
  $('picked').replaceChildren(...parts);
}

function sheet(open) {
  document.body.classList.toggle('sheet', open);
  $('open-filters').setAttribute('aria-expanded', String(open));
  (open ? $('q') : $('open-filters')).focus();
}

const plain = event => !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey && event.button === 0;

root.addEventListener('click', event => {
  const link = event.target.closest('a');
  if (event.target.id === 'close-filters') sheet(false);
  if (!link || !plain(event) || link.target || link.hasAttribute('download')) return;
  const to = new URL(link.href);
  if (to.origin !== location.origin || to.pathname !== '/acteurs' || to.hash) return;
  event.preventDefault();
  go(to.pathname + to.search, { top: Boolean(link.closest('.pager')) });
});
root.addEventListener('change', event => {
  if (event.target.form === $('rail') && event.target.id !== 'q') go(asked());
});
root.addEventListener('input', event => {
  if (event.target.id !== 'q') return;
  clearTimeout(timer);
  timer = setTimeout(() => go(asked(), { replace: true }), TYPING);
});
root.addEventListener('submit', event => {
  if (event.target !== $('rail')) return;
  event.preventDefault();
  clearTimeout(timer);
  go(asked());
});
$('open-filters').addEventListener('click', () => sheet(!document.body.classList.contains('sheet')));

// Lines of the list: the pointer or the focus on one shows its place; arrows go from one to the next.
for (const kind of ['pointerover', 'focusin']) {
  root.addEventListener(kind, event => {
    const line = event.target.closest('#list tr[data-at]');
    if (line && points.base) points.light(Number(line.dataset.at));
    else if (event.target.closest('#list')) points.light(null);
  });
}
root.addEventListener('keydown', event => {
  const line = event.target.closest('#list tbody tr');
  if (event.key === 'Escape' && document.body.classList.contains('sheet')) sheet(false);
  else if (event.key === 'Escape' && root.dataset.picked) go(withActor(null));
  if (!line || event.ctrlKey || event.metaKey || event.altKey) return;
  const lines = [...line.parentElement.children], at = lines.indexOf(line);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  lines[Math.min(lines.length - 1, Math.max(0, next))].querySelector('a').focus();
});
document.querySelector('.zoom').addEventListener('click', event => {
  const way = event.target.dataset.zoom;
  if (way === 'fit') points.zoom.fit();
  else if (way) points.zoom.by(way === 'in' ? 1.5 : 1 / 1.5);
});
$('stage').addEventListener('keydown', event => points.zoom.key(event));
window.addEventListener('popstate', () => go(location.pathname + location.search, { push: false }));

paint().then(() => { root.dataset.ready = ''; });
