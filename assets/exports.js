// Files that take a while: the page says that they are being made, and lets one give up; without script they are plain links.
const list = document.getElementById('exports');
const told = document.createElement('div'), words = document.createElement('p'), stop = document.createElement('button');
let running = null;

told.className = 'making';
told.hidden = true;
words.setAttribute('role', 'status');
stop.type = 'button';
stop.textContent = list.dataset.cancel;
stop.addEventListener('click', () => running?.abort());
told.append(words, stop);
document.body.append(told);

function tell(text, name, busy) {
  told.hidden = false;
  words.textContent = text.replace('{name}', name);
  stop.hidden = !busy;
}

const pause = (seconds, signal) => new Promise((done, failed) => {
  const timer = setTimeout(done, 1000 * seconds);
  signal.addEventListener('abort', () => { clearTimeout(timer); failed(new DOMException('', 'AbortError')); }, { once: true });
});

// A server that makes too many files already says when to ask again.
async function fetched(href, name, signal) {
  for (;;) {
    const answer = await fetch(href, { signal });
    if (answer.status !== 503) return answer;
    tell(list.dataset.waiting, name, true);
    await pause(Number(answer.headers.get('Retry-After')) || 5, signal);
  }
}

function keep(blob, header) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = /filename="([^"]+)"/.exec(header || '')?.[1] || '';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

async function make(link) {
  const name = link.dataset.name || link.textContent.trim(), own = running = new AbortController();
  tell(list.dataset.preparing, name, true);
  try {
    const answer = await fetched(link.href, name, own.signal);
    if (!answer.ok) throw new Error(answer.status);
    const blob = await answer.blob();
    if (own.signal.aborted) throw new DOMException('', 'AbortError');
    keep(blob, answer.headers.get('Content-Disposition'));
    tell(list.dataset.ready, name, false);
  } catch (error) {
    tell(error.name === 'AbortError' ? list.dataset.cancelled : list.dataset.failed, name, false);
  } finally {
    if (running === own) running = null;
  }
}

document.addEventListener('click', event => {
  const link = event.target.closest('a[data-heavy]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (running) return;
  if (list.matches(':popover-open')) list.hidePopover();
  make(link);
});
