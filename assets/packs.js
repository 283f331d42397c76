// Ready series from the server, kept by name: a filter change finds its values here, without a request.
const KEPT = 40;

export class Packs {
  constructor({ release, program, state }) {
    this.release = release;
    this.mark = `v=${program}${state.lang === 'fr' ? '' : `&lang=${state.lang}`}`;
    this.found = new Map();
    this.asked = new Map();
  }

  name(indicator, scope, classing, filters) {
    return `${indicator}/${scope}/${classing}${filters}`;
  }

  ready(name) {
    return this.found.get(name);
  }

  load(name) {
    if (this.found.has(name)) return Promise.resolve(this.found.get(name));
    if (!this.asked.has(name)) {
      this.asked.set(name, fetch(`/pack/${this.release}/${name}.json?${this.mark}`).then(answer => {
        if (!answer.ok) throw new Error(`${answer.status} ${name}`);
        return answer.json();
      }).then(pack => {
        this.found.set(name, pack);
        if (this.found.size > KEPT) this.found.delete(this.found.keys().next().value);
        return pack;
      }).finally(() => this.asked.delete(name)));
    }
    return this.asked.get(name);
  }
}

// Place of each area in the lists of a pack, by code.
const places = new WeakMap();

export function placesOf(pack) {
  if (!places.has(pack)) places.set(pack, new Map(pack.codes.map((code, i) => [code, i])));
  return places.get(pack);
}

export function sliceOf(pack, state) {
  const year = state.year ?? pack.year ?? '';
  if (pack.filters) return pack.slices[`||${year}`];
  return pack.slices[`${state.sector ?? ''}|${state.family ?? ''}|${year}`];
}

// The sentence of one area, from the templates that Python uses.
export function sentence(pack, slice, place) {
  if (slice.hidden) return '';
  if (pack.pair) return tight(pack, crossed(pack, slice, place));
  const text = slice.t[place], mark = slice.c[place];
  const rank = slice.r[place], among = slice.r.filter(other => other > 0).length;
  const told = slice.i[place], kinds = { v: 'alone', f: 'few', u: 'unsure', z: 'unplaced' };
  const kind = { s: 'suppressed', m: 'missing' }[mark] || (mark === 'z' && told !== 'z' ? 'zero' : kinds[told] || (among === 1 ? 'alone' : 'value'));
  const filled = pack.patterns[kind]
    .replace('{noun}', (slice.j ?? pack.noun)[new RegExp(pack.one).test(text) ? 0 : 1])
    .replace('{value}', text)
    .replace('{within}', pack.within[place])
    .replace('{rank}', pack.ordinals[rank - 1] ?? '')
    .replace('{among}', among)
    .replace('{total}', slice.m[0]);
  return tight(pack, filled);
}

const tight = (pack, text) => (pack.french ? text.replace(/ (?=[:»])/g, '\u00a0').replace(/ (?=[;!?%€])/g, '\u202f') : text);

// Of two indicators: both values, and the words of their thirds.
function crossed(pack, slice, place) {
  const { patterns, nouns, labels, words } = pack.pair, mark = slice.c[place], one = new RegExp(pack.one);
  const value = slice.t[place], second = slice.k.t[place];
  const parts = {
    place: pack.short[place], value, second, label: labels[0], second_label: labels[1],
    noun: nouns[0][one.test(value) ? 0 : 1], second_noun: nouns[1][one.test(second) ? 0 : 1],
    word: words[mark % 3], second_word: words[Math.floor(mark / 3)],
  };
  return (patterns[mark] || patterns.value).replace(/{(\w+)}/g, (whole, name) => parts[name]);
}

// The two values of an area as its label prints them; the one value where nothing is crossed.
export const both = (slice, place) => (slice.k ? `${slice.t[place]}\u00a0·\u00a0${slice.k.t[place]}` : slice.t[place]);
