// The structures of a commune: a list beside the map and points on it, asked of the server together.
export class Structures {
  constructor(box, map) {
    this.box = box;
    this.map = map;
    this.query = null;
  }

  async show(state, query) {
    if (!state.commune) { this.clear(); return; }
    if (this.query === query) return;
    this.query = query;
    this.box.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(`/structures?${query}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (this.query === query) this.fill(found);
    } catch (error) {
      if (this.query !== query) return;
      this.clear();
      this.box.hidden = false;
      this.box.textContent = 'La liste des structures n’a pas pu être lue\u00a0: réseau ou serveur absent. Réessayez.';
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
    list.append(...found.lines.map(([name, detail]) => {
      const item = document.createElement('li'), small = document.createElement('small');
      small.textContent = detail;
      item.append(name, small);
      return item;
    }));
    const parts = [title];
    if (found.demonstration && found.lines.length) parts.push(note('Noms et adresses fictifs.'));
    parts.push(list);
    if (found.more) parts.push(note(`et ${found.more.toLocaleString('fr-FR')} autre${found.more > 1 ? 's' : ''}\u00a0: filtrez par secteur ou par famille.`));
    if (found.unnamed) parts.push(note(found.unnamed));
    if (found.points.some(point => point[2])) parts.push(note('Point creux\u00a0: seule la commune est connue.'));
    this.box.replaceChildren(...parts);
    this.box.removeAttribute('aria-busy');
    this.box.hidden = false;
    this.map.showPoints(found.points);
  }
}

function note(text) {
  const made = document.createElement('p');
  made.className = 'note';
  made.textContent = text;
  return made;
}
