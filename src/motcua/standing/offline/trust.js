/* Certificates, chains to the roots baked in, what authorities said of them, and time stamps. */
const KNOWN = new Set(["2.5.29.15", "2.5.29.19", "2.5.29.37", "2.5.29.32", "2.5.29.17", "2.5.29.14", "2.5.29.35", "2.5.29.31"]);

function certificate(der) {
  const top = node(der), [tbs, algorithm, signature] = kids(top);
  let parts = kids(tbs);
  if (parts[0].tag === 0xa0) parts = parts.slice(1);
  const [serial, , issuer, validity, subject, spki] = parts;
  const found = {
    der: whole(top), tbs: whole(tbs), algorithm, signature: value(signature).subarray(1),
    serial: hex(value(serial)), issuer: whole(issuer), subject: whole(subject), spki: whole(spki),
    from: time(kids(validity)[0]), until: time(kids(validity)[1]), says: names(subject), by: names(issuer),
    ca: false, path: Infinity, usage: null, purposes: null, odd: false, key: null,
  };
  const extensions = parts.find((each) => each.tag === 0xa3);
  for (const each of extensions ? kids(kids(extensions)[0]) : []) {
    const inner = kids(each), name = oid(inner[0]), critical = inner[1].tag === 1 && value(inner[1])[0] !== 0;
    const said = node(value(inner[inner.length - 1]));
    if (name === "2.5.29.19") {
      const [ca, most] = kids(said);
      found.ca = Boolean(ca && ca.tag === 1 && value(ca)[0]);
      if (most) found.path = number(most);
    } else if (name === "2.5.29.14") found.key = hex(value(said));
    else if (name === "2.5.29.15") found.usage = value(said)[1] | ((value(said)[2] || 0) << 8);
    else if (name === "2.5.29.37") found.purposes = kids(said).map(oid), (found.purposesCritical = critical);
    else if (critical && !KNOWN.has(name)) found.odd = true;
  }
  return found;
}
const isCertificate = (der) => { try { return certificate(der); } catch { return null; } };
/* Whether it was issued for signing documents: not an authority's, nor for a machine's purposes alone. */
const OF_MACHINES = ["1", "3", "8", "9"].map((each) => `1.3.6.1.5.5.7.3.${each}`);
const maySign = (c) => !c.ca && (c.usage === null || Boolean(c.usage & 0xc0)) && !c.purposes?.every((each) => OF_MACHINES.includes(each));
const signedBy = (c, issuer) => isSigned(issuer.spki, c.algorithm, c.signature, c.tbs);

/* The chain from a certificate to one of the roots, the certificate first; null when there is none. Names only lead;
   each step is a signature. */
async function chainOf(leaf, others, roots, deep = 6) {
  if (roots.some((root) => same(root.der, leaf.der))) return [leaf];
  if (!deep) return null;
  for (const above of [...roots, ...others]) {
    if (!same(above.subject, leaf.issuer) || !above.ca || same(above.der, leaf.der)) continue;
    if (above.usage !== null && !(above.usage & 0x04)) continue;
    let made = false;
    try { made = await signedBy(leaf, above); } catch { continue; }
    const rest = made && (await chainOf(above, others, roots, deep - 1));
    if (rest) return [leaf, ...rest];
  }
  return null;
}
/* What is wrong with a chain at a moment: "", "expired", "not_yet_valid" (the first certificate), or "chain_invalid". */
function faultAt(path, moment) {
  for (const [place, each] of path.entries()) {
    if (each.odd || (place && each.path < place - 1)) return "chain_invalid";
    if (moment > each.until) return place ? "chain_invalid" : "expired";
    if (moment < each.from) return place ? "chain_invalid" : "not_yet_valid";
  }
  return "";
}

/* From when on an authority keeps what it revoked although it has expired since (X.509 expiredCertsOnCRL, RFC 6960
   archiveCutoff); after a certificate's end "good" is a word only where this was before it (RFC 5280, 3.3). */
const KEPT = ["2.5.29.60", "1.3.6.1.5.5.7.48.1.6"];
function keptSince(extensions) {
  let found = Infinity;
  for (const each of extensions ? kids(kids(extensions)[0]) : []) {
    const inner = kids(each);
    if (KEPT.includes(oid(inner[0]))) found = Math.min(found, time(node(value(inner[inner.length - 1]))));
  }
  return found;
}
const isForgotten = (from, kept, subject) => from > subject.until && kept > subject.until;
/* For another reason than these, whoever has the key may have signed anything at any time (RFC 3161, 4). */
const WITHOUT_THEFT = [3, 4, 5]; // affiliation changed, superseded, cessation of operation

