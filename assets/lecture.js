/* A choice of the assistant is read again at once, in place: the page answers the same form without script. */
const main = document.querySelector("main.lecture");
const touched = new Set();
let sent = 0, queue = Promise.resolve();

const show = (found) => {
  const place = document.activeElement?.id, left = main.querySelector(".grid")?.scrollLeft ?? 0;
  const opened = new Map([...main.querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
  main.querySelector("#lecture").replaceWith(found);
  main.querySelectorAll("details[id]").forEach((one) => { one.open = opened.get(one.id) ?? one.open; });
  const grid = main.querySelector(".grid");
  if (grid) grid.scrollLeft = left;
  if (place) document.getElementById(place)?.focus({ preventScroll: true });
};

const reread = async (turn) => {
  if (turn !== sent) return;
  const form = main.querySelector("form.reading"), fields = new URLSearchParams(new FormData(form));
  const told = main.querySelector("#reread"), names = [...touched];
  for (const name of names) fields.append("change", name);
  main.dataset.busy = "";
  told.textContent = told.dataset.busy;
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields });
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("lecture");
    if (turn !== sent) return;
    if (!answer.ok || !found) return form.requestSubmit(form.querySelector(".reread"));
    for (const name of names) touched.delete(name);
    show(found);
    main.querySelector("#reread").textContent = main.querySelector("h1").textContent;
  } catch {
    told.textContent = "";
  } finally {
    if (turn === sent) delete main.dataset.busy;
  }
};

main.addEventListener("change", (event) => {
  if (!event.target.closest("form.reading") || !event.target.checkValidity()) return;
  touched.add(event.target.name);
  const turn = ++sent;
  queue = queue.then(() => reread(turn));
});
