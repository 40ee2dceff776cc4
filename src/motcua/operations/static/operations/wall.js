// The wall renews itself: once a minute the page is asked for again and its figures are put in place.
// When that fails (network, locked screen) the wall says since when it stands still; old figures never look new.

const EVERY_MILLISECONDS = 60_000;

function tellStopped() {
  document.querySelector("[data-wall-stopped]")?.removeAttribute("hidden");
}

async function renew() {
  const answer = await fetch(window.location.href, { headers: { "X-Fragment": "1" }, cache: "no-store" });
  const text = answer.ok ? await answer.text() : "";
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-wall-body]");
  if (!fresh) throw new Error("no figures in the answer");
  document.querySelector("[data-wall-body]").replaceWith(fresh);
}

if (document.querySelector("[data-wall-body]")) {
  setInterval(() => renew().catch(tellStopped), EVERY_MILLISECONDS);
}
