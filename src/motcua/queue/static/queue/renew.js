// The wall and the phone renew themselves: the page is asked for again and its part put in place. When that fails they
// say since when they stand still; an old call never looks new. What is called newly is said aloud by screen readers.

const body = () => document.querySelector("[data-queue-body]");
const word = (root) => root?.querySelector("[data-queue-say]")?.textContent ?? "";

function stopped(is) {
  const told = document.querySelector("[data-queue-stopped]");
  if (told) told.hidden = !is;
}

export async function renew() {
  const answer = await fetch(window.location.href, { cache: "no-store" });
  const text = answer.ok ? await answer.text() : "";
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector(".screen, .mine");
  if (!fresh) throw new Error("nothing to show in the answer");
  const said = document.querySelector("[data-queue-said]");
  if (said && word(fresh) && word(fresh) !== word(body())) {
    said.textContent = word(fresh);
    navigator.vibrate?.([300, 150, 300]);
  }
  body().replaceWith(fresh);
  stopped(false);
  if (!body()) clearInterval(timer);
}

const timer = body() && setInterval(() => renew().catch(() => stopped(true)), Number(body().dataset.every) * 1000);
