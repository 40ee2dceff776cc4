#!/usr/bin/env python3
"""Kiểm tra sổ nhật ký niêm phong của Một Cửa, độc lập / checks the sealed journal of Một Cửa on its own.

Chỉ cần Python 3.9+, không cần gói nào, không dùng gì của Một Cửa / needs Python 3.9+ alone, nothing of Một Cửa.

    python verify_journal.py proof PROOF --trust KEY      bằng chứng, JSON hoặc mã QR / a proof, JSON or a QR's text
    python verify_journal.py roots ROOTS --trust KEY      các gốc đã công bố / published roots, optionally --kept OLD
    python verify_journal.py lines LINES --roots ROOTS --trust KEY      từng dòng của sổ / every line of the journal

KEY is the thumbprint of the key (RFC 7638) as it was published or printed, given once for each key that signed in turn;
`--keys FILE` takes a key file that you kept. With `--roots` a proof must also stand in roots that you kept. `--paper
FILE`: the proof is about exactly this file. `--tsa CA.pem`: the time stamps of the days hold under this authority (RFC
3161; by openssl, where it is installed). `-` reads standard input. Ends with 0 when everything fits, with 1 and the
first bad place when something does not, with 2 when a file cannot be read.
"""

import argparse
import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zlib
from datetime import datetime
from functools import lru_cache
from itertools import islice

START, SHORT, LARGEST = "0" * 64, "MCP1:", 1 << 24


class Bad(Exception):
    """The first place that does not fit, in Vietnamese and English."""

    def __init__(self, vi, en):
        super().__init__(f"{vi} / {en}")


class Unreadable(Exception):
    """A file is not what it should be."""


# --- signatures on the curve P-256 (FIPS 186-5, SEC 1): public numbers only, so nothing need take equal time ----------

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def add(one, other):
    """The sum of two points, each as (x, y, z) with x/z² and y/z³; None is the point at infinity."""
    if one is None or other is None:
        return one or other
    (x1, y1, z1), (x2, y2, z2) = one, other
    square1, square2 = z1 * z1 % P, z2 * z2 % P
    u, s = x1 * square2 % P, y1 * square2 * z2 % P
    h, r = (x2 * square1 - u) % P, (y2 * square1 * z1 - s) % P
    if h:
        hh = h * h % P
        hhh, v = h * hh % P, u * hh % P
        x = (r * r - hhh - 2 * v) % P
        return x, (r * (v - x) - s * hhh) % P, h * z1 * z2 % P
    if r:
        return None
    yy = y1 * y1 % P
    v, m = 4 * x1 * yy % P, 3 * (x1 - square1) * (x1 + square1) % P
    x = (m * m - 2 * v) % P
    return x, (m * (v - x) - 8 * yy * yy) % P, 2 * y1 * z1 % P


@lru_cache(maxsize=64)
def multiples(point):
    """0 to 15 times the point, 0 to 15 times its sixteenfold, and so on: a product is then 64 additions."""
    table, step = [], (*point, 1)
    for _ in range(64):
        row = [None]
        for _ in range(15):
            row.append(add(row[-1], step))
        table.append(row)
        step = add(row[-1], step)
    return table


def times(point, number):
    total = None
    for place, row in enumerate(multiples(point)):
        total = add(total, row[number >> 4 * place & 15])
    return total


def is_signed(data, signature, key):
    """ECDSA over SHA-256; `signature` is r and s one behind the other, `key` the point (x, y)."""
    x, y = key
    if not (0 <= x < P and 0 <= y < P) or (y * y - x * x * x + 3 * x - B) % P:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if len(signature) != 64 or not (0 < r < N and 0 < s < N):
        return False
    inverse = pow(s, -1, N)
    digest = int.from_bytes(sha256(data), "big")
    found = add(times(G, digest * inverse % N), times(key, r * inverse % N))
    return found is not None and found[0] * pow(found[2] * found[2], -1, P) % P % N == r


# --- bytes, trees, signed bodies --------------------------------------------------------------------------------------


def sha256(data):
    return hashlib.sha256(data).digest()


