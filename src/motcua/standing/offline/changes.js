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
  const roles = await rolesIn(signed, before, signed.trailer);
  for (const [number, entry] of before.entries) {
    if (!entry) continue; // free then: what is new shows only where something old leads to it
    const later = now.entries.get(number);
    if (!later) return `object ${number} was removed`;
    if (entry.at !== undefined && entry.at === later.at) continue;
    const was = await signed.numbered(number, before), is = await pdf.numbered(number, now);
    if (alike(was, is, pdf)) continue;
    if (roles.get(number) === "blank" && isFilled(was, is, pdf)) { filled.push(number); continue; }
    const why = await allowed(pdf, roles.get(number), was, is, now);
    if (why) return `object ${number}: ${why}`;
  }
  return "";
}
async function rolesIn(pdf, state, trailer) {
  const roles = new Map(), catalog = await pdf.get(pdf.root, state);
  if (!(catalog instanceof Map)) throw new Broken("no catalog");
  const mark = (each, role) => { if (each instanceof Ref && !roles.has(each.number)) roles.set(each.number, role); };
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
  for (const { ref, field } of await fieldsOf(pdf, state)) {
    if (isName(field.get("FT"), "Sig") && !field.has("V")) mark(ref, "place");
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
  const walk = async (ref, above) => {
    if (!(ref instanceof Ref) || seen.has(ref.number)) return;
    seen.add(ref.number);
    const own = await pdf.get(ref, state);
    if (!(own instanceof Map)) return;
    const field = own.has("FT") || !above ? own : new Map([...own, ["FT", above.get("FT")]]);
    found.push({ ref, field });
    const inner = await pdf.get(own.get("Kids") ?? null, state);
    if (Array.isArray(inner)) for (const each of inner) await walk(each, field);
  };
  const fields = form instanceof Map ? await pdf.get(form.get("Fields") ?? null, state) : null;
  if (Array.isArray(fields)) for (const each of fields) await walk(each, null);
  return found;
}
async function onlySignaturesMore(pdf, was, is, state) {
  const before = was ?? [], after = is ?? [];
  if (!Array.isArray(before) || !Array.isArray(after)) return "a list is another";
  if (after.length < before.length || !before.every((each, i) => alike(each, after[i], pdf))) return "a list has lost or changed entries";
  for (const each of after.slice(before.length)) {
    const field = await pdf.get(each, state);
    if (!(field instanceof Map) || !isName(field.get("FT"), "Sig") || !field.has("V")) return "something other than a signature was added";
  }
  return "";
}
async function formMore(pdf, was, is, state) {
  if (!is) return was ? "the form was removed" : "";
  const before = was ?? new Map();
  if (!(is instanceof Map) || !butFor(before, is, ["Fields", "SigFlags"], pdf)) return "the form was changed";
  const [a, b] = [before.get("Fields"), is.get("Fields")];
  if (a instanceof Ref) return alike(a, b, pdf) ? "" : "the list of fields is another";
  return onlySignaturesMore(pdf, a, b instanceof Ref ? await pdf.get(b, state) : b, state);
}
async function allowed(pdf, role, was, is, state) {
  if (role === "evidence" || role === "info") return "";
  if (role === "list") return onlySignaturesMore(pdf, was, is, state);
  if (role === "form") return formMore(pdf, was, is, state);
  if (role === "place") {
    const signed = isName(is?.get?.("FT"), "Sig") && is.has("V") && butFor(was, is, ["V", "AP", "M", "Lock", "AS", "MK", "Rect"], pdf);
    return signed ? "" : "a field was changed";
  }
  if (role === "page") {
    if (!butFor(was, is, ["Annots"], pdf)) return "a page was changed";
    const [a, b] = [was.get("Annots"), is.get("Annots")];
    if (a instanceof Ref) return alike(a, b, pdf) ? "" : "what lies on a page is another";
    return onlySignaturesMore(pdf, a, b instanceof Ref ? await pdf.get(b, state) : b, state);
  }
  if (role === "catalog") {
    if (!butFor(was, is, ["DSS", "Extensions", "AcroForm", "Version", "Metadata"], pdf)) return "the catalog was changed";
    const [a, b] = [was.get("AcroForm"), is.get("AcroForm")];
    if (a instanceof Ref) return alike(a, b, pdf) ? "" : "the form is another";
    return formMore(pdf, a, b instanceof Ref ? await pdf.get(b, state) : b, state);
  }
  return "content was changed";
}
