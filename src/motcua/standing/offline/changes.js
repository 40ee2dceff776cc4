/* What was added behind a signature: {why, filled}. Allowed are further signatures with their look, the evidence that
   keeps them checkable, and data about the file; `filled` are empty fields that were filled in, for which somebody must
   vouch; anything else changes what was signed, and `why` says what. */
async function changedSince(pdf, end, signature) {
  const filled = [], why = end < pdf.bytes.length ? await changes(pdf, end, signature, filled) : "";
  return { why, filled };
}
async function changes(pdf, end, signature, filled) {
  // What was signed is read from its own end: the later cross-references may pretend that it was never there.
  const signed = await Pdf.open(pdf.bytes.subarray(0, end)), before = signed.state(), now = pdf.state();
  if (!(pdf.root instanceof Ref) || !alike(signed.root, pdf.root, pdf)) return "the root is another";
  if (before.entries.get(signature.number)?.at !== signature.entry.at) return "the signature is not of this revision";
  const then = await signaturesIn(signed, before), about = { pdf, now, locks: await locksOf(signed, signature, before) };
  if (!then.some((each) => each.field === signature.field && each.number === signature.number)) return "the signature is not of this field";
  // Signed since then: what was signed before has its look already. Each is judged by itself, with the look that it covers.
  about.fresh = (await signaturesIn(pdf, now)).filter((each) => !then.some((old) => old.field === each.field));
  const roles = await rolesIn(signed, before, signed.trailer);
  for (const number of (await reached(signed, before)).missing) if (now.entries.get(number)) return `object ${number} was signed as missing and is there`;
  for (const [number, entry] of before.entries) {
    if (!entry) continue; // free then, and nothing that was signed led to it
    const later = now.entries.get(number);
    if (!later) return `object ${number} was removed`;
    if (entry.generation !== later.generation) return `object ${number} is of another generation`;
    if (entry.at !== undefined && entry.at === later.at) continue;
    const was = await signed.numbered(number, before), is = await pdf.numbered(number, now);
    if (alike(was, is, pdf)) continue;
    if (about.locks.fields && ["blank", "place"].includes(roles.get(number))) throw new Unsupported("locked fields");
    if (!about.locks.file && roles.get(number) === "blank" && isFilled(was, is, pdf)) { filled.push(number); continue; }
    const why = await allowed(about, roles.get(number), number, was, is);
    if (why) return `object ${number}: ${why}`;
  }
  return "";
}
/* What a signature forbids (ISO 32000, 12.8.2): {file: everything but evidence and time stamps, fields: some of them}. */
async function locksOf(pdf, signature, state) {
  const locks = { file: false, fields: false };
  const level = (p) => {
    if (![undefined, 1, 2, 3].includes(p)) throw new Unsupported("a lock of another kind");
    if (p === 1) locks.file = true;
  };
  for (const each of (await pdf.get(signature.dict.get("Reference") ?? null, state)) ?? []) {
    const one = await pdf.get(each, state), method = one instanceof Map ? await pdf.get(one.get("TransformMethod") ?? null, state) : null;
    if (isName(method, "DocMDP")) {
      const how = await pdf.get(one.get("TransformParams") ?? null, state);
      if (how !== null && !(how instanceof Map)) throw new Unsupported("a lock of another kind");
      level(how?.has("P") ? await pdf.get(how.get("P"), state) : undefined);
    } else if (isName(method, "FieldMDP")) locks.fields = true;
    else throw new Unsupported("a lock of another kind");
  }
  const own = (await pdf.numbered(signature.field, state)).get("Lock"), lock = await pdf.get(own ?? null, state);
  if (lock instanceof Map) {
    locks.fields = true;
    level(lock.has("P") ? await pdf.get(lock.get("P"), state) : undefined);
  } else if (lock !== null) throw new Unsupported("a lock of another kind");
  return locks;
}
/* The objects that the trailer leads to: {found, missing}; with `content`, but for the ways of evidence and of data
   about the file. */
