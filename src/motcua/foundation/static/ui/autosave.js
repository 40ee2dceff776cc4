/* Autosave: the form goes to its address a moment after the last key; failures are told in words.
   A form that says with which answers it was drawn (hidden inputs "_drawn") is told the marks of what it has saved, so
   that two windows on one form never put each other's answers back. */

const words = document.getElementById("ui-words")?.dataset ?? {};
const clock = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
const csrf = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

function remark(form, marks) {
  for (const node of form.querySelectorAll("input[name=_drawn]")) {
    const name = node.value.split(":")[0];
    if (marks[name]) node.value = `${name}:${marks[name]}`;
  }
}
function autosave(form) {
  const status = document.querySelector(form.dataset.status || "[data-autosave-status]");
  let timer, running = null, dirty = false, sending = false, unanswered = null;
  const marks = {}; // told since the last drawing was asked for, which does not know them
  const tell = (state, text) => { if (status) { status.dataset.state = state; status.textContent = text; } };
  async function post(data) {
    unanswered = data;
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: data, headers: { Accept: "application/json", "X-CSRFToken": csrf() }, redirect: "manual" });
    unanswered = null;
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({}));
      dirty = true;
      tell("failed", [401, 403].includes(answer.status) || answer.type === "opaqueredirect" ? words.expired : problem.title ? `${problem.title} ${problem.detail ?? ""}` : words.failed);
      return;
    }
    const told = await answer.json().catch(() => ({}));
    const act = form.querySelector("[name=act_id]");
    if (told.next_act_id && act) act.value = told.next_act_id;
    Object.assign(marks, told.drawn);
    remark(form, marks);
    if (told.again) form.dispatchEvent(new Event("redraw"));
    tell(told.again ? "failed" : "saved", told.text ?? `${words.saved} ${clock()}`);
  }
  async function save() {
    if (running) { timer = setTimeout(save, 800); return; }
    dirty = false; tell("saving", words.saving);
    running = (async () => {
      // a sending whose answer was lost is asked about first: it may have been kept
      if (unanswered) await post(unanswered);
      const data = new FormData(form);
      for (const [key, value] of [...data]) if (value instanceof File) data.delete(key);
      await post(data);
    })().catch(() => { dirty = true; tell("failed", words.failed); timer = setTimeout(save, 15000); });
    form.keeping = running;
    await running;
    running = form.keeping = null;
  }
  const later = (event) => { if (event.target.type === "file") return; dirty = true; clearTimeout(timer); timer = setTimeout(save, 1200); };
  form.addEventListener("drawing", () => { for (const name of Object.keys(marks)) delete marks[name]; });
  form.addEventListener("redrawn", () => remark(form, marks));
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (running && !sending) { // what is just being kept comes first, or the form would meet its own words as another's
      event.preventDefault();
      sending = true;
      const button = event.submitter, patience = new Promise((done) => setTimeout(done, 5000));
      Promise.race([running, patience]).then(() => form.requestSubmit(button));
    }
    sending = true;
  });
  window.addEventListener("pageshow", () => { sending = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty && !sending) event.preventDefault(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && dirty) { clearTimeout(timer); save(); } });
}

for (const form of document.querySelectorAll("form[data-autosave]")) autosave(form);
