// The first page before a room is its map: P leads there, as its link does.
import { lone } from './shortcuts.js';

const way = document.getElementById('project');
document.addEventListener('keydown', event => {
  if (lone(event) && event.key.toLowerCase() === 'p') location.assign(way.href);
});
