/* The desk: the keyboard, the colours, the camera on an ID card. Loaded beside ui.js. */

const words = document.getElementById("ui-words")?.dataset ?? {};
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (tag, attributes = {}, text = "") => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.textContent = text;
  return node;
};
const openDialog = (dialog) => { if (dialog && !dialog.open) dialog.showModal(); };

/* ---- the QR of the ID card by camera ---- */
async function qrReader() {
  const wanted = { formats: ["qr_code"] };
  const own = "BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
  return own ? new BarcodeDetector(wanted) : new (await import(words.qrReader)).BarcodeDetector(wanted);
}
function cardScan(button) {
  if (!navigator.mediaDevices?.getUserMedia) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const target = document.getElementById(button.dataset.cardScan);
    const dialog = make("dialog", { class: "dialog", "aria-label": words.scan });
    const body = make("div", { class: "dialog__body stack" });
    const video = make("video", { class: "scan__video", playsinline: "", muted: "" });
    const close = make("button", { class: "button button--secondary", type: "button" }, words.close);
    body.append(make("p", {}, words.scan), video, close);
    dialog.append(body); document.body.append(dialog); openDialog(dialog);
    let stream;
    const end = () => { stream?.getTracks().forEach((track) => track.stop()); dialog.remove(); };
    close.onclick = () => dialog.close();
    dialog.addEventListener("close", end);
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } } });
      video.srcObject = stream; await video.play();
      const reader = await qrReader();
      while (dialog.open) {
        const [code] = await reader.detect(video);
        if (code) {
          target.value = code.rawValue; dialog.close(); target.focus();
          target.dispatchEvent(new Event("change", { bubbles: true }));
          if (button.hasAttribute("data-send")) target.form?.requestSubmit();
          break;
        }
        await new Promise((done) => setTimeout(done, 150));
      }
    } catch { body.prepend(make("p", { class: "field__error", role: "alert" }, words.noCamera)); }
  });
}

/* ---- the keyboard at the desk ---- */
const typing = (node) => node?.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (typing(event.target)) { if (event.key === "Escape" && event.target.matches("[data-slash]")) event.target.blur(); return; }
  if (event.key === "/") { const box = document.querySelector("[data-slash]"); if (box) { event.preventDefault(); box.focus(); box.select(); } return; }
  if (event.key === "?") { openDialog(document.getElementById("keyboard-help")); return; }
  const rows = $$("[data-worklist] [data-row]");
  if (!rows.length) return;
  const here = rows.findIndex((row) => row.classList.contains("is-current"));
  const row = rows[here];
  if (event.key === "j" || event.key === "k") {
    const next = rows[Math.max(0, Math.min(rows.length - 1, here + (event.key === "j" ? 1 : -1)))];
    row?.classList.remove("is-current");
    next.classList.add("is-current");
    (next.querySelector("[data-open]") ?? next.querySelector("a"))?.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  } else if (event.key === "o" && row) (row.querySelector("[data-open]") ?? row.querySelector("a"))?.click();
  else if (event.key === "x" && row) row.querySelector('input[type="checkbox"]')?.click();
});
for (const all of $$("[data-check-all]")) all.addEventListener("change", () => { for (const box of $$(`input[name="${all.dataset.checkAll}"]`)) box.checked = all.checked; });

/* ---- light and dark without a new page ---- */
for (const form of $$("[data-theme-form]")) form.addEventListener("submit", (event) => {
  const theme = event.submitter?.value;
  if (!theme) return;
  event.preventDefault();
  document.documentElement.dataset.theme = theme;
  const data = new FormData(form); data.set("theme", theme);
  fetch(form.action, { method: "POST", body: data, redirect: "manual" });
});
$$("[data-card-scan]").forEach(cardScan);
