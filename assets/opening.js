/* A link of local administration: its code stands after the "#", and is sent by the form. Without this, one pastes it. */
const form = document.querySelector("form.opening");
const open = () => {
  const code = location.hash.slice(1);
  if (!code) return;
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.code.value = code;
  form.requestSubmit();
};
if (form) {
  addEventListener("hashchange", open);  /* another link, in the window that said no to the first */
  if (document.prerendering) document.addEventListener("prerenderingchange", open, { once: true });
  else open();
}
