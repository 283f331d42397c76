// The filters: a select for each dimension, several values by check boxes with their numbers, a chip for each value.
const KEPT = 40;
const $ = id => document.getElementById(id);
const split = text => (text || '').split(',').filter(Boolean);

export class Filters {
  constructor(boot, states, change) {
    const { names, every, texts } = boot.filters;
    Object.assign(this, { states, change, names, every, texts, boot, counted: new Map() });
    for (const key of states.dimensions) $(key).addEventListener('change', event => this.set(key, event.target.value));
    for (const box of document.querySelectorAll('.several')) {
      box.addEventListener('toggle', () => this.fill(box));
      box.addEventListener('change', event => {
        event.stopPropagation();
        this.set(box.dataset.dimension, [...box.querySelectorAll('input:checked')].map(input => input.value).join(','));
      });
    }
    $('chips').addEventListener('click', event => {
      const chip = event.target.closest('button');
      if (chip) this.remove(chip);
    });
  }

  set(key, value) {
    $('dropped').textContent = '';
    this.change({ [key]: value || null });
  }

  // The keyboard goes on from the next chip, else from the one before, else from the title.
  remove(chip) {
    const { key, slug } = chip.dataset, all = [...$('chips').children];
    this.focus = all.indexOf(chip);
    this.set(key, split(this.state[key]).filter(other => other !== slug).join(','));
  }

  // Filters that the new indicator does not have are taken away, and said to be.
  dropped(before, after) {
    const gone = this.states.dimensions.flatMap(key => {
      const kept = split(after[key]);
      return split(before[key]).filter(slug => !kept.includes(slug)).map(slug => this.names[key][slug] || slug);
    });
    $('dropped').textContent = gone.length ? this.texts.dropped.replace('{labels}', gone.join(', ')) : '';
  }

  sync(state) {
    this.state = state;
    for (const key of this.states.dimensions) this.select(key, state[key]);
    if (['size', 'employer', 'qpv', 'instrument'].some(key => state[key])) $('more-filters').open = true;
    this.chips(state);
    for (const box of document.querySelectorAll('.several')) this.fill(box);
  }

  select(key, value) {
    const offer = this.states.offer(this.state.indicator)[key], told = Array.isArray(offer) ? offer : [], many = split(value);
    const pairs = [['', this.every[key]], ...told.map(slug => [slug, this.names[key][slug]])];
    if (many.length > 1) pairs.push([value, this.texts.several.replace('{number}', many.length)]);
    fill($(key), pairs);
    if ($(key).value !== (value || '')) $(key).value = value || '';
    if (key !== 'sector' && key !== 'family') $(`${key}-why`).textContent = told.length ? '' : offer;
    document.querySelector(`.several[data-dimension="${key}"]`).hidden = told.length < 2;
  }

  chips(state) {
    const held = $('chips').contains(document.activeElement), wanted = this.states.dimensions.flatMap(key => split(state[key]).map(slug => [key, slug]));
    const same = wanted.map(pair => pair.join('=')).join('&');
    const redrawn = $('chips').dataset.shown !== same;
    if (redrawn) {
      $('chips').dataset.shown = same;
      $('chips').replaceChildren(...wanted.map(([key, slug]) => chip(key, slug, this.names[key][slug] || slug, this.texts.remove)));
      $('chips').hidden = !wanted.length;
    }
    if (this.focus !== undefined || (held && redrawn)) {
      const next = $('chips').children[Math.min(this.focus ?? 0, wanted.length - 1)] || Object.assign($('headline'), { tabIndex: -1 });
      next.focus();
      this.focus = undefined;
    }
  }

  // The numbers are asked for while their list is open, and not before.
  async fill(box) {
    if (!box.open || box.hidden || !this.state) return;
    const { state } = this, query = this.states.query({ ...state, release: this.boot.release }), list = box.querySelector('.boxes');
    this.draw(box, list);
    list.setAttribute('aria-busy', 'true');
    try {
      const found = await this.counts(query);
      if (this.state === state) for (const [slug, , number] of found.dimensions[box.dataset.dimension].choices) {
        const told = list.querySelector(`[data-of="${slug}"]`);
        if (told) told.textContent = number;
      }
      this.tell(list, '');
    } catch (error) {
      if (this.state === state) this.tell(list, this.texts.failed);
    } finally {
      list.removeAttribute('aria-busy');
    }
  }

  draw(box, list) {
    const key = box.dataset.dimension, told = this.states.offer(this.state.indicator)[key], chosen = split(this.state[key]);
    if ([...list.querySelectorAll('input')].map(input => input.value).join() !== told.join()) {
      list.replaceChildren(...told.map(slug => choice(slug, this.names[key][slug])), Object.assign(document.createElement('p'), { className: 'why' }));
      list.lastElementChild.setAttribute('role', 'status');
      this.tell(list, this.texts.loading);
    }
    for (const input of list.querySelectorAll('input')) input.checked = chosen.includes(input.value);
  }

  tell(list, text) {
    list.lastElementChild.textContent = text;
  }

  counts(query) {
    if (!this.counted.has(query)) {
      const asked = fetch(`/choices?${query}`).then(answer => {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      });
      asked.catch(() => this.counted.delete(query));
      this.counted.set(query, asked);
      if (this.counted.size > KEPT) this.counted.delete(this.counted.keys().next().value);
    }
    return this.counted.get(query);
  }
}

function chip(key, slug, label, remove) {
  const made = document.createElement('button'), text = document.createElement('span'), cross = document.createElement('i');
  Object.assign(made, { type: 'button' });
  Object.assign(made.dataset, { key, slug });
  made.setAttribute('aria-label', remove.replace('{label}', label));
  text.textContent = label;
  cross.textContent = '×';
  cross.setAttribute('aria-hidden', 'true');
  made.append(text, cross);
  return made;
}

function choice(slug, label) {
  const made = document.createElement('label'), box = document.createElement('input'), text = document.createElement('span'), number = document.createElement('b');
  Object.assign(box, { type: 'checkbox', value: slug, autocomplete: 'off' });
  text.textContent = label;
  number.dataset.of = slug;
  made.append(box, text, number);
  return made;
}

// Options replaced only where they differ, so that an open list is left alone.
export function fill(select, pairs) {
  const same = select.options.length === pairs.length && pairs.every(([value, label], i) => select.options[i].value === value && select.options[i].text === label);
  if (!same) select.replaceChildren(...pairs.map(([value, label]) => new Option(label, value)));
  select.disabled = pairs.length < 2;
}
