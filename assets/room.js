// What windows of a meeting do with what they are told. The screen of the room: all holds in the window, written smaller where
// it must, and past that its pages turn, for nobody scrolls a wall. A telephone: a new question is read from its top.
const SIZES = [26, 24, 22], TURN = 12_000; // px, from the one that is read best; ms
const root = document.querySelector('[data-live]'), page = document.documentElement;
let turning = 0;

const lines = () => [...root.querySelectorAll('.votes > li, .board li')];
const isOver = line => line.getBoundingClientRect().bottom > window.innerHeight;

// A line is on a page whole, or on another.
function show(from) {
  if (from) from.scrollIntoView({ block: 'start' });
  else window.scrollTo({ top: 0 });
  const head = root.querySelector('[data-part=screen]').getBoundingClientRect().bottom;
  for (const line of lines()) line.classList.toggle('out', isOver(line) || line.getBoundingClientRect().top < head - 2);
}

function rest() {
  clearInterval(turning);
  for (const line of lines()) line.classList.remove('out');
}

function fit() {
  rest();
  window.scrollTo({ top: 0 });
  for (const size of SIZES) {
    root.style.setProperty('--size', `${size}px`);
    root.classList.toggle('full', size < SIZES[0]);
    if (page.scrollHeight <= window.innerHeight + 1) return;
  }
  if (window.innerWidth <= 900) return; // a telephone that looks at the screen is scrolled by hand
  show();
  turning = setInterval(() => show(lines().find(isOver)), TURN);
}

const parts = root.querySelectorAll('[data-part=screen], [data-part=count]'), phone = root.querySelector('[data-part=phone]');
if (root.dataset.window === 'projection') {
  const drawn = new MutationObserver(fit);
  for (const part of parts) drawn.observe(part, { childList: true });
  window.addEventListener('resize', fit);
  for (const hand of ['wheel', 'touchmove']) window.addEventListener(hand, rest, { passive: true });
  fit();
} else if (phone) {
  new MutationObserver(() => { if (root.getBoundingClientRect().top < 0) root.scrollIntoView(); }).observe(phone, { childList: true });
}
