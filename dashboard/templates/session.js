// Scenes one at a time; without a script the page shows them all, one below the other.
const root = document.documentElement, scenes = [...document.querySelectorAll('.scene')];
const before = document.getElementById('before'), after = document.getElementById('after'), notes = document.getElementById('notes');
let at = 0;
function show(n, focus = true) {
  at = Math.max(0, Math.min(scenes.length - 1, n));
  scenes.forEach((one, i) => one.classList.toggle('now', i === at));
  before.disabled = at === 0;
  after.disabled = at === scenes.length - 1;
  document.getElementById('where').textContent = `${at} / ${scenes.length - 1}`;
  history.replaceState(null, '', `#scene-${at}`);
  scrollTo(0, 0);
  if (focus) scenes[at].focus({ preventScroll: true });
}
const asked = () => Math.max(0, scenes.findIndex(one => `#${one.id}` === location.hash));
const reveal = () => scenes[at].classList.toggle('revealed');
function note() {
  if (notes) notes.setAttribute('aria-pressed', String(root.classList.toggle('noted')));
}
root.classList.add('paged');
document.querySelector('.moves').hidden = false;
before.addEventListener('click', () => show(at - 1));
after.addEventListener('click', () => show(at + 1));
notes?.addEventListener('click', note);
document.addEventListener('click', event => { if (event.target.closest('.reveal')) reveal(); });
addEventListener('hashchange', () => show(asked()));
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input, textarea, select')) return;
  const moves = { ArrowRight: () => show(at + 1), PageDown: () => show(at + 1), ArrowLeft: () => show(at - 1), PageUp: () => show(at - 1), Home: () => show(0), End: () => show(scenes.length - 1), r: reveal, R: reveal, n: note, N: note };
  if (!moves[event.key]) return;
  event.preventDefault();
  moves[event.key]();
});
show(asked(), false);
