/* As much of PDF as verifying needs: objects, cross-references with their revisions, streams. Nothing is mended: a file
   that departs from the norm is not read, and what is not read is never valid. */
class Name { constructor(text) { this.text = text; } }
class Ref { constructor(number, generation) { Object.assign(this, { number, generation }); } }
class Text { constructor(bytes, start, end) { Object.assign(this, { bytes, start, end }); } }
class Stream { constructor(dict, start) { Object.assign(this, { dict, start }); } }
const WHITE = new Set([0, 9, 10, 12, 13, 32]);
const ENDS = new Set([...WHITE, ...[..."()<>[]{}/%"].map((each) => each.charCodeAt(0))]);
const OBJECTS_MAX = 200000, WORD_MAX = 200;
const isName = (each, text) => each instanceof Name && each.text === text;

class Lexer {
  constructor(bytes, at = 0, deep = 0) { Object.assign(this, { bytes, at, deep }); }
  white() {
    for (;;) {
      while (WHITE.has(this.bytes[this.at])) this.at++;
      if (this.bytes[this.at] !== 0x25) return;
      while (this.at < this.bytes.length && this.bytes[this.at] !== 10 && this.bytes[this.at] !== 13) this.at++;
    }
  }
  word() {
    const from = this.at;
    while (this.at < this.bytes.length && !ENDS.has(this.bytes[this.at])) this.at++;
    if (this.at - from > WORD_MAX) throw new Broken(`a word is too long at ${from}`); // two that are cut look alike
    return String.fromCharCode(...this.bytes.subarray(from, this.at));
  }
  take(text) {
    this.white();
    const from = this.at;
    if (this.word() === text) return true;
    this.at = from;
    return false;
  }
  need(text) { if (!this.take(text)) throw new Broken(`${text} is missing at ${this.at}`); }
  int() {
    this.white();
    const told = this.word();
    if (!/^\d{1,15}$/.test(told)) throw new Broken(`a number is missing at ${this.at}`);
    return Number(told);
  }
  object() {
    if (++this.deep > 100) throw new Broken("too deep");
    try { return this.one(); } finally { this.deep--; }
  }
  one() {
    this.white();
    const byte = this.bytes[this.at], next = this.bytes[this.at + 1];
    if (byte === undefined) throw new Broken("the file ends early");
    if (byte === 0x2f) { this.at++; return new Name(this.word().replace(/#([0-9a-fA-F]{2})/g, (_, h) => String.fromCharCode(parseInt(h, 16)))); }
    if (byte === 0x28) return this.literal();
    if (byte === 0x3c && next === 0x3c) return this.dict();
    if (byte === 0x3c) return this.hex();
    if (byte === 0x5b) {
      const found = [];
      for (this.at++; ; found.push(this.object())) {
        this.white();
        if (this.bytes[this.at] === 0x5d) { this.at++; return found; }
      }
    }
    const told = this.word();
    if (told === "true") return true;
    if (told === "false") return false;
    if (told === "null") return null;
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(told)) throw new Broken(`not an object at ${this.at}`);
    if (/^\d+$/.test(told)) {
      const back = this.at;
      this.white();
      const generation = this.word();
      if (/^\d+$/.test(generation) && this.take("R")) return new Ref(Number(told), Number(generation));
      this.at = back;
    }
    return Number(told);
  }
  literal() {
    const start = this.at++, out = [];
    for (let open = 1; ; ) {
      let byte = this.bytes[this.at++];
      if (byte === undefined) throw new Broken("a string has no end");
      if (byte === 0x28) open++;
      if (byte === 0x29 && !--open) return new Text(Uint8Array.from(out), start, this.at);
      if (byte === 0x5c) {
        byte = this.bytes[this.at++];
        const plain = { n: 10, r: 13, t: 9, b: 8, f: 12 }[String.fromCharCode(byte)];
        if (plain !== undefined) byte = plain;
        else if (byte >= 0x30 && byte <= 0x37) {
          let code = byte - 0x30;
          for (let i = 0; i < 2 && this.bytes[this.at] >= 0x30 && this.bytes[this.at] <= 0x37; i++) code = code * 8 + this.bytes[this.at++] - 0x30;
          byte = code & 255;
        } else if (byte === 13 || byte === 10) { if (byte === 13 && this.bytes[this.at] === 10) this.at++; continue; }
      }
      out.push(byte);
    }
  }
  hex() {
    const start = this.at++, close = this.bytes.indexOf(0x3e, this.at);
    if (close < 0) throw new Broken("a string has no end");
    const out = new Uint8Array((close - this.at + 1) >> 1);
    let half = -1, count = 0;
    for (; this.at < close; this.at++) {
      const byte = this.bytes[this.at];
      if (WHITE.has(byte)) continue;
      const digit = byte >= 48 && byte <= 57 ? byte - 48 : byte >= 97 && byte <= 102 ? byte - 87 : byte >= 65 && byte <= 70 ? byte - 55 : -1;
      if (digit < 0) throw new Broken("not hexadecimal");
      if (half < 0) half = digit; else { out[count++] = half * 16 + digit; half = -1; }
    }
    if (half >= 0) out[count++] = half * 16;
    this.at = close + 1;
    return new Text(out.slice(0, count), start, this.at);
  }
  dict() {
    const found = new Map();
    for (this.at += 2; ; ) {
      this.white();
      if (this.bytes[this.at] === 0x3e && this.bytes[this.at + 1] === 0x3e) { this.at += 2; break; }
      const key = this.object();
      if (!(key instanceof Name) || found.has(key.text)) throw new Broken("a dictionary is broken");
      found.set(key.text, this.object());
    }
    const back = this.at;
    if (!this.take("stream")) { this.at = back; return found; }
    if (this.bytes[this.at] === 13) this.at++;
    if (this.bytes[this.at] !== 10) throw new Broken("a stream is broken");
    return new Stream(found, ++this.at);
  }
}

async function inflate(bytes) {
  const out = new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")));
  const found = new Uint8Array(await out.arrayBuffer());
  if (found.length > 64 * 1024 * 1024) throw new Broken("too much in a stream");
  return found;
}
function unpredicted(bytes, columns) {
  const rows = Math.floor(bytes.length / (columns + 1)), out = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const kind = bytes[row * (columns + 1)];
    if (kind !== 0 && kind !== 1 && kind !== 2) throw new Unsupported(`predictor ${kind}`);
    for (let i = 0; i < columns; i++) {
      const left = kind === 1 && i ? out[row * columns + i - 1] : 0, above = kind === 2 && row ? out[(row - 1) * columns + i] : 0;
      out[row * columns + i] = bytes[row * (columns + 1) + 1 + i] + left + above;
    }
  }
  return out;
}

class Pdf {
  static async open(bytes) {
    const self = new Pdf();
    self.bytes = bytes;
    self.revisions = []; // the newest first: {at, entries, trailer}
    const tail = String.fromCharCode(...bytes.subarray(-1024)), last = tail.lastIndexOf("startxref");
    if (!String.fromCharCode(...bytes.subarray(0, 1024)).includes("%PDF-")) throw new Broken("not a PDF");
    if (last < 0) throw new Broken("no startxref");
    const end = tail.indexOf("%%EOF", last);
    if (end < 0) throw new Broken("no end");
    self.trailing = tail.slice(end + 5).trim().replace(/\0/g, "") !== "";
    const seen = new Set();
    for (let at = new Lexer(bytes, bytes.length - tail.length + last + 9).int(); at !== null; ) {
      if (seen.has(at) || seen.size > 500) throw new Broken("cross-references go in a circle");
      seen.add(at);
      const one = await self.section(at);
      self.revisions.push(one);
      const before = one.trailer.get("Prev");
      at = before === undefined ? null : before;
    }
    self.trailer = self.revisions[0].trailer;
    if (self.revisions.some((each) => each.trailer.has("Encrypt"))) throw new Unsupported("encrypted");
    self.root = self.trailer.get("Root");
    return self;
  }
  async section(at) {
    const lexer = new Lexer(this.bytes, at), entries = new Map();
    // Of two rows about one object one reader takes the first and another the last.
    const put = (n, entry) => {
      if (entries.has(n)) throw new Broken(`object ${n} stands twice in one table`);
      entries.set(n, entry);
    };
    if (lexer.take("xref")) {
      while (!lexer.take("trailer")) {
        const first = lexer.int(), count = lexer.int();
        if (count > OBJECTS_MAX) throw new Broken("too many objects");
        for (let i = 0; i < count; i++) {
          const place = lexer.int();
          const generation = lexer.int();
          const used = lexer.take("n");
          if (!used) lexer.need("f");
          put(first + i, used ? { at: place, generation } : null);
        }
      }
      const trailer = lexer.object();
      if (!(trailer instanceof Map) || trailer.has("XRefStm")) throw new Unsupported("hybrid cross-references");
      return { at, entries, trailer };
    }
    lexer.int(); lexer.int(); lexer.need("obj");
    const stream = lexer.object();
    if (!(stream instanceof Stream) || !isName(stream.dict.get("Type"), "XRef")) throw new Broken("no cross-references");
    const data = await this.data(stream), widths = stream.dict.get("W"), size = stream.dict.get("Size");
    const index = stream.dict.get("Index") || [0, size], step = widths.reduce((a, b) => a + b, 0);
    let place = 0;
    const field = (width, none) => {
      if (!width) return none;
      let sum = 0;
      for (let i = 0; i < width; i++) sum = sum * 256 + data[place++];
      return sum;
    };
    for (let i = 0; i + 1 < index.length; i += 2) for (let n = index[i]; n < index[i] + index[i + 1]; n++) {
      if (place + step > data.length || entries.size > OBJECTS_MAX) throw new Broken("cross-references end early");
      const kind = field(widths[0], 1), a = field(widths[1], 0), b = field(widths[2], 0);
      if (kind > 2) throw new Unsupported(`a row of kind ${kind}`);
      put(n, kind === 1 ? { at: a, generation: b } : kind === 2 ? { within: a, place: b, generation: 0 } : null);
    }
    return { at, entries, trailer: stream.dict };
  }
  /* The state of the file as of its first `end` bytes: object number -> where it lies. */
  state(end = Infinity) {
    const found = new Map();
    for (const each of this.revisions) if (each.at < end) for (const [n, entry] of each.entries) if (!found.has(n)) found.set(n, entry);
    return { entries: found, kept: new Map(), packed: new Map() };
  }
  async get(given, state) {
    let found = given;
    for (let i = 0; found instanceof Ref; i++) {
      if (i > 20) throw new Broken("references go in a circle");
      const entry = state.entries.get(found.number);
      if (entry && entry.generation !== found.generation) throw new Broken(`object ${found.number} is of another generation`);
      found = await this.numbered(found.number, state);
    }
    return found;
  }
  async numbered(number, state) {
    if (state.kept.has(number)) return state.kept.get(number);
    const entry = state.entries.get(number);
    let found = null;
    if (entry && "at" in entry) {
      const lexer = new Lexer(this.bytes, entry.at);
      if (lexer.int() !== number) throw new Broken(`object ${number} is not where it should be`);
      if (lexer.int() !== entry.generation) throw new Broken(`object ${number} is of another generation`);
      lexer.need("obj");
      found = lexer.object();
    } else if (entry) {
      if (!state.packed.has(entry.within)) {
        const holder = state.entries.get(entry.within);
        if (!holder || !("at" in holder)) throw new Broken("an object stream is missing");
        const stream = await this.numbered(entry.within, state);
        const data = await this.data(stream, state), lexer = new Lexer(data), places = [];
        for (let i = 0; i < stream.dict.get("N"); i++) places.push([lexer.int(), lexer.int()]);
        state.packed.set(entry.within, { data, places, first: stream.dict.get("First") });
      }
      const { data, places, first } = state.packed.get(entry.within), own = places[entry.place];
      if (!own || own[0] !== number) throw new Broken(`object ${number} is not in its stream`);
      found = new Lexer(data, first + own[1]).object();
    }
    state.kept.set(number, found);
    return found;
  }
  raw(stream, length) {
    if (!Number.isInteger(length) || length < 0 || stream.start + length > this.bytes.length) throw new Broken("length of a stream");
    return this.bytes.subarray(stream.start, stream.start + length);
  }
  async data(stream, state = null) {
    if (!(stream instanceof Stream)) throw new Broken("no stream");
    const length = state ? await this.get(stream.dict.get("Length"), state) : stream.dict.get("Length");
    let bytes = this.raw(stream, length);
    const filters = [stream.dict.get("Filter") ?? []].flat(), given = [stream.dict.get("DecodeParms") ?? null].flat();
    for (const [i, filter] of filters.entries()) {
      if (!isName(filter, "FlateDecode")) throw new Unsupported(`filter ${filter?.text}`);
      bytes = await inflate(bytes);
      const how = given[i] instanceof Map ? given[i] : new Map(), kind = how.get("Predictor") || 1;
      if (kind >= 10) bytes = unpredicted(bytes, how.get("Columns") || 1);
      else if (kind !== 1) throw new Unsupported(`predictor ${kind}`);
    }
    return bytes;
  }
}

/* Two objects as they are written, references and all. */
function alike(a, b, pdf) {
  if (a instanceof Ref) return b instanceof Ref && a.number === b.number && a.generation === b.generation;
  if (a instanceof Name) return b instanceof Name && a.text === b.text;
  if (a instanceof Text) return b instanceof Text && same(a.bytes, b.bytes);
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((each, i) => alike(each, b[i], pdf));
  if (a instanceof Map) return b instanceof Map && a.size === b.size && [...a].every(([k, v]) => b.has(k) && alike(v, b.get(k), pdf));
  if (a instanceof Stream) {
    if (!(b instanceof Stream) || !alike(a.dict, b.dict, pdf)) return false;
    const length = a.dict.get("Length");
    return Number.isInteger(length) && same(pdf.raw(a, length), pdf.raw(b, length));
  }
  return a === b;
}
/* Whether dictionaries are alike but for these keys. */
function butFor(a, b, keys, pdf) {
  const kept = (map) => new Map([...map].filter(([key]) => !keys.includes(key)));
  return a instanceof Map && b instanceof Map && alike(kept(a), kept(b), pdf);
}
