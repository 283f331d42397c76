// The search box of every page: suggestions by kind, chosen by the arrows; without an answer the form goes to /recherche.
import { lone } from './shortcuts.js';

const form = document.querySelector('form.search'), box = form.querySelector('#search'), list = form.querySelector('#found'), told = form.querySelector('#found-told');
const WAIT = 120;
let options = [], at = -1, timer = 0, asking = null;

for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': 'found', 'aria-expanded': 'false', 'aria-haspopup': 'listbox' })) box.setAttribute(name, value);

function element(name, attributes, ...parts) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...parts);
  return made;
}

function close() {
  asking?.abort();
  clearTimeout(timer);
  options = [];
  mark(-1);
  list.hidden = true;
  list.replaceChildren();
  box.setAttribute('aria-expanded', 'false');
}

function mark(next) {
  options[at]?.setAttribute('aria-selected', 'false');
  at = next;
  options[at]?.setAttribute('aria-selected', 'true');
  options[at]?.scrollIntoView({ block: 'nearest' });
  if (at < 0) box.removeAttribute('aria-activedescendant'); else box.setAttribute('aria-activedescendant', options[at].id);
}

async function ask() {
  const text = box.value.trim();
  asking?.abort();
  if (!text) { close(); told.textContent = ''; return; }
  const control = asking = new AbortController();
  try {
    const answer = await fetch(`/search?${new URLSearchParams(new FormData(form))}`, { signal: control.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    fill((await answer.json()).groups);
  } catch (error) {
    if (error.name === 'AbortError') return;
    close();
    told.textContent = form.dataset.failed;
  }
}

function fill(groups) {
  options = [];
  at = -1;
  box.removeAttribute('aria-activedescendant');
  list.replaceChildren(...groups.map(group => {
    const name = element('div', { class: 'kind', id: `found-${group.kind}`, role: 'presentation' }, group.label);
    const items = group.items.map(item => {
      const option = element('div', { role: 'option', id: `found-${options.length}`, 'aria-selected': 'false', 'data-href': item.href },
        element('span', {}, item.label), ' ', element('small', {}, item.detail));
      options.push(option);
      return option;
    });
    return element('div', { role: 'group', 'aria-labelledby': `found-${group.kind}` }, name, ...items);
  }));
  if (!options.length) list.replaceChildren(element('div', { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false', class: 'none' }, form.dataset.none));
  told.textContent = options.length ? form.dataset.count.replace('{n}', options.length) : form.dataset.none;
  list.hidden = false;
  box.setAttribute('aria-expanded', 'true');
}

box.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
function resume() { if (box.value.trim() && list.hidden && box.value !== box.defaultValue) ask(); }
box.addEventListener('focus', resume);
if (document.activeElement === box) resume(); // typed before this script came
box.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  event.stopPropagation(); // letters and digits are text here, not shortcuts of the page
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && options.length) {
    event.preventDefault();
    const next = at + step;
    mark(next >= options.length ? -1 : next < -1 ? options.length - 1 : next);
  } else if (step) {
    event.preventDefault();
    ask();
  } else if (event.key === 'Enter' && at >= 0) {
    event.preventDefault();
    location.assign(options[at].dataset.href);
  } else if (event.key === 'Escape' && !list.hidden) {
    event.preventDefault();
    close();
  } else if (event.key === 'Escape') box.value = '';
});
list.addEventListener('pointerdown', event => event.preventDefault()); // the box keeps the focus
list.addEventListener('click', event => {
  const option = event.target.closest('[data-href]');
  if (option) location.assign(option.dataset.href);
});
form.addEventListener('focusout', event => { if (!form.contains(event.relatedTarget)) close(); });
document.addEventListener('keydown', event => {
  if (event.key !== '/' || !lone(event) || box.offsetParent === null) return;
  event.preventDefault();
  box.focus();
  box.select();
});
