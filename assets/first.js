// The only script that a page names: it lets the browser show the page first, then reads the others, all at once.
// What they need is told by the element #modules: `data-entries` to run, `data-all` to fetch, `data-fetch` an address they will read.
const PATIENCE = 250; // ms, where no frame is drawn: a tab in the background

const told = document.getElementById('modules').dataset, names = told.entries.split(' ');
const shown = new Promise(done => {
  setTimeout(done, PATIENCE);
  requestAnimationFrame(() => setTimeout(done));
});

function hint(attributes) {
  const link = document.createElement('link');
  for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value);
  document.head.append(link);
}

await shown;
if (told.fetch) hint({ rel: 'preload', as: 'fetch', crossorigin: 'anonymous', href: told.fetch });
for (const name of told.all.split(' ')) hint({ rel: 'modulepreload', href: new URL(name, import.meta.url).href });
await Promise.all(names.map(name => import(`./${name}`)));
if (document.getElementById('_dash-renderer')) await import('./start.js');
