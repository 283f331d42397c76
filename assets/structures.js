// The structures of a commune: a list beside the map and points on it, asked of the server together.
export class Structures {
  constructor(box, map, texts) {
    this.box = box;
    this.texts = texts;
    this.map = map;
    this.query = null;
    this.asked = null;
  }

  // The answer to a query, asked for once; a commune under the pointer is asked for before it is chosen.
  ask(query) {
    if (this.asked?.query !== query) {
      const asked = this.asked = { query, found: null };
      asked.answer = fetch(`/structures?${query}`).then(answer => {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      }).then(found => (asked.found = found));
      asked.answer.catch(() => { if (this.asked === asked) this.asked = null; });
    }
    return this.asked;
  }

  // The points of a query already answered, in the frame of the map.
  points(state, query) {
    if (state.commune && this.query !== query && this.asked?.query === query && this.asked.found) this.map.showPoints(this.asked.found.points);
  }

  async show(state, query) {
    if (!state.commune) { this.clear(); return; }
    if (this.query === query) return;
    this.query = query;
    this.box.setAttribute('aria-busy', 'true');
    try {
      const found = await this.ask(query).answer;
      if (this.query === query) this.fill(found);
    } catch (error) {
      if (this.query !== query) return;
      this.clear();
      this.box.hidden = false;
      this.box.textContent = this.texts.unreadable;
    }
  }

  clear() {
    this.query = null;
    this.box.removeAttribute('aria-busy');
    this.box.hidden = true;
    this.box.replaceChildren();
    this.map.showPoints([]);
  }

  fill(found) {
    const title = document.createElement('h2'), list = document.createElement('ol');
    title.textContent = found.title;
    list.append(...found.lines.map(([name, detail, sheet]) => {
      const item = document.createElement('li'), small = document.createElement('small');
      small.textContent = detail;
      item.append(link(name, sheet), small);
      return item;
    }));
    const { above, more, unnamed, vague } = found.notes, parts = [title];
    if (above) parts.push(note(above));
    if (found.lines.length) {
      parts.push(link(...found.all));
      parts.at(-1).className = 'all';
    }
    parts.push(list);
    if (more) parts.push(note(more));
    if (unnamed) parts.push(note(unnamed));
    if (found.points.some(point => point[2])) parts.push(note(vague));
    this.box.replaceChildren(...parts);
    this.box.removeAttribute('aria-busy');
    this.box.hidden = false;
    this.map.showPoints(found.points);
  }
}

function link(text, href) {
  const made = document.createElement('a');
  made.textContent = text;
  made.href = href;
  return made;
}

function note(text) {
  const made = document.createElement('p');
  made.className = 'note';
  made.textContent = text;
  return made;
}
