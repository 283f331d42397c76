// In every page measured: notes the time of each frame after which the fills of the map differ from the frame before.
(() => {
  const watch = { painted: [], inputs: [], ready: null, frames: 0 };
  const clock = () => performance.timeOrigin + performance.now();
  let before = null;

  // The fills of all the areas as one text; null while fewer than wanted are laid out, or all look alike.
  const fills = () => {
    const areas = [...document.querySelectorAll('__AREAS__')];
    if (areas.length < __LEAST__ || !areas[0].getBoundingClientRect().width) return null;
    const seen = areas.map(area => { const style = getComputedStyle(area); return style.fill + style.fillOpacity; });
    return new Set(seen).size > 1 ? seen.join() : null;
  };

  const look = () => {
    const now = clock(), seen = fills();
    watch.frames += 1;
    if (seen !== null && seen !== before) { watch.painted.push(now); before = seen; }
    if (watch.ready === null && document.querySelector('__READY__')) watch.ready = now;
  };

  // A message posted from an animation frame is heard once that frame is painted.
  const after = new MessageChannel();
  after.port1.onmessage = look;
  const frame = () => { after.port2.postMessage(0); requestAnimationFrame(frame); };
  requestAnimationFrame(frame);

  for (const kind of ['input', 'change', 'click']) {
    addEventListener(kind, event => watch.inputs.push(performance.timeOrigin + event.timeStamp), true);
  }
  watch.forget = () => { watch.painted = []; watch.inputs = []; };
  watch.settled = (quiet, patience) => new Promise(done => {
    const begun = clock();
    const ask = () => {
      const last = watch.painted.at(-1);
      if (last !== undefined && clock() - last > quiet && watch.ready !== null) done(true);
      else if (clock() - begun > patience) done(false);
      else setTimeout(ask, 50);
    };
    ask();
  });
  window.mapWatch = watch;
})();
