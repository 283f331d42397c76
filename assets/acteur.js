// The sheet of a structure: copies the reference of an error.
const copy = document.getElementById('copy'), told = document.getElementById('copied');
copy.hidden = !navigator.clipboard;
copy.addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(document.getElementById('report').textContent);
    told.textContent = copy.dataset.done;
  } catch (error) {
    told.textContent = copy.dataset.failed;
  }
});