/* One authority's word: {good | revoked at} about one certificate, from `from` to `until`; null for no word about it. */
async function ocspSays(der, subject, issuer) {
  const top = kids(node(der));
  if (value(top[0])[0] !== 0) return null;
  const basic = kids(node(value(kids(kids(top[1])[0])[1])));
  const [data, algorithm, signature, more] = basic;
  const extra = more ? kids(kids(more)[0]).map((each) => certificate(whole(each))) : [];
  let by = null;
  for (const each of [issuer, ...extra]) {
    if (each !== issuer) {
      const delegated = each.purposes?.includes("1.3.6.1.5.5.7.3.9") && same(each.issuer, issuer.subject);
      if (!delegated || !(await signedBy(each, issuer))) continue;
    }
    if (await isSigned(each.spki, algorithm, value(signature).subarray(1), whole(data))) { by = each; break; }
  }
  if (!by) return null;
  let parts = kids(data);
  if (parts[0].tag === 0xa0) parts = parts.slice(1);
  if (by !== issuer && (time(parts[1]) > by.until || time(parts[1]) < by.from)) return null;
  for (const single of kids(parts[2])) {
    const [id, status, from, ...rest] = kids(single), [algo, nameHash, keyHash, serial] = kids(id);
    const kind = { "1.3.14.3.2.26": "SHA-1", ...HASHES }[oid(kids(algo)[0])];
    if (!kind || hex(value(serial)) !== subject.serial) continue;
    const own = kids(node(issuer.spki))[1];
    if (!same(value(nameHash), await digest(kind, issuer.subject))) continue;
    if (!same(value(keyHash), await digest(kind, value(own).subarray(1)))) continue;
    const next = rest.find((each) => each.tag === 0xa0);
    const until = next ? time(kids(next)[0]) : time(from);
    if (status.tag === 0x80) {
      const kept = Math.min(keptSince(rest.find((each) => each.tag === 0xa1)), keptSince(parts.slice(3).find((each) => each.tag === 0xa1)));
      return isForgotten(time(from), kept, subject) ? null : { from: time(from), until, revoked: null };
    }
    if (status.tag === 0xa1) {
      const [when, why] = kids(status);
      return { from: time(from), until, revoked: time(when), reason: why ? number(kids(why)[0]) : 0 };
    }
    return null;
  }
  return null;
}
async function listSays(der, subject, issuer) {
  const [tbs, algorithm, signature] = kids(node(der));
  let parts = kids(tbs);
  if (parts[0].tag === 2) parts = parts.slice(1);
  const [, by, from, next] = parts;
  if (!same(whole(by), issuer.subject) || (issuer.usage !== null && !(issuer.usage & 0x02))) return null;
  const extensions = parts.find((each) => each.tag === 0xa0);
  for (const each of extensions ? kids(kids(extensions)[0]) : []) if (kids(each)[1].tag === 1) return null; // critical
  if (!(await isSigned(issuer.spki, algorithm, value(signature).subarray(1), whole(tbs)))) return null;
  const timed = next && (next.tag === 0x17 || next.tag === 0x18);
  const said = { from: time(from), until: timed ? time(next) : time(from), revoked: null };
  const rows = parts.slice(timed ? 4 : 3).find((each) => each.tag === 0x30);
  for (const row of rows ? kids(rows) : []) {
    const [serial, when, more] = kids(row);
    if (hex(value(serial)) !== subject.serial) continue;
    const why = (more ? kids(more) : []).map(kids).find((each) => oid(each[0]) === "2.5.29.21");
    Object.assign(said, { revoked: time(when), reason: why ? number(node(value(why[why.length - 1]))) : 0 });
  }
  return !said.revoked && isForgotten(said.from, keptSince(extensions), subject) ? null : said;
}
/* What is known of a chain at a moment: good, revoked (since), later (revoked since then), unknown. Any word that it
   was revoked by then outweighs every other; a word counts when it speaks of that moment or of a later one. `theft` is
   the first moment since when somebody else may have had a key. */
async function standingOf(path, evidence, moment) {
  let state = "good", since = null, theft = Infinity;
  for (let place = 0; place + 1 < path.length; place++) {
    let known = false;
    for (const [says, all] of [[ocspSays, evidence.ocsps], [listSays, evidence.crls]]) for (const der of all) {
      let word = null;
      try { word = await says(der, path[place], path[place + 1]); } catch { continue; }
      if (!word) continue;
      if (word.revoked && word.revoked <= moment) return { state: "revoked", since: word.revoked };
      if (word.revoked && !WITHOUT_THEFT.includes(word.reason)) theft = Math.min(theft, word.revoked);
      if (word.revoked) (since = word.revoked), (known = true);
      else if (word.until >= moment) known = true;
    }
    if (!known) state = "unknown";
  }
  return { state: state === "good" && since ? "later" : state, since, theft };
}