async function reached(pdf, state, content = false) {
  const found = new Set(), missing = new Set(), but = (map, keys) => [...map].filter(([key]) => !content || !keys.includes(key)).map(([, each]) => each);
  const waiting = but(pdf.trailer, ["Info"]);
  while (waiting.length) {
    let each = waiting.pop(), root = false;
    if (each instanceof Ref) {
      if (found.has(each.number) || missing.has(each.number)) continue;
      const there = state.entries.get(each.number);
      (there ? found : missing).add(each.number);
      if (!there) continue;
      root = each.number === pdf.root?.number;
      each = await pdf.get(each, state);
      if (each instanceof Ref) { waiting.push(each); continue; }
    }
    if (each instanceof Stream) each = each.dict;
    if (each instanceof Map) waiting.push(...but(each, root ? ["DSS", "Metadata"] : []));
    else if (Array.isArray(each)) for (const one of each) waiting.push(one);
  }
  return { found, missing };
}
async function rolesIn(pdf, state, trailer) {
  const roles = new Map(), catalog = await pdf.get(pdf.root, state);
  if (!(catalog instanceof Map)) throw new Broken("no catalog");
  // What is content as well stays content, whatever else leads to it.
  const { found: content } = await reached(pdf, state, true), free = ["evidence", "info"];
  const mark = (each, role) => {
    if (!(each instanceof Ref) || roles.has(each.number) || (free.includes(role) && content.has(each.number))) return;
    roles.set(each.number, role);
  };
  mark(pdf.root, "catalog");
  mark(trailer.get("Info"), "info");
  mark(catalog.get("Metadata"), "info");
  mark(catalog.get("AcroForm"), "form");
  const form = await pdf.get(catalog.get("AcroForm") ?? null, state);
  if (form instanceof Map) mark(form.get("Fields"), "list");
  const evidence = async (each, deep) => {
    if (deep > 4) return;
    mark(each, "evidence");
    const found = await pdf.get(each ?? null, state);
    const inner = found instanceof Map ? [...found.values()] : Array.isArray(found) ? found : [];
    for (const one of inner) if (one instanceof Ref || one instanceof Map || Array.isArray(one)) await evidence(one, deep + 1);
  };
  await evidence(catalog.get("DSS"), 0);
  for (const page of await pagesOf(pdf, catalog.get("Pages"), state)) {
    mark(page, "page");
    const found = await pdf.get(page, state);
    if (found instanceof Map) mark(found.get("Annots"), "list");
  }
  for (const { ref, field, held } of await fieldsOf(pdf, state)) {
    if (isName(field.get("FT"), "Sig") && !held) mark(ref, "place");
    if (isName(field.get("FT"), "Tx") && !field.get("V")?.bytes?.length) mark(ref, "blank");
  }
  return roles;
}
const isFilled = (was, is, pdf) => is instanceof Map && is.get("V") instanceof Text && butFor(was, is, ["V", "AP", "M"], pdf);
/* Whether these fields hold, in the first `end` bytes of the file, what they hold in the whole of it. */
async function holdSince(pdf, numbers, end) {
  const then = await Pdf.open(pdf.bytes.subarray(0, end)), before = then.state(), now = pdf.state();
  for (const number of numbers) {
    const was = await then.numbered(number, before), is = await pdf.numbered(number, now);
    if (!(was instanceof Map) || !alike(was, is, pdf)) return false;
  }
  return true;
}
async function pagesOf(pdf, root, state, seen = new Set()) {
  if (!(root instanceof Ref) || seen.has(root.number) || seen.size > 20000) return [];
  seen.add(root.number);
  const found = await pdf.get(root, state), inner = found instanceof Map ? await pdf.get(found.get("Kids") ?? null, state) : null;
  if (!Array.isArray(inner)) return [root];
  const pages = [];
  for (const each of inner) pages.push(...(await pagesOf(pdf, each, state, seen)));
  return pages;
}
async function fieldsOf(pdf, state) {
  const catalog = await pdf.get(pdf.root, state), form = await pdf.get(catalog.get("AcroForm") ?? null, state);
  const found = [], seen = new Set();
  const walk = async (ref, above, heldAbove) => {
    if (!(ref instanceof Ref)) throw new Broken("a field is no object of its own");
    if (seen.has(ref.number)) return;
    seen.add(ref.number);
    const own = await pdf.get(ref, state);
    if (!(own instanceof Map)) return;
    const field = own.has("FT") || !above ? own : new Map([...own, ["FT", above.get("FT")]]);
    const held = heldAbove || own.has("V");
    found.push({ ref, field, held });
    const inner = await pdf.get(own.get("Kids") ?? null, state);
    if (Array.isArray(inner)) for (const each of inner) await walk(each, field, held);
  };
  const fields = form instanceof Map ? await pdf.get(form.get("Fields") ?? null, state) : null;
  if (Array.isArray(fields)) for (const each of fields) await walk(each, null, false);
  return found;
}
/* Whether this is the field of a signature made since then, which is judged by itself; a time stamp, which anybody may
   have, shows nothing. */
