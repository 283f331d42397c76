// Shortcuts of one key: on, until a reader switches them off at the foot of a page; remembered by the browser (WCAG 2.1.4).
const NAME = 'ess-shortcuts', OFF = 'off', page = document.documentElement;
const foot = document.getElementById('shortcuts'), box = foot.querySelector('input');
const told = [...document.querySelectorAll('[data-without-keys]')].map(one => {
  const name = one.hasAttribute('placeholder') ? 'placeholder' : 'title';
  return [one, name, one.getAttribute(name)];
});

// Whether a key that is not Escape may act by itself, wherever the focus is.
export const enabled = () => page.dataset.shortcuts !== OFF;

// Whether a key stands for a shortcut: alone, and not typed in a field.
export const lone = event => enabled() && !event.ctrlKey && !event.metaKey && !event.altKey
  && !event.target.closest?.('input, textarea, select, [contenteditable="true"]');

function apply(off) {
  if (off) page.dataset.shortcuts = OFF; else delete page.dataset.shortcuts;
  box.checked = !off;
  for (const [one, name, text] of told) one.setAttribute(name, off ? one.dataset.withoutKeys : text);
}

// A browser that keeps nothing keeps the choice for the page alone.
function remembered() {
  try { return localStorage.getItem(NAME) === OFF; } catch { return false; }
}

function remember(off) {
  try {
    if (off) localStorage.setItem(NAME, OFF); else localStorage.removeItem(NAME);
  } catch { /* for this page alone */ }
}

box.addEventListener('change', () => { apply(!box.checked); remember(!box.checked); });
window.addEventListener('storage', event => { if (event.key === NAME || event.key === null) apply(remembered()); });
window.addEventListener('pageshow', () => apply(remembered())); // whatever a browser puts back in the box
foot.hidden = false;
apply(remembered());