def canonical(data):
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def from64(text):
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def to64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def tree_root(entries):
    """RFC 6962, section 2.1, as it is written there."""
    if not entries:
        return sha256(b"")
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0])
    split = 1
    while split * 2 < len(entries):
        split *= 2
    return sha256(b"\x01" + tree_root(entries[:split]) + tree_root(entries[split:]))


def path_root(entry, place, size, path):
    """RFC 9162, section 2.1.3.2; None when the path cannot be one."""
    if not 0 <= place < size:
        return None
    node, last, rest = sha256(b"\x00" + entry), size - 1, list(path)
    while last:
        if place % 2 or place < last:
            if not rest:
                return None
            beside = rest.pop(0)
            node = sha256(b"\x01" + (beside + node if place % 2 else node + beside))
        place, last = place // 2, last // 2
    return None if rest else node


def thumbprint(jwk):
    return to64(sha256(canonical({name: jwk[name] for name in ("crv", "kty", "x", "y")})))


def opened(jws, trusted, wanted, where):
    """The body, of the format `wanted`, and the digest of a compact JWS that a trusted key has signed (ES256). `where`
    says in both languages what is opened. Raises Bad."""
    try:
        head, payload, signature = jws.split(".")
        told, raw = json.loads(from64(head)), from64(signature)
        if told["kid"] not in trusted:
            vi, en = "không phải khóa tin cậy", "is not a key that is trusted"
            raise Bad(f"{where[0]}: khóa {told['kid']} {vi}", f"{where[1]}: its key {told['kid']} {en}")
        jwk = trusted[told["kid"]]
        key = tuple(int.from_bytes(from64(jwk[name]), "big") for name in ("x", "y"))
        body = json.loads(from64(payload))
        good = told["alg"] == "ES256" and is_signed(f"{head}.{payload}".encode(), raw, key)
        if good and body["format"] == wanted and body["version"] == 1:
            return body, sha256(from64(payload)).hex()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise Bad(f"{where[0]}: chữ ký không đúng", f"{where[1]}: the signature does not hold")


LINE_FIELDS = (
    "version", "chain", "seq", "previous", "verb", "actor", "act_id", "purpose", "channel", "at", "recorded_at",
    "facts", "personal",
)  # fmt: skip


def line_hash(line):
    """Format version 1 of a journal line."""
    if line.get("version") != 1:
        return None
    return sha256(canonical(["motcua-journal"] + [line.get(name) for name in LINE_FIELDS]))