async function isFresh({ pdf, now, fresh, locks }, each) {
  if (!(each instanceof Ref)) return false;
  const field = await pdf.get(each, now), one = fresh.find((own) => own.field === each.number);
  if (!one || !(field instanceof Map) || field.has("Kids") || !isName(field.get("Subtype"), "Widget") || !isName(field.get("FT"), "Sig")) return false;
  if (!isStamp(one.dict)) return !locks.file;
  const box = await pdf.get(field.get("Rect") ?? null, now);
  return !field.has("A") && !field.has("AA") && Array.isArray(box) && box.length === 4 && box[0] === box[2] && box[1] === box[3];
}
async function onlySignaturesMore(about, was, is) {
  const before = was ?? [], after = is ?? [];
  if (!Array.isArray(before) || !Array.isArray(after)) return "a list is another";
  if (after.length < before.length || !before.every((each, i) => alike(each, after[i], about.pdf))) return "a list has lost or changed entries";
  for (const each of after.slice(before.length)) if (!(await isFresh(about, each))) return "something other than a signature was added";
  return "";
}
async function formMore(about, was, is) {
  if (!is) return was ? "the form was removed" : "";
  const before = was ?? new Map(), { pdf, now } = about;
  if (!(is instanceof Map) || !butFor(before, is, ["Fields", "SigFlags"], pdf)) return "the form was changed";
  const [a, b] = [before.get("Fields"), is.get("Fields")];
  if (a instanceof Ref) return alike(a, b, pdf) ? "" : "the list of fields is another";
  return onlySignaturesMore(about, a, b instanceof Ref ? await pdf.get(b, now) : b);
}
async function allowed(about, role, number, was, is) {
  const { pdf, now } = about;
  if (role === "evidence" || role === "info") return "";
  if (role === "list") return onlySignaturesMore(about, was, is);
  if (role === "form") return formMore(about, was, is);
  if (role === "place") {
    const kept = is instanceof Map && butFor(was, is, ["V", "AP", "M", "Lock", "AS", "MK", "Rect"], pdf);
    return kept && (await isFresh(about, new Ref(number, now.entries.get(number).generation))) ? "" : "a field was changed";
  }
  if (role === "page") {
    if (!butFor(was, is, ["Annots"], pdf)) return "a page was changed";
    const [a, b] = [was.get("Annots"), is.get("Annots")];
    if (a instanceof Ref) return alike(a, b, pdf) ? "" : "what lies on a page is another";
    return onlySignaturesMore(about, a, b instanceof Ref ? await pdf.get(b, now) : b);
  }
  if (role === "catalog") {
    if (!butFor(was, is, ["DSS", "Extensions", "AcroForm", "Version", "Metadata"], pdf)) return "the catalog was changed";
    const [a, b] = [was.get("AcroForm"), is.get("AcroForm")];
    if (a instanceof Ref) return alike(a, b, pdf) ? "" : "the form is another";
    return formMore(about, a, b instanceof Ref ? await pdf.get(b, now) : b);
  }
  return "content was changed";
}
