// The page /comparer is whole from the server; before a room, its keys lead to the addresses that the server wrote.
import { emptied } from './concealed.js';
import { Projection } from './projection.js';

const ways = JSON.parse(document.getElementById('ways').textContent), go = address => location.assign(address);
const projection = new Projection({
  toggle: () => go(ways.toggle),
  escape: () => projection.active() && go(ways.toggle),
  hidden: drawn,
  territory: code => go(ways.territories[code]),
  step: by => go(ways.steps[by > 0 ? 1 : 0]),
});

// The circles of the legend are as large as those of the maps, which all have one scale.
function sizes() {
  const maps = document.querySelector('.scene .multiples'), [width, height] = (maps?.dataset.frame ?? '').split(' ').map(Number);
  const map = maps?.querySelector('.small-map');
  if (map) document.querySelector('.sizes')?.style.setProperty('--scale', Math.min(map.clientWidth / width, map.clientHeight / height));
}

// The scene as the server made it, or the one of a room that has not guessed yet: never both in the page.
const scene = document.querySelector('.scene'), empty = scene && emptied(scene);
function drawn() {
  if (scene) document.querySelector('.scene').replaceWith(projection.hides() ? empty : scene);
  projection.fit();
  sizes();
}

window.addEventListener('resize', sizes);
drawn();
document.documentElement.dataset.ready = '';