def read_text(name):
    try:
        if name == "-":
            return sys.stdin.read()
        with open(name, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as problem:
        raise Unreadable(f"{name}: {problem}") from None


def read_json(name, wanted):
    text = read_text(name).strip()
    try:
        if text.startswith(SHORT):
            text = zlib.decompressobj().decompress(from64("".join(text[len(SHORT) :].split())), LARGEST)
        data = json.loads(text)
        if not isinstance(data, dict) or wanted and (data["format"], data["version"]) != (wanted, 1):
            raise ValueError(f"không phải / is not {wanted} 1")
    except (ValueError, KeyError, RecursionError, zlib.error) as problem:
        raise Unreadable(f"{name}: {problem}") from None
    return data


def trusted_keys(args, enclosed):
    """Keys by their own thumbprints: those of a kept file, and enclosed ones that the caller named."""
    kept = read_json(args.keys, "").get("keys", []) if args.keys else []
    found = {}
    for jwk, is_kept in [(jwk, True) for jwk in kept] + [(jwk, False) for jwk in enclosed]:
        try:
            name = thumbprint(jwk)
        except (KeyError, TypeError):
            continue
        if is_kept or name in (args.trust or []):
            found[name] = jwk
    if not found:
        told = ", ".join(str(jwk.get("kid")) for jwk in enclosed if isinstance(jwk, dict))
        raise Unreadable(
            f"cần khóa tin cậy: --trust hoặc --keys / no trusted key: give --trust or --keys; the file names {told}"
        )
    return found


def check_roots(roots, trusted):
    """Signatures, numbers, links, and each day's tree over its seals. Returns seals and days by number as
    (body, digest)."""
    found = {}
    for kind, vi in (("seal", "niêm phong"), ("day", "ngày")):
        chain, previous = {}, None
        for jws in roots[f"{kind}s"]:
            after = previous[0]["number"] + 1 if previous else None
            where = (f"{vi} {after}", f"{kind} {after}") if after else (f"{vi} đầu tiên", f"the first {kind}")
            known = opened(jws, trusted, f"motcua-{kind}", where)
            body = known[0]
            number = body["number"]
            if previous is None and number == 1 and body["previous"] != START:
                raise Bad(f"{vi} 1: không phải bản đầu", f"{kind} 1: is not the first")
            if previous and (number != after or body["previous"] != previous[1]):
                raise Bad(f"{vi} {after}: không nối tiếp bản trước (bị xóa, chèn hoặc thay)",
                          f"{kind} {after}: does not follow the one before it (deleted, put in, replaced)")  # fmt: skip
            chain[number], previous = known, known
        found[kind] = chain
    for number, (day, _digest) in sorted(found["day"].items()):
        held = [found["seal"].get(n) for n in range(day["first"], day["first"] + day["seals"])]
        if None in held or tree_root([bytes.fromhex(one[1]) for one in held]).hex() != day["root"]:
            raise Bad(f"ngày {number} ({day['date']}): các niêm phong không khớp gốc đã ký",
                      f"day {number} ({day['date']}): its seals do not give the signed root")  # fmt: skip
    return found["seal"], found["day"]


def same_as_kept(seals, days, kept):
    """Every seal and day that stands in the kept roots stands in these too, unchanged."""
    for kind, vi, here, there in (("seal", "niêm phong", seals, kept[0]), ("day", "ngày", days, kept[1])):
        for number, (_body, digest) in sorted(there.items()):
            if here and number < min(here):
                continue
            if number not in here:
                raise Bad(f"{vi} {number}: đã công bố mà nay không còn (bản sao lưu cũ được phục hồi?)",
                          f"{kind} {number}: was published and is gone (was an old backup restored?)")  # fmt: skip
            if here[number][1] != digest:
                raise Bad(f"{vi} {number}: khác bản đã giữ", f"{kind} {number}: is not the one that was kept")


def known_roots(args, enclosed=()):
    roots = read_json(args.roots, "motcua-roots")
    return check_roots(roots, trusted_keys(args, list(enclosed) + roots["keys"]))


def run_roots(args):
    roots = read_json(args.file, "motcua-roots")
    trusted = trusted_keys(args, roots["keys"])
    seals, days = check_roots(roots, trusted)
    if args.kept:
        kept = read_json(args.kept, "motcua-roots")
        same_as_kept(seals, days, check_roots(kept, trusted_keys(args, roots["keys"] + kept["keys"])))
    stamped = [(*days[each["day"]], each["token"]) for each in roots.get("stamps", []) if each["day"] in days]
    told = check_stamps(args, stamped)
    return f"{len(seals)} niêm phong, {len(days)} ngày / {len(seals)} seals, {len(days)} days{told}"


def check_stamps(args, stamped):
    """Time stamps over days, each as (the body of the day, its digest, the answer of the authority)."""
    tool = shutil.which("openssl")
    if not args.tsa or not stamped:
        return ""
    if tool is None:
        return "; máy không có openssl: chưa xem dấu thời gian / no openssl here: time stamps unchecked"
    for day, digest, answer in stamped:
        with tempfile.NamedTemporaryFile(suffix=".tsr") as file:
            file.write(base64.b64decode(answer)) and file.flush()
            when = str(int(datetime.fromisoformat(day["at"].replace("Z", "+00:00")).timestamp()))
            asked = ["-digest", digest, "-in", file.name, "-CAfile", args.tsa, "-attime", when]
            done = subprocess.run([tool, "ts", "-verify", *asked], capture_output=True, check=False)
        if done.returncode:
            raise Bad(f"ngày {day['number']}: dấu thời gian không đúng",
                      f"day {day['number']}: its time stamp does not hold")  # fmt: skip
    return f"; {len(stamped)} dấu thời gian / time stamps"


def records(name):
    """A file of lines is as long as the journal: it is read line by line."""
    read = 0
    try:
        with open(0 if name == "-" else name, encoding="utf-8") as file:
            for text in file:
                yield json.loads(text)
                read += 1
    except (OSError, ValueError) as problem:
        raise Unreadable(f"{name}:{read + 1}: {problem}") from None


def by_seal(name):
    """(number, hashes, lines) for each seal of a file of lines, in its order."""
    current = None
    for place, record in enumerate(records(name)):
        if place == 0:
            if (record.get("format"), record.get("version")) != ("motcua-lines", 1):
                raise Unreadable(f"{name}: không phải / is not motcua-lines 1")
        elif "hashes" in record:
            if current:
                yield current
            raw = bytes.fromhex(record["hashes"])
            current = (record["seal"], [raw[i : i + 32] for i in range(0, len(raw), 32)], [])
        else:
            current[2].append(record)
    if current:
        yield current


def run_lines(args):
    seals, _days = known_roots(args)
    count, seen = 0, {}
    given = by_seal(args.file)
    following = next(given, None)
    for number, (body, _digest) in sorted(seals.items()):
        while following and following[0] < number:
            following = next(given, None)
        if following is None or following[0] != number or (body["lines"] and not following[1]):
            raise Bad(f"niêm phong {number}: sổ không có các dòng nó giữ (bản sao lưu cũ được phục hồi?)",
                      f"seal {number}: the journal has not the lines it covers (an old backup restored?)")  # fmt: skip
        check_lines(number, body, following[1], following[2], seen)
        count += body["lines"]
    return f"{count} dòng trong {len(seals)} niêm phong / {count} lines in {len(seals)} seals"


def check_lines(number, body, held, lines, seen):
    """One seal: its hashes give the signed root, each line gives its hash, chains go on without a gap."""
    if len(held) != body["lines"] or tree_root(held).hex() != body["root"]:
        raise Bad(f"niêm phong {number}: danh sách dòng không khớp gốc đã ký",
                  f"seal {number}: the list of its lines does not give the signed root")  # fmt: skip
    given = {record["place"]: record for record in lines}
    for place, wanted in enumerate(held):
        record = given.get(place)
        where = f"{record['chain']} {record['seq']}" if record else f"#{place}"
        if record is None or record["line"] is None:
            if wanted == bytes(32):
                continue  # it was missing already when it was sealed
            raise Bad(f"niêm phong {number}, dòng {where}: dòng đã bị xóa",
                      f"seal {number}, line {where}: the line was deleted")  # fmt: skip
        line = record["line"]
        if line_hash(line) != wanted or (line["chain"], line["seq"]) != (record["chain"], record["seq"]):
            raise Bad(f"niêm phong {number}, dòng {where}: dòng đã bị sửa hoặc đổi chỗ",
                      f"seal {number}, line {where}: the line was changed or moved")  # fmt: skip
        before = seen.get(line["chain"])
        if before and (before[0] + 1, before[1]) != (line["seq"], line["previous"]):
            raise Bad(f"niêm phong {number}, dòng {where}: không nối tiếp dòng trước",
                      f"seal {number}, line {where}: does not follow the line before it")  # fmt: skip
        seen[line["chain"]] = (line["seq"], wanted.hex())


def run_proof(args):
    proof = read_json(args.file, "motcua-proof")
    trusted = trusted_keys(args, proof["keys"])
    kept = known_roots(args, proof["keys"])[0] if args.roots else None
    stamped = {}
    seals = dict(opened_seal(each, trusted, kept, stamped) for each in proof["seals"])
    previous, waiting = None, 0
    for place, told in enumerate(proof["lines"], 1):
        line = told.get("line")
        chain, seq = (line["chain"], line["seq"]) if line else (told["chain"], told["seq"])
        where = f"{chain} {seq}"
        if chain != proof["subject"] or proof["whole"] and seq != place:
            raise Bad(f"dòng {where}: thiếu dòng trước nó", f"line {where}: a line before it is missing")
        if line and (line_hash(line) or b"").hex() != told["hash"]:
            raise Bad(f"dòng {where}: dòng đã bị sửa", f"line {where}: the line was changed")
        if line and previous and line["previous"] != previous:
            raise Bad(f"dòng {where}: không nối tiếp dòng trước",
                      f"line {where}: does not follow the line before it")  # fmt: skip
        previous = told["hash"] if proof["whole"] else None
        if told["seal"] is None:
            waiting += 1
            continue
        if waiting or told["seal"] not in seals:
            raise Bad(f"dòng {where}: thiếu niêm phong", f"line {where}: its seal is missing")
        body = seals[told["seal"]]
        path = [bytes.fromhex(step) for step in told["path"]]
        found = path_root(bytes.fromhex(told["hash"]), told["place"], body["lines"], path)
        if (found or b"").hex() != body["root"]:
            raise Bad(f"dòng {where}: không nằm trong niêm phong {told['seal']}",
                      f"line {where}: does not stand in seal {told['seal']}")  # fmt: skip
        tell(where, line, told["seal"], body["at"])
    if not proof["lines"] or waiting == len(proof["lines"]):
        raise Bad("chưa dòng nào được niêm phong", "no line is sealed yet")
    if args.paper:
        shown = [each["line"] for each in proof["lines"] if each.get("line") and each["seal"]]
        told = [line["facts"].get("sha256") for line in shown]
        with open(args.paper, "rb") as file:
            if sha256(file.read()).hex() not in told:
                raise Bad("bằng chứng không nói về tệp này", "the proof is not about this file")
    sealed, more = len(proof["lines"]) - waiting, check_stamps(args, list(stamped.values()))
    return f"{sealed} dòng đã niêm phong, {waiting} đang chờ / {sealed} lines sealed, {waiting} waiting{more}"


def opened_seal(each, trusted, kept, stamped):
    body, digest = opened(each["jws"], trusted, "motcua-seal", ("niêm phong", "seal"))
    number = body["number"]
    if kept is not None and (number not in kept or kept[number][1] != digest):
        raise Bad(f"niêm phong {number}: không có trong các gốc đã giữ",
                  f"seal {number}: is not in the roots that were kept")  # fmt: skip
    if "day" in each:
        where = (f"ngày của niêm phong {number}", f"the day of seal {number}")
        day, named = opened(each["day"], trusted, "motcua-day", where)
        if "stamp" in each:
            stamped[named] = (day, named, each["stamp"])
        path = [bytes.fromhex(step) for step in each["path"]]
        found = path_root(bytes.fromhex(digest), number - day["first"], day["seals"], path)
        if found is None or found.hex() != day["root"]:
            raise Bad(f"niêm phong {number}: không nằm trong gốc của ngày",
                      f"seal {number}: is not in its day's root")  # fmt: skip
    return number, body


def tell(where, line, seal, at):
    what = "(không kèm nội dung)"
    if line:
        what = f"{line['at']} {line['verb']} {json.dumps(line['facts'], ensure_ascii=False)}"
    say(f"  {where}: {what} · niêm phong / seal {seal}, {at}")


def say(text, file=None):
    """What a file brought along moves no cursor and begins no line of its own."""
    print("".join(letter if letter.isprintable() else "�" for letter in text), file=file)


def joined(argv):
    """`--trust KEY` as one word: a thumbprint may begin with "-", which argparse would take for an option."""
    left = iter(argv)
    return ["=".join([each, *islice(left, 1)]) if each == "--trust" else each for each in left]


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    actions = parser.add_subparsers(dest="action", required=True)
    for name, run in (("proof", run_proof), ("roots", run_roots), ("lines", run_lines)):
        one = actions.add_parser(name)
        one.add_argument("file")
        one.add_argument("--keys", help="JWKS file that you kept")
        one.add_argument("--trust", action="append", metavar="KEY", help="thumbprint of a trusted key")
        if name != "lines":
            one.add_argument("--tsa", metavar="PEM", help="root of the time stamp authority")
        if name == "proof":
            one.add_argument("--paper", metavar="FILE", help="the file that the proof is about")
        if name == "roots":
            one.add_argument("--kept", metavar="ROOTS", help="roots that you kept from before")
        else:
            one.add_argument("--roots", metavar="ROOTS", help="published roots", required=name == "lines")
        one.set_defaults(run=run)
    args = parser.parse_args(joined(sys.argv[1:] if argv is None else argv))
    try:
        say(f"ĐÚNG / GOOD: {args.run(args)}")
        return 0
    except Bad as problem:
        say(f"SAI / BAD: {problem}")
        return 1
    except Unreadable as problem:
        say(f"không đọc được / unreadable: {problem}", sys.stderr)
        return 2
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError, OSError) as problem:
        say(f"không đúng dạng / not in the right form: {problem!r}", sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
