// Two indicators read together: the square of the legend, and the second value in the lines of the list.

// Thirds of the first from left to right, of the second from bottom to top; as dashboard/templates/square.html.
export function square(pack, slice) {
  const made = box('div', 'square'), thirds = box('div', 'thirds'), [first, other] = pack.pair.labels, [along, up] = slice.k.b;
  made.setAttribute('role', 'group');
  made.setAttribute('aria-label', pack.pair.name);
  for (const row of [2, 1, 0]) for (const column of [0, 1, 2]) thirds.append(block(String(3 * row + column), slice));
  made.append(aside('axis up', `↑ ${other}`), ticks('up', [...up].reverse()), thirds, ticks('along', along), aside('axis along', `${first} →`));
  return made;
}

function block(mark, slice) {
  const made = box('button', 'block'), colour = box('i', `c${mark}`), text = box('span', 'hidden-text');
  Object.assign(made, { type: 'button', title: slice.l[mark] }).dataset.mark = mark;
  made.setAttribute('aria-pressed', 'false');
  made.toggleAttribute('data-none', !slice.c.includes(mark));
  text.textContent = slice.l[mark];
  made.append(colour, text);
  return made;
}

function ticks(way, bounds) {
  const made = aside(`ticks ${way} t${bounds.length}`, '');
  made.append(...bounds.map(bound => Object.assign(document.createElement('span'), { textContent: bound })));
  return made;
}

function aside(kind, text) {
  const made = box('span', kind);
  made.setAttribute('aria-hidden', 'true');
  made.textContent = text;
  return made;
}

const box = (name, kind) => Object.assign(document.createElement(name), { className: kind });

// The second value of a line, smaller, after the first; none where nothing is crossed.
export function second(cell, text) {
  const there = cell.querySelector('small');
  if (text === null) there?.remove();
  else if (there) there.textContent = text;
  else {
    if (!cell.firstChild) cell.append(' ');
    cell.append(Object.assign(document.createElement('small'), { textContent: text }));
  }
}
