/* A chosen picture goes up at once, so that nothing chosen is lost; without scripts each paper has its own button. */
for (const form of document.querySelectorAll("form[data-upload-form]")) {
  const button = form.querySelector("button[type=submit]:not([name])");
  form.addEventListener("change", ({ target }) => {
    if (target.type !== "file" || !target.files.length) return;
    const most = Number(form.querySelector("[data-upload]")?.dataset.maxBytes ?? Infinity);
    if ([...target.files].some((file) => file.size > most)) return;
    if (button) button.classList.add("is-busy");
    form.requestSubmit(button ?? undefined);
  });
}
