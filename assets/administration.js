/* Progress of a rehearsal, and the weight of what is about to be sent. The pages work without. */
const progress = document.getElementById("progress");
if (progress) {
  const bar = progress.querySelector("progress"), told = progress.querySelector("p");
  const ask = async () => {
    try {
      const answer = await fetch(progress.dataset.state, { headers: { Accept: "application/json" } });
      const state = answer.ok ? await answer.json() : { status: "gone" };
      if (!["queued", "running"].includes(state.status)) return location.reload();
      bar.max = state.total;
      bar.value = state.done;
      if (state.what && told.textContent !== state.what) told.textContent = state.what;
    } catch { /* the server is away: asked again */ }
    setTimeout(ask, 1000);
  };
  ask();
}

const form = document.querySelector("form.send");
if (form) {
  const files = form.querySelector("#files"), told = form.querySelector("#files-told"), button = form.querySelector("button");
  const weigh = () => {
    const weight = [...files.files].reduce((sum, file) => sum + file.size, 0);
    const heavy = weight > form.dataset.limit * 1e6;
    files.setCustomValidity(heavy ? form.dataset.heavy : "");
    told.textContent = heavy ? form.dataset.heavy : [...files.files].map((file) => file.name).join(", ");
  };
  files.addEventListener("change", weigh);
  form.addEventListener("submit", () => {
    button.disabled = true;
    button.textContent = form.dataset.sending;
  });
  addEventListener("pageshow", weigh);
}
