// The first page before a room is its map: P leads there, as its link does.
import { enabled } from './shortcuts.js';

const way = document.getElementById('project');
document.addEventListener('keydown', event => {
  if (event.key.toLowerCase() !== 'p' || event.ctrlKey || event.metaKey || event.altKey || !enabled()) return;
  if (!event.target.closest('input, textarea, select, [contenteditable="true"]')) location.assign(way.href);
});
