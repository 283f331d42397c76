// The panels below the map, asked for only while they are in view: the table as the server writes it, the charts of Dash.
const WAIT = 120;

export class Panels {
  constructor(section, query, on) {
    this.section = section;
    this.table = section.querySelector('#table');
    this.charts = section.querySelector('#react-entry-point');
    this.query = query;
    this.read = query; // the page was served with its table
    this.drawn = null;
    this.pins = new Map();
    this.started = false;
    this.near = false;
    this.place = document.createComment('');
    this.table.addEventListener('pointerover', event => on.hover(event.target.closest('tbody tr')?.dataset.code ?? null));
    this.table.addEventListener('pointerleave', () => on.hover(null));
    this.table.addEventListener('click', event => event.target.closest('.show-values') && this.refresh());
    window.addEventListener('beforeprint', () => this.print());
    new IntersectionObserver(entries => {
      this.near = entries.at(-1).isIntersecting;
      if (this.near) this.soon();
    }, { rootMargin: '0px 0px -48px 0px' }).observe(section);
  }

  // The view shown is now that of a query: what the panels say of another is taken away until they are seen again.
  follow(query) {
    this.query = query;
    this.charts.toggleAttribute('data-stale', this.drawn !== null && this.drawn !== query);
    if (this.read !== query && this.read !== null) this.offer();
    if (this.near) this.soon();
  }

  // Letters of the areas kept in sight, by code.
  pin(pins) {
    this.pins = pins;
    for (const row of this.table.querySelectorAll('tbody tr')) {
      for (const marked of [row, row.querySelector('th')]) {
        if (pins.has(row.dataset.code)) marked.dataset.pin = pins.get(row.dataset.code); else delete marked.dataset.pin;
      }
    }
  }

  hover(code) {
    for (const row of this.table.querySelectorAll('tr.hover')) row.classList.remove('hover');
    if (code) this.table.querySelector(`tr[data-code="${code}"]`)?.classList.add('hover');
  }

  // Dash can be told from now on.
  start() {
    this.started = true;
    if (this.near) this.soon();
  }

  // While the room guesses, neither the table nor the charts are in the page; Dash, which drew them, goes on without its place.
  conceal(hidden) {
    this.concealed = hidden;
    if (hidden) this.offer();
    if (hidden && this.drawn !== null) this.charts.replaceWith(this.place);
    else if (!hidden && this.place.isConnected) this.place.replaceWith(this.charts);
  }

  // Several changes in a row are asked for once.
  soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.refresh(), WAIT);
  }

  refresh() {
    const { query } = this;
    if (this.started && this.told !== query) {
      this.told = query;
      window.dash_clientside.set_props('view', { data: query });
    }
    if (this.read !== query && this.asked !== query) this.load(query);
  }

  async load(query) {
    this.asked = query;
    this.table.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(`/table?${query}`);
      if (!answer.ok) throw new Error(String(answer.status));
      this.put(query, await answer.text());
    } catch (error) {
      if (this.query === query) this.offer(this.table.dataset.failed);
    } finally {
      if (this.asked === query) this.asked = null;
      if (!this.asked) this.table.removeAttribute('aria-busy');
    }
  }

  put(query, html) {
    if (this.query !== query || this.concealed) return;
    this.read = query;
    this.table.replaceChildren(...parsed(html));
    this.pin(this.pins);
  }

  // A button in the place of a table that is not asked for yet.
  offer(why = '') {
    this.read = null;
    const button = document.createElement('button'), told = document.createElement('p');
    Object.assign(button, { type: 'button', className: 'show-values', textContent: this.table.dataset.show });
    Object.assign(told, { className: 'note', textContent: why });
    this.table.replaceChildren(button, told);
  }

  // Dash has drawn the charts of what it was told.
  done() {
    this.drawn = this.told ?? null;
    this.charts.toggleAttribute('data-stale', this.drawn !== null && this.drawn !== this.query);
  }

  // On paper there is no button to press; a print does not wait for an answer, so this asks while it holds.
  print() {
    if (this.read === this.query || this.concealed) return;
    const asked = new XMLHttpRequest();
    asked.open('GET', `/table?${this.query}`, false);
    try { asked.send(); } catch (error) { return; }
    if (asked.status === 200) this.put(this.query, asked.responseText);
  }
}

// Nodes of what the server wrote, read as a document of its own: nothing in it is run nor loaded before it is put in the page.
const parsed = html => new DOMParser().parseFromString(html, 'text/html').body.childNodes;
