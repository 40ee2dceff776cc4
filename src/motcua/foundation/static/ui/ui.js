/* Small comforts over pages that work without them. No framework, nothing inline, nothing kept on the machine. */

const words = document.getElementById("ui-words")?.dataset ?? {};
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d");
const csrf = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
const make = (tag, attributes = {}, text = "") => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text) node.textContent = text;
  return node;
};

/* ---- dialogs, menus, copy, print ---- */
function openDialog(dialog) {
  if (dialog?.showModal && !dialog.open) dialog.showModal();
}
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog-open]");
  if (opener) { event.preventDefault(); openDialog(document.getElementById(opener.dataset.dialogOpen)); return; }
  const closer = event.target.closest("[data-dialog-close]");
  if (closer || event.target.matches("dialog[open]")) { event.preventDefault(); event.target.closest("dialog").close(); return; }
  for (const menu of $$("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of $$("details[data-menu][open]")) { menu.open = false; menu.querySelector("summary").focus(); }
});

function comforts(root) {
  for (const button of $$("[data-copy]", root)) if (navigator.clipboard) button.hidden = false;
  for (const button of $$("[data-print]", root)) { button.hidden = false; button.onclick = () => window.print(); }
  $$("select[data-pick]", root).forEach(pick);
  $$("input[data-suggest]", root).forEach(suggest);
  $$("[data-upload]", root).forEach(upload);
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
  button.querySelector("[aria-live]").textContent = button.dataset.copied;
});

/* ---- dates and money as they are typed: 21112026 becomes 21/11/2026, 15000 becomes 15.000 ---- */
document.addEventListener("focusout", ({ target }) => {
  if (target.matches?.("[data-date]")) {
    const found = target.value.trim().match(/^(\d{1,2})[\s./-]?(\d{1,2})[\s./-]?(\d{4})$/);
    if (found) target.value = [found[1].padStart(2, "0"), found[2].padStart(2, "0"), found[3]].join("/");
  } else if (target.matches?.("[data-money]")) {
    const digits = target.value.replace(/[\s.,]/g, "");
    if (/^\d+$/.test(digits)) target.value = digits.replace(/\B(?=(\d{3})+$)/g, ".");
  }
});

/* ---- leaving a long form by mistake is asked first; a form is sent once ---- */
function guard(form) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 6000);
});
window.addEventListener("pageshow", () => $$("form[data-sent]").forEach((form) => delete form.dataset.sent));

/* ---- questions that depend on an answer: the server draws the section again; what was typed meanwhile stays ---- */
function states(place) {
  const found = new Map();
  for (const node of $$("input:not([type=hidden]), select, textarea", place)) {
    const ticked = node.type === "radio" || node.type === "checkbox";
    let key = ticked ? `${node.name}=${node.value}` : node.name || `#${node.id}`;
    while (found.has(key)) key += "+";
    found.set(key, { node, state: ticked ? node.checked : node.type === "file" ? node.files.length : node.value, ticked });
  }
  return found;
}
function retype(place, before, now) {
  for (const [key, { node }] of states(place)) {
    const last = now.get(key);
    if (!last) continue;
    if (node.type === "file") { if (last.node.files.length) { node.files = last.node.files; node.dispatchEvent(new Event("change", { bubbles: true })); } }
    else if (last.state === (before.has(key) ? before.get(key).state : "")) continue;
    else if (last.ticked) node.checked = last.state;
    else node.value = last.state;
  }
}
function refresh(form) {
  let latest = 0;
  form.addEventListener("change", ({ target }) => { if (target.matches("[data-controls]")) draw(); });
  form.addEventListener("redraw", draw);
  async function draw() {
    const place = form.querySelector("[data-fragment]");
    if (!place) return;
    const own = ++latest;
    await form.keeping; // what autosave is just keeping has new marks in a moment
    if (own !== latest) return;
    form.dispatchEvent(new Event("drawing"));
    const before = states(place), data = new FormData(form);
    for (const [key, value] of [...data]) if (value instanceof File) data.delete(key);
    const answer = await fetch(form.dataset.refresh, { method: "POST", body: data, headers: { "X-Fragment": "1", "X-CSRFToken": csrf() } }).catch(() => null);
    const drawn = answer?.ok ? await answer.text().catch(() => null) : null;
    if (drawn === null || own !== latest) return;
    const now = states(place), focused = document.activeElement;
    place.innerHTML = drawn;
    form.dispatchEvent(new Event("redrawn"));
    comforts(place);
    retype(place, before, now);
    const again = focused?.id && place.querySelector(`#${CSS.escape(focused.id)}`);
    if (!again) return;
    again.focus();
    if (focused.selectionStart != null && again.setSelectionRange) again.setSelectionRange(focused.selectionStart, focused.selectionEnd);
  }
}

