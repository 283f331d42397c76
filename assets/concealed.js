// What a room sees before it guesses: the question, the names and the shapes. Nothing else is in the page: no colour, order, size
// or text that tells one value from another, so that the page is the same whatever the values are.
const HIDDEN = 'h'; // stands for a class, as those of the three states do
const TELLING = 'h1, figcaption b, .beside, .read, .circles, .labels';

// A slice of the map without its values.
export function concealed(pack, slice) {
  const every = one => pack.codes.map(() => one);
  return {
    ...slice, hidden: true, h: '', w: ['', ''], a: '', n: [], m: ['', 0], t: every(''), q: every(0), r: every(0), i: '', v: undefined, k: undefined, g: undefined,
    c: HIDDEN.repeat(pack.codes.length), o: HIDDEN.repeat(slice.o.length), l: [], e: [], z: [], y: '', u: '', b: [],
  };
}

// A scene of the comparison without its values.
export function emptied(scene) {
  const made = scene.cloneNode(true);
  for (const one of made.querySelectorAll(TELLING)) one.replaceChildren();
  for (const one of made.querySelectorAll('.beside')) one.className = 'beside';
  for (const one of made.querySelectorAll('.small-map defs')) one.remove(); // the marks of states without a value
  for (const one of made.querySelectorAll('.area')) {
    one.setAttribute('class', `area c${HIDDEN}`);
    for (const name of ['data-state', 'fill']) one.removeAttribute(name);
  }
  made.removeAttribute('data-classes');
  return made;
}
