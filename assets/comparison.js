// The page /comparer is whole from the server; before a room, its keys lead to the addresses that the server wrote.
import { Projection } from './projection.js';

const ways = JSON.parse(document.getElementById('ways').textContent), go = address => location.assign(address);
const projection = new Projection({
  toggle: () => go(ways.toggle),
  escape: () => projection.active() && go(ways.toggle),
  territory: code => go(ways.territories[code]),
  step: by => go(ways.steps[by > 0 ? 1 : 0]),
});

// The circles of the legend are as large as those of the maps, which all have one scale.
function sizes() {
  const maps = document.querySelector('.scene .multiples'), [width, height] = (maps?.dataset.frame ?? '').split(' ').map(Number);
  const map = maps?.querySelector('.small-map');
  if (map) document.querySelector('.sizes')?.style.setProperty('--scale', Math.min(map.clientWidth / width, map.clientHeight / height));
}

window.addEventListener('resize', sizes);
projection.fit();
sizes();
document.documentElement.dataset.ready = '';