/* ---- one listbox for suggestions from the server and for long lists on the page ---- */
function listbox(input, choose) {
  const id = `${input.id || input.name}-list`;
  const list = make("div", { id, role: "listbox", class: "suggest__list", hidden: "", "aria-label": input.labels?.[0]?.textContent.trim() || input.placeholder });
  const told = make("div", { "aria-live": "polite", class: "visually-hidden" });
  let frame = input.closest(".suggest");
  if (!frame) { frame = make("div", { class: "suggest" }); input.before(frame); frame.append(input); }
  frame.append(list, told);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, autocomplete: "off" })) input.setAttribute(name, value);
  let at = -1;
  const options = () => $$('[role="option"]', list);
  const mark = (next) => {
    const all = options();
    at = all.length ? (next + all.length) % all.length : -1;
    all.forEach((option, place) => { option.id ||= `${id}-${place}`; option.setAttribute("aria-selected", String(place === at)); });
    if (at >= 0) { input.setAttribute("aria-activedescendant", all[at].id); all[at].scrollIntoView({ block: "nearest" }); } else input.removeAttribute("aria-activedescendant");
  };
  const show = (open) => { list.hidden = !open; input.setAttribute("aria-expanded", String(open)); if (!open) { at = -1; input.removeAttribute("aria-activedescendant"); } };
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) { input.dispatchEvent(new Event("input")); return; }
      event.preventDefault(); mark(event.key === "ArrowDown" ? at + 1 : at < 0 ? -1 : at - 1);
    } else if (event.key === "Enter" && !list.hidden && at >= 0) { event.preventDefault(); choose(options()[at]); show(false); }
    else if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); show(false); }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => { const option = event.target.closest('[role="option"]'); if (option && !option.href) { choose(option); show(false); } });
  input.addEventListener("blur", () => show(false));
  return { list, show, count: () => { told.textContent = options().length ? `${options().length} ${words.found}` : words.none; at = -1; } };
}

function suggest(input) {
  let stop, timer;
  const box = listbox(input, (option) => {
    if (option.href) { location.assign(option.href); return; }
    input.value = option.dataset.value ?? option.textContent.trim();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("input", () => {
    clearTimeout(timer); stop?.abort();
    const asked = input.value.trim();
    if (asked.length < Number(input.dataset.least || 2)) { box.show(false); return; }
    timer = setTimeout(async () => {
      stop = new AbortController();
      try {
        const address = new URL(input.dataset.suggest, location.href);
        address.searchParams.set("q", asked);
        const answer = await fetch(address, { signal: stop.signal, headers: { "X-Fragment": "1" } });
        if (!answer.ok) return;
        box.list.innerHTML = await answer.text();
        box.count(); box.show(true);
      } catch (problem) { if (problem.name !== "AbortError") box.show(false); }
    }, 150);
  });
}

function pick(select) {
  const input = make("input", { class: "input", type: "text", id: `${select.id}-pick`, placeholder: select.dataset.pick });
  for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  input.setAttribute("aria-label", select.labels?.[0]?.textContent.trim() ?? "");
  const current = () => (select.value ? select.selectedOptions[0].textContent : "");
  input.value = current();
  select.before(input); select.hidden = true;
  const label = select.labels?.[0];
  const box = listbox(input, (option) => { select.value = option.dataset.value; input.value = current(); select.dispatchEvent(new Event("change", { bubbles: true })); });
  if (label) label.htmlFor = input.id;
  const listed = [...select.options].filter((option) => option.value).map((option) => ({ option, key: fold(option.textContent) }));
  const draw = () => {
    const asked = input.value === current() ? "" : fold(input.value.trim());
    const parts = asked.split(/\s+/);
    const starts = ({ key }) => (parts.every((part) => ` ${key}`.includes(` ${part}`)) ? 0 : 1);
    const found = listed.filter(({ key }) => parts.every((part) => key.includes(part))).sort((a, b) => starts(a) - starts(b)).slice(0, 60);
    box.list.replaceChildren(...(found.length ? found.map(({ option }) => make("div", { role: "option", "data-value": option.value, "aria-selected": "false" }, option.textContent)) : [make("p", { class: "suggest__none" }, words.none)]));
    box.count(); box.show(true);
  };
  input.addEventListener("input", draw);
  input.addEventListener("focus", () => { input.select(); });
  input.addEventListener("click", draw);
  input.addEventListener("blur", () => { if (!input.value.trim() && select.value) { select.value = ""; select.dispatchEvent(new Event("change", { bubbles: true })); } input.value = current(); });
  select.addEventListener("focus", () => input.focus());
  const hash = () => { if (location.hash === `#${select.id}`) input.focus(); };
  window.addEventListener("hashchange", hash); hash();
}

/* ---- files: size told before the wait, a small picture to see what was taken ---- */
function upload(box) {
  box.classList.add("is-live");
  const shown = box.querySelector("[data-upload-preview]"), status = box.querySelector("[data-upload-status]");
  box.addEventListener("change", async ({ target }) => {
    if (target.type !== "file") return;
    status.textContent = ""; shown.replaceChildren();
    const large = [...target.files].some((file) => file.size > Number(box.dataset.maxBytes));
    if (large) { target.value = ""; status.append(make("p", { class: "field__error" }, box.dataset.tooLarge)); }
    for (const file of target.files) {
      const item = make("li");
      if (file.type.startsWith("image/")) {
        const bitmap = await createImageBitmap(file, { resizeWidth: 320 }).catch(() => null);
        if (bitmap) {
          const canvas = make("canvas", { width: bitmap.width, height: bitmap.height, role: "img", "aria-label": `${words.picture} ${file.name}` });
          canvas.getContext("2d").drawImage(bitmap, 0, 0);
          item.append(canvas);
        }
      }
      item.append(`${file.name} (${(file.size / 1048576).toFixed(1).replace(".", ",")} MB)`);
      shown.append(item);
    }
    shown.hidden = !shown.childElementCount;
  });
}

comforts(document);
$$("form[data-guard]").forEach(guard);
$$("form[data-refresh]").forEach(refresh);
document.querySelector("[data-focus]")?.focus();
