// The background plan, where the settings name a map service: asked for when its box is ticked, and never needed.
const SVG = 'http://www.w3.org/2000/svg', WAIT = 250, LARGEST = 2048;

export class Background {
  constructor(choice, map, root) {
    Object.assign(this, { map, root, service: choice.dataset, box: choice.querySelector('input'), told: choice.querySelector('[role="status"]') });
    this.group = map.svg.querySelector('.plan');
    choice.hidden = false;
    this.box.addEventListener('change', () => this.follow(0));
  }

  // The window of the map has moved, or the box has changed.
  follow(wait = WAIT) {
    clearTimeout(this.waiting);
    if (!this.box.checked) this.clear('');
    else this.waiting = setTimeout(() => this.ask(), wait);
  }

  clear(why) {
    this.group.replaceChildren();
    this.root.removeAttribute('data-plan');
    this.box.checked = false;
    this.told.textContent = why;
  }

  // One image of what the window shows; the one before stays under it until it is there.
  ask() {
    const [x0, y0, x1, y1] = this.map.zoom.seen(), image = document.createElementNS(SVG, 'image');
    const wanted = { x: x0, y: y0, width: x1 - x0, height: y1 - y0, preserveAspectRatio: 'none', href: this.address(x0, y0, x1, y1) };
    for (const [key, value] of Object.entries(wanted)) image.setAttribute(key, value);
    image.addEventListener('load', () => {
      if (this.asked !== image) return;
      this.group.replaceChildren(image);
      this.root.setAttribute('data-plan', '');
      this.told.textContent = this.service.attribution;
    });
    image.addEventListener('error', () => this.asked === image && this.clear(this.service.failed));
    this.asked = image;
    this.group.append(image);
  }

  address(x0, y0, x1, y1) {
    const { url, layer } = this.service, [west, north, metres] = ['west', 'north', 'metres'].map(key => Number(this.service[key]));
    const scale = Math.min(devicePixelRatio || 1, 2, LARGEST / Math.max(this.map.zoom.width, this.map.zoom.height));
    const bounds = [west + x0 * metres, north - y1 * metres, west + x1 * metres, north - y0 * metres].map(value => value.toFixed(1));
    return `${url}?${new URLSearchParams({
      SERVICE: 'WMS', VERSION: '1.3.0', REQUEST: 'GetMap', LAYERS: layer, STYLES: '', CRS: 'EPSG:2154', BBOX: bounds.join(),
      WIDTH: Math.round(this.map.zoom.width * scale), HEIGHT: Math.round(this.map.zoom.height * scale), FORMAT: 'image/png',
    })}`;
  }
}
