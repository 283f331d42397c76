/* A choice of the assistant is read again at once, in place: the page answers the same form without script.
   Only what a person touched is a choice: beside it the form holds what was recognised before the last answer. */
const main = document.querySelector("main.lecture");
const touched = new Set();
let sent = 0, queue = Promise.resolve();

/* What was chosen before this script ran counts too. */
const chosen = (one) => one.tagName === "SELECT"
  ? one.selectedIndex !== Math.max(0, [...one.options].findIndex((option) => option.defaultSelected))
  : one.type === "radio" ? one.checked && !one.defaultChecked : one.type !== "hidden" && one.value !== one.defaultValue;

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
  const form = main.querySelector("form.reading"), names = [...touched], fields = new URLSearchParams(new FormData(form));
  const told = main.querySelector("#reread");
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
    told.textContent = told.dataset.failed;
    told.className = "alert";
  } finally {
    if (turn === sent) delete main.dataset.busy;
  }
};

const take = (fields) => {
  for (const one of fields) if (one.name) touched.add(one.name);
  const turn = ++sent;
  queue = queue.then(() => reread(turn));
};

main.addEventListener("formdata", (event) => {
  if (event.target.matches("form.reading")) for (const name of ["", ...touched]) event.formData.append("change", name);
});
main.addEventListener("change", (event) => {
  if (event.target.closest("form.reading") && event.target.checkValidity()) take([event.target]);
});

const before = [...main.querySelector("form.reading").elements].filter((one) => one.matches("select, input") && chosen(one));
if (before.length) take(before);
