/* The assistant in a panel beside the page: the same addresses, asked for in pieces. Without this script its link opens
   the page. On the page itself only Enter is helped along. */

const words = document.getElementById("ui-words")?.dataset ?? {};
const make = (tag, attributes = {}, text = "") => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text) node.textContent = text;
  return node;
};

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches?.("[data-talk-question]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

function panel(opener) {
  const sheet = make("link", { rel: "stylesheet", href: opener.dataset.style });
  const dialog = make("dialog", { class: "talk-panel", "aria-labelledby": "talk-panel-title" });
  const head = make("div", { class: "talk-panel__head" });
  const close = make("button", { class: "dialog__close", type: "button", "aria-label": words.close });
  close.append(make("span", { "aria-hidden": "true" }, "✕"));
  head.append(make("h2", { id: "talk-panel-title" }, opener.textContent.trim()), close);
  const body = make("div", { class: "talk-panel__body", tabindex: "-1" });
  const said = make("p", { class: "talk-panel__said", role: "status", "aria-live": "polite" });
  dialog.append(head, said, body);
  document.head.append(sheet);
  document.body.append(dialog);
  close.addEventListener("click", () => dialog.close());

  async function ask(address, options = {}) {
    said.classList.remove("visually-hidden");
    said.textContent = opener.dataset.waiting;
    body.setAttribute("aria-busy", "true");
    const answer = await fetch(address, { ...options, headers: { "X-Fragment": "1" } }).catch(() => null);
    const drawn = answer?.headers.get("X-Fragment") ? await answer.text().catch(() => null) : null;
    body.removeAttribute("aria-busy");
    if (drawn === null) { said.textContent = opener.dataset.failed; return false; }
    body.innerHTML = drawn;
    said.textContent = "";
    return true;
  }
  const toTop = (answer) => { body.scrollTop = answer.closest("li").offsetTop - 12; };
  function showAnswer() {
    const last = body.querySelector("[data-talk-answer]"), box = body.querySelector("[data-talk-question]");
    if (!last) { box?.focus(); return; }
    toTop(last);
    last.focus({ preventScroll: true });
    said.classList.add("visually-hidden"); // seen at once by who sees, told to who listens
    said.textContent = opener.dataset.answered;
  }
  dialog.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-talk-form]")) return;
    event.preventDefault();
    if (body.hasAttribute("aria-busy")) return;
    const data = new FormData(form), button = event.submitter;
    if (button?.name) data.append(button.name, button.value);
    if (await ask(form.action, { method: "POST", body: data })) showAnswer();
  });
  return {
    async open() {
      dialog.showModal();
      if (!body.childElementCount && !(await ask(opener.href))) return;
      const last = body.querySelector("[data-talk-answer]");
      if (last) toTop(last);
      body.querySelector("[data-talk-question]")?.focus({ preventScroll: Boolean(last) });
    },
  };
}

for (const opener of document.querySelectorAll("a[data-beside]")) {
  let made;
  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !window.HTMLDialogElement) return;
    event.preventDefault();
    made ??= panel(opener);
    made.open();
  });
}