/* A CMS SignedData (RFC 5652) with one signer, taken apart. */
function signedData(der) {
  const top = kids(node(der));
  if (oid(top[0]) !== "1.2.840.113549.1.7.2") throw new Broken("not SignedData");
  const parts = kids(kids(top[1])[0]), content = parts.find((each) => each.tag === 0x30);
  const held = parts.find((each) => each.tag === 0xa0);
  const infos = kids(parts[parts.length - 1]);
  if (infos.length !== 1) throw new Broken("one signer is wanted");
  const info = kids(infos[0]), [, sid, hash] = info, attributes = info.find((each) => each.tag === 0xa0);
  if (!attributes) throw new Broken("no signed attributes");
  const rest = info.slice(info.indexOf(attributes) + 1), unsigned = rest.find((each) => each.tag === 0xa1);
  const read = (set) => Object.fromEntries((set ? kids(set) : []).map((each) => [oid(kids(each)[0]), kids(kids(each)[1])]));
  const certificates = (held ? kids(held) : []).map((each) => isCertificate(whole(each))).filter(Boolean);
  const inner = kids(content);
  const signer = certificates.find((each) => sid.tag === 0x30
    ? same(each.issuer, whole(kids(sid)[0])) && each.serial === hex(value(kids(sid)[1]))
    : sid.tag === 0x80 && each.key === hex(value(sid)));
  if (!signer) throw new Broken("the signer's certificate is not there");
  return {
    signer, certificates, hash: HASHES[oid(kids(hash)[0])], algorithm: rest[0], signature: value(rest[1]),
    attributes: read(attributes), unsigned: read(unsigned), type: oid(inner[0]),
    content: inner[1] ? value(kids(inner[1])[0]) : null,
    signed: Uint8Array.from([0x31, ...whole(attributes).subarray(1)]),
  };
}
const CONTENT_TYPE = "1.2.840.113549.1.9.3", MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const STAMP = "1.2.840.113549.1.9.16.2.14", ESS2 = "1.2.840.113549.1.9.16.2.47", TST = "1.2.840.113549.1.9.16.1.4";
/* Whether the signer of `cms` signed content with this hash function over `data`. */
async function holdsOver(cms, data) {
  if (!cms.hash) throw new Unsupported("digest");
  const said = cms.attributes[MESSAGE_DIGEST], type = cms.attributes[CONTENT_TYPE];
  if (!said || !type || oid(type[0]) !== cms.type) return false;
  if (!same(value(said[0]), await digest(cms.hash, data))) return false;
  const ess = cms.attributes[ESS2];
  if (ess) {
    const parts = kids(kids(kids(ess[0])[0])[0]);
    const hash = parts[0].tag === 0x30 ? HASHES[oid(kids(parts[0])[0])] : "SHA-256";
    const named = parts.find((each) => each.tag === 4);
    if (!hash || !named || !same(value(named), await digest(hash, cms.signer.der))) return false;
  }
  return isSigned(cms.signer.spki, cms.algorithm, cms.signature, cms.signed, cms.hash);
}
/* A time stamp (RFC 3161) over `data`, proven to be there by `then`: {at, by, trusted} or null for one that does not
   hold. Who loses its key later may have had it stolen before: a thief stamps whatever time he likes. */
async function stampOver(der, data, others, roots, evidence, then) {
  const cms = signedData(der);
  if (cms.type !== TST || !cms.content || !(await holdsOver(cms, cms.content))) return null;
  const info = kids(node(cms.content)), imprint = kids(info[2]), hash = HASHES[oid(kids(imprint[0])[0])];
  if (!hash || !same(value(imprint[1]), await digest(hash, data))) return null;
  const at = time(info[4]), path = await chainOf(cms.signer, [...cms.certificates, ...others], roots);
  const purposes = cms.signer.purposes;
  const fits = purposes?.length === 1 && purposes[0] === "1.3.6.1.5.5.7.3.8" && cms.signer.purposesCritical;
  const early = at - then > 300000; // clocks differ by minutes, not by more
  const good = path && fits && !early && !faultAt(path, at) && !faultAt(path, then);
  const known = good ? await standingOf(path, evidence, at) : { state: "unknown" };
  return { at, by: cms.signer.says.name || "", trusted: Boolean(good) && ["good", "later"].includes(known.state) && !(known.theft <= then) };
}
