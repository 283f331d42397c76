// Dash starts here. The map does not need it, so its scripts are fetched once the page is at rest; no inline script, so the
// page needs no exception to its policy.
const REST = 1000; // ms that a busy browser is waited for at most

const rested = () => new Promise(done => (window.requestIdleCallback ? requestIdleCallback(done, { timeout: REST }) : setTimeout(done, REST / 4)));
const loaded = new Promise(done => (document.readyState === 'complete' ? done() : addEventListener('load', done, { once: true })));

// One script; those asked for together run in the order in which they were.
const read = src => new Promise((done, failed) => {
  const script = document.createElement('script');
  script.addEventListener('load', done);
  script.addEventListener('error', () => failed(new Error(src)));
  Object.assign(script, { async: false, src });
  document.head.append(script);
});

await loaded;
await rested();
await Promise.all(document.getElementById('_dash-renderer').dataset.src.split(' ').map(read));
window.dash_clientside = Object.assign({}, window.dash_clientside, window.ess_clientside);
new window.DashRenderer(); // eslint-disable-line no-new
