// Windows of a workshop in step: they ask for news, and draw again the parts that changed. A telephone keeps what it sends
// until the server has it, through a cut or a restart: each sending has a name of its own, so that it is written once.
import { lone } from './shortcuts.js';

const PACE = document.querySelector('[data-live]').dataset.window === 'participer' ? 500 : 350, REST = 3000, SLOWEST = 5000; // ms between two questions: seen, in the background, without network
const root = document.querySelector('[data-live]'), offline = root.querySelector('.offline'), queueTold = root.querySelector('.queue');
let since = root.dataset.since, failed = 0, shift = Date.parse(root.dataset.now) - Date.now();

function draw(name, key, html) {
  const part = root.querySelector(`[data-part="${name}"]`);
  if (!part || part.dataset.key === key) return;
  const focused = part.contains(document.activeElement) && document.activeElement.id;
  part.replaceChildren(...new DOMParser().parseFromString(html, 'text/html').body.childNodes); // runs no script
  part.dataset.key = key;
  if (queueTold && !waiting().length) remind(); // what was said is of the scene before
  if (focused) document.getElementById(focused)?.focus();
}

function tick() {
  for (const one of root.querySelectorAll('[data-ends]')) {
    const left = Math.round((Date.parse(one.dataset.ends) - Date.now() - shift) / 1000);
    one.textContent = Number.isNaN(left) ? '' : `${left < 0 ? '−' : ''}${Math.floor(Math.abs(left) / 60)}:${String(Math.abs(left) % 60).padStart(2, '0')}`;
    one.classList.toggle('over', left < 0);
  }
}

async function ask(fresh = '') {
  const answer = await fetch(`${root.dataset.live}&since=${since}${fresh}`, { cache: 'no-store', headers: { Accept: 'application/json' } });
  if (answer.status === 204) return;
  if (!answer.ok) throw new Error(answer.status);
  const news = await answer.json();
  since = news.since;
  shift = Date.parse(news.now) - Date.now();
  for (const [name, [key, html]] of Object.entries(news.parts)) draw(name, key, html);
  for (const one of root.querySelectorAll('[data-ends]')) one.dataset.ends = news.timer;
  tick();
}

async function follow() {
  try {
    await ask();
    failed = 0;
  } catch {
    failed += 1;
  }
  offline.hidden = failed < 2;
  setTimeout(follow, failed ? Math.min(SLOWEST, PACE * failed) : document.hidden ? REST : PACE);
}

// What a telephone has to send, kept by the browser: a page that is closed and opened again goes on.
const NAME = `ess-workshop-${root.dataset.meeting}`;
function waiting() {
  try { return JSON.parse(localStorage.getItem(NAME)) || []; } catch { return memory; }
}
let memory = [], sending = false;
function keep(list) {
  memory = list;
  try { localStorage.setItem(NAME, JSON.stringify(list)); } catch { /* for this page alone */ }
}
const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
const tell = text => { if (queueTold) queueTold.textContent = text; };

// A page that is opened again says that the server has an answer to the question it shows; another one replaces it.
const HAD = `${NAME}-answered`, ANSWERS = 40;
let answered = [];
try { answered = JSON.parse(localStorage.getItem(HAD)) || []; } catch { /* none is known */ }
function remember(scene) {
  answered = [...answered.filter(one => one !== scene), scene].slice(-ANSWERS);
  try { localStorage.setItem(HAD, JSON.stringify(answered)); } catch { /* for this page alone */ }
}
function remind() {
  const form = root.querySelector('form.sending'), scene = form?.querySelector('[name="scene"]')?.value;
  tell(scene && !form.querySelector('textarea') && answered.includes(scene) ? root.dataset.answered : '');
}

// What waited through a browser that was closed is sent as of the visit of now.
async function post(action, fields) {
  const { field, token } = root.dataset, now = fields.map(([name, value]) => [name, name === field ? token : value]);
  const answer = await fetch(action, { method: 'POST', body: new URLSearchParams(now), headers: { Accept: 'application/json' } });
  if (answer.status >= 500) throw new Error(answer.status);
  return [answer, await answer.json()]; // what is not ours (a gate of the network, half an answer) is no acknowledgement
}

// A sentence that is refused is given back: in its field while it is empty, else in words.
function handBack(fields) {
  const typed = fields.find(([name]) => name === 'sentence')?.[1], field = root.querySelector('form.sending textarea');
  if (!typed) return '';
  if (!field || field.value) return ` ${root.dataset.back.replace('{text}', () => typed)}`;
  field.value = typed;
  return '';
}

async function flush() {
  if (sending) return;
  sending = true;
  try {
    for (let list = waiting(); list.length; list = waiting()) {
      const [answer, { told, asks, token }] = await post(list[0].action, list[0].fields);
      if (answer.status === 403 && !asks && token && token !== root.dataset.token) { // the page is older than the server: the same again, as of now
        root.dataset.token = token;
        continue;
      }
      if (asks || answer.status === 403) { // it is not the answer that is refused: it waits for the code, or another visit
        tell(told);
        if (asks && entering) askCode(told);
        return;
      }
      keep(waiting().filter(one => one.id !== list[0].id));
      if (answer.ok) remember(list[0].fields.find(([name]) => name === 'scene')?.[1]);
      tell(answer.ok ? told : `${told}${handBack(list[0].fields)}`);
    }
  } catch {
    tell(root.dataset.waiting.replace('{n}', waiting().length));
    setTimeout(flush, 2000);
  } finally {
    sending = false;
  }
}

// The code, where the server knows this telephone no more: what waits goes then.
const entering = root.querySelector('form.entering');
function askCode(told) {
  entering.hidden = false;
  entering.querySelector('.note').textContent = told;
  if (!document.activeElement?.matches('input, textarea, select')) entering.querySelector('[name="code"]').focus();
}
async function enter() {
  try {
    const [answer, { told }] = await post(entering.action, [...new FormData(entering)]);
    tell(told);
    if (!answer.ok) return askCode(told);
    entering.hidden = true;
    flush();
  } catch {
    offline.hidden = false;
  }
}

root.addEventListener('submit', event => {
  const form = event.target;
  if (form === entering && waiting().length) {
    event.preventDefault();
    enter();
  } else if (form.matches('.sending')) {
    event.preventDefault();
    const id = fresh(), fields = [...new FormData(form)].filter(([name]) => name !== 'id');
    keep([...waiting(), { id, action: form.action, fields: [...fields, ['id', id]] }]);
    if (form.querySelector('textarea')) form.reset();
    flush();
  } else if (root.dataset.window !== 'participer') {
    event.preventDefault();
    fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) })
      .then(answer => (answer.ok ? ask('&fresh=1') : form.submit())) // the page that answers says what is wrong
      .catch(() => { offline.hidden = false; });
  }
});

root.addEventListener('change', event => {
  const left = event.target.closest('form')?.querySelector('.left');
  if (!left) return;
  const given = [...left.closest('form').querySelectorAll('select')].reduce((sum, one) => sum + Number(one.value), 0);
  left.textContent = `${given} / ${left.dataset.dots}`;
  left.closest('form').querySelector('button').disabled = given > Number(left.dataset.dots);
});

document.addEventListener('keydown', event => {
  if (!lone(event)) return;
  const button = [...root.querySelectorAll('button[data-key]')].find(one => one.dataset.key === event.key || one.dataset.key === event.key.toLowerCase());
  if (!button) return;
  event.preventDefault();
  button.click();
});

setInterval(tick, 500);
tick();
setTimeout(follow, PACE);
if (root.dataset.meeting && waiting().length) flush(); else if (queueTold) remind();
