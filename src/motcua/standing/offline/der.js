/* ASN.1 in DER: a reader that takes definite lengths only, and names for what is met in certificates. */
class Broken extends Error {}
class Unsupported extends Error {} // not known here: the answer is unknown, never valid

function node(bytes, at = 0, end = bytes.length) {
  if (at + 2 > end) throw new Broken("DER ends early");
  const tag = bytes[at];
  if ((tag & 0x1f) === 0x1f) throw new Broken("long tag");
  let length = bytes[at + 1], body = at + 2;
  if (length === 0x80) throw new Unsupported("indefinite length"); // BER, as some signers write
  if (length > 0x84) throw new Broken("length");
  if (length > 0x80) {
    const count = length & 0x7f;
    if (body + count > end) throw new Broken("DER ends early");
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + bytes[body++];
  }
  if (body + length > end) throw new Broken("DER ends early");
  return { tag, bytes, start: at, body, end: body + length };
}
const whole = (n) => n.bytes.subarray(n.start, n.end);
const value = (n) => n.bytes.subarray(n.body, n.end);
function kids(n) {
  if (!(n.tag & 0x20)) throw new Broken("not constructed");
  const found = [];
  for (let at = n.body; at < n.end; ) {
    const one = node(n.bytes, at, n.end);
    found.push(one);
    at = one.end;
    if (found.length > 200000) throw new Broken("too many parts");
  }
  return found;
}
const kid = (n, tag) => kids(n).find((each) => each.tag === tag);
function expect(n, tag) {
  if (!n || n.tag !== tag) throw new Broken(`tag ${tag}`);
  return n;
}
function oid(n) {
  expect(n, 6);
  const raw = value(n), parts = [Math.min(2, Math.floor(raw[0] / 40))];
  parts.push(raw[0] - parts[0] * 40);
  let number = 0;
  for (const byte of raw.subarray(1)) {
    number = number * 128 + (byte & 0x7f);
    if (byte < 128) parts.push(number), (number = 0);
  }
  return parts.join(".");
}
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
function time(n) {
  const text = String.fromCharCode(...value(n));
  const all = n.tag === 0x17 ? (Number(text.slice(0, 2)) < 50 ? "20" : "19") + text : text;
  const m = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(all);
  if (!m || (n.tag !== 0x17 && n.tag !== 0x18)) throw new Broken("time");
  return new Date(Date.UTC(m[1], m[2] - 1, m[3], m[4], m[5], m[6]));
}
const number = (n) => value(n).reduce((sum, byte) => sum * 256 + byte, 0);
function text(n) {
  const raw = value(n);
  if (n.tag === 0x1e) return String.fromCharCode(...Array.from({ length: raw.length / 2 }, (_, i) => raw[2 * i] * 256 + raw[2 * i + 1]));
  return new TextDecoder().decode(raw);
}
const NAMES = { "2.5.4.3": "name", "2.5.4.10": "agency", "2.5.4.12": "title", "2.5.4.97": "number" };
function names(n) {
  const found = {};
  for (const set of kids(n)) for (const pair of kids(set)) {
    const [type, said] = kids(pair);
    const label = NAMES[oid(type)];
    if (label && !(label in found)) found[label] = text(said);
  }
  return found;
}

/* Signatures by WebCrypto. */
const HASHES = {
  "2.16.840.1.101.3.4.2.1": "SHA-256", "2.16.840.1.101.3.4.2.2": "SHA-384", "2.16.840.1.101.3.4.2.3": "SHA-512",
};
const SIGNED_WITH = {
  "1.2.840.113549.1.1.11": "SHA-256", "1.2.840.113549.1.1.12": "SHA-384", "1.2.840.113549.1.1.13": "SHA-512",
  "1.2.840.10045.4.3.2": "SHA-256", "1.2.840.10045.4.3.3": "SHA-384", "1.2.840.10045.4.3.4": "SHA-512",
};
const CURVES = {
  "1.2.840.10045.3.1.7": ["P-256", 32], "1.3.132.0.34": ["P-384", 48], "1.3.132.0.35": ["P-521", 66],
};
const digest = async (name, data) => new Uint8Array(await crypto.subtle.digest(name, data));

function rawPair(signature, size) {
  const out = new Uint8Array(2 * size);
  kids(node(signature)).slice(0, 2).forEach((each, i) => {
    let raw = value(each);
    while (raw.length && raw[0] === 0) raw = raw.subarray(1);
    if (raw.length > size) throw new Broken("signature");
    out.set(raw, (i + 1) * size - raw.length);
  });
  return out;
}
/* Whether the key `spki` (DER) made `signature` over `data`; `algorithm` is the AlgorithmIdentifier, `named` the digest
   that a signer info names beside it. */
async function isSigned(spki, algorithm, signature, data, named = "") {
  const parts = kids(node(spki)), key = kids(parts[0]), asked = oid(kids(algorithm)[0]);
  const kind = oid(key[0]);
  if (kind === "1.2.840.10045.2.1") {
    const hash = SIGNED_WITH[asked], curve = CURVES[oid(key[1])];
    if (!hash || !asked.startsWith("1.2.840.10045.4.") || !curve) throw new Unsupported(asked);
    const how = { name: "ECDSA", namedCurve: curve[0] };
    const own = await crypto.subtle.importKey("spki", spki, how, false, ["verify"]);
    return crypto.subtle.verify({ name: "ECDSA", hash }, own, rawPair(signature, curve[1]), data);
  }
  if (kind !== "1.2.840.113549.1.1.1") throw new Unsupported(kind);
  let how = "RSASSA-PKCS1-v1_5", hash = SIGNED_WITH[asked], salt = 0;
  if (asked === "1.2.840.113549.1.1.1") hash = named;
  if (asked === "1.2.840.113549.1.1.10") {
    const given = kids(kids(algorithm)[1]);
    const of = (tag) => given.find((each) => each.tag === tag);
    hash = of(0xa0) && HASHES[oid(kids(kids(of(0xa0))[0])[0])];
    salt = of(0xa2) ? number(kids(of(0xa2))[0]) : 20;
    how = "RSA-PSS";
  }
  if (!hash) throw new Unsupported(asked);
  const own = await crypto.subtle.importKey("spki", spki, { name: how, hash }, false, ["verify"]);
  if (own.algorithm.modulusLength < 2048) throw new Unsupported(`RSA ${own.algorithm.modulusLength}`);
  return crypto.subtle.verify(how === "RSA-PSS" ? { name: how, saltLength: salt } : how, own, signature, data);
}
