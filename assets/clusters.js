// Points gathered by a grid that is fixed to the map: a square with many is one circle, a square with few keeps its points.
export const SQUARE = 54, WIDEST = 32, LEAST = 7, MANY = 4;

// xs and ys in map units, shown: places of the points to gather, unit: map units to a pixel, others: counts drawn at the same scale.
// Of a group: n, the middle of its points, their box, and the square, by which its members are found again.
export function gather(xs, ys, shown, unit, others = []) {
  const side = SQUARE * unit, squares = new Map();
  for (const i of shown) {
    const key = squareOf(xs[i], ys[i], side), x = xs[i], y = ys[i];
    const found = squares.get(key);
    if (!found) { squares.set(key, { key, n: 1, x, y, box: [x, y, x, y] }); continue; }
    const { box } = found;
    found.n += 1; found.x += x; found.y += y;
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
  let most = Math.max(1, ...others);
  for (const { n } of squares.values()) if (n > most) most = n;
  const scale = Math.min(LEAST, WIDEST / Math.sqrt(most));
  const groups = [], kept = new Set();
  for (const square of squares.values()) {
    if (square.n > MANY && scale * Math.sqrt(square.n) >= LEAST) {
      groups.push({ ...square, x: square.x / square.n, y: square.y / square.n, r: scale * Math.sqrt(square.n) });
    } else kept.add(square.key);
  }
  const alone = shown.filter(i => kept.has(squareOf(xs[i], ys[i], side)));
  groups.sort((a, b) => b.n - a.n);
  return { groups, alone, scale, side };
}

export function squareOf(x, y, side) {
  return Math.floor(x / side) * 100003 + Math.floor(y / side);
}

// Places of the points shown: bit i of the bytes, the first the highest.
export function placesOf(base64) {
  const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0)), found = [];
  for (let i = 0; i < bytes.length * 8; i += 1) if (bytes[i >> 3] & (128 >> (i & 7))) found.push(i);
  return found;
}
