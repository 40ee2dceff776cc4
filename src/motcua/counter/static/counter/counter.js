/* Comforts of the counter over pages that work without them. */

const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const typing = (node) => node?.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

/* a digit opens the procedure that bears it */
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
  const box = typing(event.target);
  if (box && (!box.matches("[data-suggest]") || box.value)) return;
  const link = document.querySelector(`[data-key="${event.key}"]`);
  if (link) { event.preventDefault(); link.click(); }
});

/* how many rows are ticked; with none there is nothing to press */
for (const form of $$("[data-batch]")) {
  const told = form.querySelector("[data-picked]"), bar = form.querySelector("[data-batch-bar]");
  if (!told || !bar) continue;
  const first = told.textContent;
  const count = () => {
    const picked = form.querySelectorAll('input[name="pick"]:checked').length;
    told.textContent = picked ? told.dataset.picked.replace("#", picked) : first;
    bar.classList.toggle("is-live", picked > 0);
    for (const button of $$("button", bar)) button.disabled = !picked;
  };
  form.addEventListener("change", count);
  window.addEventListener("pageshow", count);
  count();
}

/* a choice that narrows the list sends itself */
for (const box of $$("[data-send-on-change]")) {
  box.form?.querySelector("button")?.classList.add("visually-hidden");
  box.addEventListener("change", () => box.form.requestSubmit());
}

/* what is asked for seldom is fetched when it is opened */
for (const part of $$("details[data-load]")) part.addEventListener("toggle", async () => {
  const place = part.querySelector("[data-load-here]");
  if (!part.open || part.dataset.loaded) return;
  part.dataset.loaded = "1";
  const answer = await fetch(part.dataset.load, { headers: { "X-Fragment": "1" } }).catch(() => null);
  if (answer?.ok) place.innerHTML = await answer.text();
});

/* rows that decide what is paid: every box in them controls */
const mark = (root) => $$("[data-controls-within] input, [data-controls-within] select", root).forEach((box) => { box.dataset.controls = ""; });
mark(document);
for (const place of $$("[data-fragment]")) new MutationObserver(() => mark(place)).observe(place, { childList: true });

/* what counts money is counted again while it is typed, not only when its box is left */
let typedLast;
document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-live]")) return;
  clearTimeout(typedLast);
  typedLast = setTimeout(() => target.dispatchEvent(new Event("change", { bubbles: true })), 250);
});

/* scans that were chosen stay chosen when the form is drawn again */
for (const form of $$("form[data-refresh]")) {
  const kept = new Map();
  form.addEventListener("change", ({ target }) => { if (target.type === "file") kept.set(target.name, target.files); });
  const place = form.querySelector("[data-fragment]");
  if (place) new MutationObserver(() => {
    for (const [name, files] of kept) {
      const box = form.querySelector(`input[type=file][name="${CSS.escape(name)}"]`);
      if (box && !box.files.length) box.files = files;
    }
  }).observe(place, { childList: true });
}

/* handing a paper over is one click: writing a number or choosing a scan ticks its box */
document.addEventListener("change", ({ target }) => {
  const box = target.closest?.(".box");
  if (!box || target.type === "checkbox") return;
  const tick = box.querySelector('input[type="checkbox"]');
  if (tick && (target.type === "file" || target.matches("input.input"))) tick.checked = true;
});
