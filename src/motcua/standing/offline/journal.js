/* The sealed journal and the list of withdrawn results: bodies signed by keys whose thumbprints are baked in. */
const from64 = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const join = (...parts) => Uint8Array.from(parts.flatMap((each) => [...each]));
const utf8 = (text) => new TextEncoder().encode(text);
/* JSON as it is hashed: keys in order, nothing between. */
function canonical(each) {
  if (Array.isArray(each)) return `[${each.map(canonical).join(",")}]`;
  if (each && typeof each === "object") return `{${Object.keys(each).sort().map((key) => `${JSON.stringify(key)}:${canonical(each[key])}`).join(",")}}`;
  return JSON.stringify(each);
}
/* The body of a compact JWS (ES256) of this format; raises Broken unless one of the trusted keys signed it. */
async function openedJws(jws, trust, format) {
  const [head, payload, signature] = jws.trim().split(".");
  const header = JSON.parse(new TextDecoder().decode(from64(head))), jwk = trust.keys.find((each) => each.kid === header.kid);
  if (!jwk || header.alg !== "ES256" || header.crit) throw new Broken("no key that is trusted");
  const how = { name: "ECDSA", namedCurve: "P-256" }, { kty, crv, x, y } = jwk;
  const key = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, how, false, ["verify"]);
  const good = await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, from64(signature), utf8(`${head}.${payload}`));
  const raw = from64(payload), body = JSON.parse(new TextDecoder().decode(raw));
  if (!good || body.format !== format || body.version !== 1) throw new Broken("the signature does not hold");
  return { body, digest: await digest("SHA-256", raw) };
}
/* The root that a path leads to (RFC 9162, 2.1.3.2); null for a path that is none. */
async function pathRoot(entry, place, size, path) {
  if (!(Number.isInteger(place) && place >= 0 && place < size)) return null;
  let at = await digest("SHA-256", join([0], entry)), last = size - 1;
  const rest = [...path];
  while (last) {
    if (place % 2 || place < last) {
      if (!rest.length) return null;
      const beside = unhex(rest.shift());
      at = await digest("SHA-256", place % 2 ? join([1], beside, at) : join([1], at, beside));
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return rest.length ? null : hex(at);
}
const LINE = ["version", "chain", "seq", "previous", "verb", "actor", "act_id", "purpose", "channel", "at", "recorded_at", "facts", "personal"];
/* What a proof says: {lines, files (the hashes it tells of), at}; raises Broken at the first thing that does not fit. A
   hash alone names no chain: it counts where the line behind it, in full, names it, and one line must be in full. */
async function readProof(proof, trust) {
  if (proof.format !== "motcua-proof" || proof.version !== 1) throw new Broken("no proof");
  const seals = new Map(), files = new Set();
  const START = "0".repeat(64);
  let at = null, sealed = 0, shown = 0, last = 0, previous = proof.whole ? START : null, waiting = false;
  for (const each of proof.seals) {
    const { body, digest: own } = await openedJws(each.jws, trust, "motcua-seal");
    if (each.day) {
      const day = (await openedJws(each.day, trust, "motcua-day")).body;
      if ((await pathRoot(own, body.number - day.first, day.seals, each.path)) !== day.root) throw new Broken("a seal is not in its day");
    }
    if (seals.has(body.number)) throw new Broken("a seal stands in it twice");
    seals.set(body.number, body);
  }
  for (const [place, told] of proof.lines.entries()) {
    if (told.line) {
      const parts = ["motcua-journal", ...LINE.map((name) => told.line[name] ?? null)];
      if (told.line.version !== 1 || hex(await digest("SHA-256", utf8(canonical(parts)))) !== told.hash) throw new Broken("a line was changed");
    }
    const { chain, seq } = told.line ?? told, after = proof.lines[place + 1];
    if (chain !== proof.subject) throw new Broken("a line of another subject");
    if (!Number.isInteger(seq) || (proof.whole ? seq !== last + 1 : seq <= last)) throw new Broken("a line before it is missing");
    if (told.hash === START) throw new Broken("a line was missing when it was sealed");
    if (told.line && previous && (told.line.previous || START) !== previous) throw new Broken("a line does not follow the one before it");
    previous = proof.whole ? told.hash : null;
    last = seq;
    if (told.seal === null) { waiting = true; continue; }
    const body = seals.get(told.seal);
    if (waiting || !body || (await pathRoot(unhex(told.hash), told.place, body.lines, told.path)) !== body.root) throw new Broken("a line is not in its seal");
    if (!told.line && !(proof.whole && after?.line && after.seal !== null)) continue;
    sealed++;
    at = body.at;
    if (told.line) shown++;
    if (told.line?.facts?.sha256) files.add(told.line.facts.sha256);
  }
  if (!shown) throw new Broken("no line is sealed yet with its content");
  return { lines: sealed, files, at };
}
const SLIPS = ["receipt", "supplement-request", "refusal", "apology", "stop-notice", "denial", "payment-request", "control-slip", "register", "handover-list"];
/* The last ruling of a signed list about a file, by its hash, by what its signatures cover, or by the record inside it;
   null for none. */
function rulingAbout(list, report) {
  const about = report.record?.kind && !SLIPS.includes(report.record.kind) ? report.record : null;
  const mine = list.entries.filter((each) => each.sha256.includes(report.sha256) || each.signed?.some((part) => report.parts.includes(part))
    || (about?.dossier?.code && each.code === about.dossier.code && ["", each.result].includes(about.number ?? "")));
  return mine.sort((a, b) => b.number - a.number)[0] ?? null;
}
/* Whether a list knows results in a way that this file cannot be compared by: its bytes alone. */
const isUncompared = (list, report) => !report.record?.kind && list.entries.some((each) => each.sha256.length && !each.signed?.length);
