#!/usr/bin/env python3
"""Kiểm tra sổ nhật ký niêm phong của Một Cửa, độc lập / checks the sealed journal of Một Cửa on its own.

Chỉ cần Python 3.9+, không cần gói nào, không dùng gì của Một Cửa / needs Python 3.9+ alone, nothing of Một Cửa.

    python verify_journal.py proof PROOF --trust KEY      bằng chứng, JSON hoặc mã QR / a proof, JSON or a QR's text
    python verify_journal.py roots ROOTS --trust KEY      các gốc đã công bố / published roots, optionally --kept OLD
    python verify_journal.py lines LINES --roots ROOTS --trust KEY      từng dòng của sổ / every line of the journal

KEY is the thumbprint of the key (RFC 7638) as it was published or printed, given once for each key that signed in turn;
`--keys FILE` takes a key file that you kept. With `--roots` a proof must also stand in roots that you kept. `--paper
FILE`: the proof is about exactly this file. `--tsa CA.pem`: the time stamps of the days hold under this authority (RFC
3161; by openssl, where it is installed) and none is `--late` days (7) younger than its day. `-` reads standard input.
Ends with 0 when everything fits, with 1 and the first bad place when not, with 2 when a file cannot be read.
"""

import argparse
import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from datetime import datetime
from functools import lru_cache, reduce
from itertools import accumulate, islice
from pathlib import Path

START, SHORT, LARGEST = "0" * 64, "MCP1:", 1 << 24
FIELDS = "version chain seq previous verb actor act_id purpose channel at recorded_at facts personal"
OF_PROOF, VI = ("bằng chứng", "the proof"), {"seal": "niêm phong", "day": "ngày", "line": "dòng"}


class Bad(Exception):
    """The first place that does not fit and what is wrong with it, both in Vietnamese and English."""

    def __init__(self, where, what, *names):
        vi, en = [each.format(*names) for each in what.split(" / ")]
        super().__init__(f"{where[0]}: {vi} / {where[1]}: {en}")


def place(**told):
    """place(seal=3, line="a 1"): where something is, in Vietnamese and English."""
    vi, en = [f"{VI[kind]} {name}" for kind, name in told.items()], [f"{kind} {told[kind]}" for kind in told]
    return ", ".join(vi), ", ".join(en)


class Unreadable(ValueError):
    """A file is not what it should be."""


# --- signatures on the curve P-256 (FIPS 186-5, SEC 1): public numbers only, so nothing need take equal time ----------

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)  # fmt: skip


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
        table.append([None, *accumulate([step] * 15, add)])
        step = add(table[-1][-1], step)
    return table


def times(point, number):
    return reduce(add, [row[number >> 4 * place & 15] for place, row in enumerate(multiples(point))], None)


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


def sha256(data):
    return hashlib.sha256(data).digest()


def canonical(data):
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def from64(text):
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def tree_root(entries):
    """RFC 6962, section 2.1, as it is written there."""
    if not entries:
        return sha256(b"")
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0])
    split = 1 << (len(entries) - 1).bit_length() - 1
    return sha256(b"\x01" + tree_root(entries[:split]) + tree_root(entries[split:]))


def path_root(entry, place, size, path):
    """RFC 9162, section 2.1.3.2, all in hexadecimal; None when the path cannot be one."""
    if not 0 <= place < size:
        return None
    node, last, rest = sha256(b"\x00" + bytes.fromhex(entry)), size - 1, [*map(bytes.fromhex, path)]
    while last:
        if place % 2 or place < last:
            if not rest:
                return None
            beside = rest.pop(0)
            node = sha256(b"\x01" + (beside + node if place % 2 else node + beside))
        place, last = place // 2, last // 2
    return None if rest else node.hex()


def thumbprint(jwk):
    named = canonical({name: jwk.get(name) for name in ("crv", "kty", "x", "y")})
    return base64.urlsafe_b64encode(sha256(named)).rstrip(b"=").decode()


def opened(jws, trusted, wanted, where):
    """The body, of the format `wanted`, and the digest of a compact JWS by a trusted key (ES256). Raises Bad."""
    try:
        head, payload, signature = jws.split(".")
        told, raw = json.loads(from64(head)), from64(signature)
        if told["kid"] not in trusted:
            raise Bad(where, "khóa {0} không tin cậy / its key {0} is not a key that is trusted", told["kid"])
        jwk = trusted[told["kid"]]
        key = tuple(int.from_bytes(from64(jwk[name]), "big") for name in ("x", "y"))
        body = json.loads(from64(payload))
        good = told["alg"] == "ES256" and is_signed(f"{head}.{payload}".encode(), raw, key)
        if good and body["format"] == wanted and body["version"] == 1:
            return body, sha256(from64(payload)).hex()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise Bad(where, "chữ ký không đúng / the signature does not hold")


def line_hash(line):
    """Format version 1 of a journal line."""
    if line.get("version") != 1:
        return None
    return sha256(canonical(["motcua-journal"] + [line.get(name) for name in FIELDS.split()]))


def read_json(name, wanted):
    try:
        text = (sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")).strip()
        if text.startswith(SHORT):
            text = zlib.decompressobj().decompress(from64("".join(text[len(SHORT) :].split())), LARGEST)
        data = json.loads(text)
        if not isinstance(data, dict) or wanted and (data["format"], data["version"]) != (wanted, 1):
            raise ValueError(f"không phải / is not {wanted} 1")
    except (OSError, ValueError, KeyError, RecursionError, zlib.error) as problem:
        raise Unreadable(f"{name}: {problem}") from None
    return data


def trusted_keys(args, enclosed):
    """Keys by their own thumbprints: those of a kept file, and enclosed ones that the caller named."""
    kept = read_json(args.keys, "").get("keys", []) if args.keys else []
    trust = [thumbprint(jwk) for jwk in kept] + (args.trust or [])
    found = {thumbprint(jwk): jwk for jwk in [*kept, *enclosed] if thumbprint(jwk) in trust}
    if not found:
        told = ", ".join(str(jwk.get("kid")) for jwk in enclosed)
        raise Unreadable(f"cần khóa tin cậy, --trust, --keys / no trusted key given; the file names {told}")
    return found


def check_roots(roots, trusted):
    """Signatures, numbers, links, each day's tree over its seals. Returns both by number as (body, digest)."""
    found = {}
    for kind, vi in (("seal", "niêm phong đầu tiên"), ("day", "ngày đầu tiên")):
        chain, previous = {}, None
        for jws in roots[f"{kind}s"]:
            after = previous[0]["number"] + 1 if previous else None
            where = place(**{kind: after}) if after else (vi, f"the first {kind}")
            known = opened(jws, trusted, f"motcua-{kind}", where)
            body, number = known[0], known[0]["number"]
            if previous is None and number == 1 and body["previous"] != START:
                raise Bad(place(**{kind: 1}), "không phải bản đầu / is not the first")
            if previous and (number != after or body["previous"] != previous[1]):
                raise Bad(where, "không nối tiếp bản trước / does not follow the one before it")
            chain[number], previous = known, known
        found[kind] = chain
    behind = None
    for number, (day, _digest) in sorted(found["day"].items()):
        held = [found["seal"].get(n) for n in range(day["first"], day["first"] + day["seals"])]
        tree = None if None in held else tree_root([bytes.fromhex(one[1]) for one in held]).hex()
        if tree != day["root"] or behind not in (None, day["first"]):
            where = place(day=f"{number} ({day['date']})")
            raise Bad(where, "các niêm phong không khớp gốc đã ký / its seals do not give the signed root")
        behind = day["first"] + day["seals"]
    return found["seal"], found["day"]


def same_as_kept(seals, days, kept):
    """Every seal and day of the kept roots, from the first one here on, stands here unchanged; and what is here follows
    the last one that was kept without a gap: else nothing was compared."""
    if not any(kept):
        raise Bad(("các gốc đã giữ", "the kept roots"), "không có gì để so / hold nothing to compare with")
    begun = days[min(days)][0]["first"] if days else 0  # where the seals of days begin that have none
    for kind, here, there, first in (("seal", seals, kept[0], begun), ("day", days, kept[1], 0)):
        first, last = min(here, default=first), max(there, default=None)
        for number in sorted(number for number in there if number >= first):
            where = place(**{kind: number})
            if number not in here:
                raise Bad(where, "đã công bố mà nay không còn / was published and is gone (an old backup?)")
            if here[number][1] != there[number][1]:
                raise Bad(where, "khác bản đã giữ / is not the one that was kept")
        if there and last + 1 < first:
            where = place(**{kind: f"{last + 1}–{first - 1}"})
            raise Bad(where, "không có ở cả hai tệp / in neither file, so nothing was compared")
        if there and last + 1 == first and first in here and here[first][0]["previous"] != there[last][1]:
            raise Bad(place(**{kind: first}), "không nối tiếp bản đã giữ / does not follow the one kept")


def known_roots(args, name, enclosed=()):
    roots = read_json(name, "motcua-roots")
    return check_roots(roots, trusted_keys(args, [*enclosed, *roots["keys"]]))


def run_roots(args):
    roots = read_json(args.file, "motcua-roots")
    seals, days = check_roots(roots, trusted_keys(args, roots["keys"]))
    if args.kept:
        same_as_kept(seals, days, known_roots(args, args.kept, roots["keys"]))
    answers = {each["day"]: each["token"] for each in roots.get("stamps", [])}
    told = check_stamps(args, [(*days[number], answers.get(number)) for number in sorted(days)])
    return f"{len(seals)} niêm phong, {len(days)} ngày / {len(seals)} seals, {len(days)} days{told}"


def stamped_at(tool, args, digest, answer):
    """The time that an answer of the authority (RFC 3161) over `digest` tells, if it held at that time; else None."""
    with tempfile.NamedTemporaryFile(suffix=".tsr") as file:
        file.write(base64.b64decode(answer)) and file.flush()
        asked = [tool, "ts", "-reply", "-in", file.name, "-text"]
        text = subprocess.run(asked, capture_output=True, check=False).stdout.decode("utf-8", "replace")
        # the last: what stands before the stamp itself in an answer is not signed
        found = re.findall(r"^Time stamp: (\w+ +\d+ [\d:]+)[.\d]* (\d+) GMT$", text, re.MULTILINE)[-1:]
        if not found:
            return None
        moment = datetime.strptime(" ".join([*found[0], "+0000"]), "%b %d %H:%M:%S %Y %z")
        when = str(int(moment.timestamp()))
        asked = ["-digest", digest, "-in", file.name, "-CAfile", args.tsa, "-attime", when]
        done = subprocess.run([tool, "ts", "-verify", *asked], capture_output=True, check=False)
    return None if done.returncode else moment


def check_stamps(args, days):
    """Time stamps, for each day as (its body, its digest, the answer of the authority or None): they hold, as of the
    time that they tell, soon after the day. A seal in no day is (None, its name, None)."""
    if not args.tsa:
        return ""
    stamped = [each for each in days if each[2]]
    if not stamped:
        raise Bad(("dấu thời gian", "time stamps"), "không ngày nào có / no day has one")
    bare = ", ".join(day["date"] if day else name for day, name, answer in days if not answer)
    told = f"; chưa có dấu / without a stamp: {bare}" if bare else ""
    tool = shutil.which("openssl")
    if tool is None:
        return f"{told}; không có openssl để xem dấu thời gian / no openssl here: time stamps unchecked"
    for day, digest, answer in stamped:
        where = place(day=f"{day['number']} ({day['date']})")
        moment = stamped_at(tool, args, digest, answer)
        if moment is None:
            raise Bad(where, "dấu thời gian không đúng / its time stamp does not hold")
        late = (moment - datetime.fromisoformat(f"{day['date']}T00:00:00+07:00")).days - 1
        if late >= args.late:
            raise Bad(where, "đóng dấu muộn {0} ngày / stamped {0} days late, {1} (--late)", late, moment)
        say(f"  {where[0]} / {where[1]}: dấu thời gian / time stamp {moment}")
    return f"{told}; {len(stamped)} dấu thời gian / time stamps"


def by_seal(name):
    """(number, hashes, lines) for each seal of a file of lines, in its order, which is that of the numbers. The file is
    as long as the journal: it is read line by line."""
    current, read = None, 0
    try:
        with open(0 if name == "-" else name, encoding="utf-8") as file:
            for read, record in enumerate(map(json.loads, file), 1):
                if read == 1:
                    if (record.get("format"), record.get("version")) != ("motcua-lines", 1):
                        raise ValueError("không phải / is not motcua-lines 1")
                elif "hashes" in record:
                    if current:
                        yield current
                    number, raw = record["seal"], bytes.fromhex(record["hashes"])
                    if current and number <= current[0]:
                        raise Bad(place(seal=number), "có hai lần hoặc ngược / stands twice or out of order")
                    current = (number, [raw[i : i + 32] for i in range(0, len(raw), 32)], [])
                elif record["seal"] != current[0]:
                    raise Bad(place(seal=current[0]), "kèm dòng khác / a line of another seal is put in")
                else:
                    current[2].append(record)
    except (OSError, ValueError) as problem:
        raise Unreadable(f"{name}:{read}: {problem}") from None
    if current:
        yield current


def run_lines(args):
    seals, _days = known_roots(args, args.roots)
    if not seals:
        raise Bad(("các gốc", "the roots"), "không có niêm phong nào / hold no seal")
    count, more, seen, missing = 0, 0, {}, []
    given = by_seal(args.file)
    following = next(given, None)
    for number, (body, _digest) in sorted(seals.items()):
        while following and following[0] < number:
            following, more = next(given, None), more + 1
        if following is None or following[0] != number or (body["lines"] and not following[1]):
            raise Bad(place(seal=number), "sổ thiếu dòng nó giữ / the journal has not the lines it covers")
        missing += check_lines(number, body, following[1], following[2], seen)
        count, following = count + body["lines"], next(given, None)
    more += sum(1 for _each in given) + (following is not None)
    if missing:
        raise Bad(missing[0], "đã thiếu khi niêm phong ({0}) / was missing when sealed ({0})", len(missing))
    told = f"; {more} niêm phong ngoài các gốc, chưa xem / seals beyond the roots, unchecked" if more else ""
    return f"{count} dòng trong {len(seals)} niêm phong / {count} lines in {len(seals)} seals{told}"


def check_lines(number, body, held, lines, seen):
    """One seal: its hashes give the signed root, each line stands at one place and gives its hash, chains go on without
    a gap. Returns where lines were missing already when they were sealed: zeros stand for them."""
    where = place(seal=number)
    if len(held) != body["lines"] or tree_root(held).hex() != body["root"]:
        raise Bad(where, "các dòng không khớp gốc / the list of its lines does not give the signed root")
    given, missing = {record["place"]: record for record in lines}, []
    if len(given) != len(lines) or not given.keys() <= set(range(len(held))):
        raise Bad(where, "hai dòng một chỗ, hoặc ở ngoài / two lines at one place, or one outside")
    for at, wanted in enumerate(held):
        record = given.get(at)
        where = place(seal=number, line=f"{record['chain']} {record['seq']}" if record else f"#{at}")
        if record is None or record["line"] is None:
            if wanted != bytes(32):
                raise Bad(where, "dòng đã bị xóa / the line was deleted")
            missing.append(where)
            seen.pop(record and record["chain"], None)  # what follows in this chain is looked at all the same
            continue
        line = record["line"]
        if line_hash(line) != wanted or (line["chain"], line["seq"]) != (record["chain"], record["seq"]):
            raise Bad(where, "dòng đã bị sửa hoặc đổi chỗ / the line was changed or moved")
        before = seen.get(line["chain"])
        if before and (before[0] + 1, before[1]) != (line["seq"], line["previous"]):
            raise Bad(where, "không nối tiếp dòng trước / does not follow the line before it")
        seen[line["chain"]] = (line["seq"], wanted.hex())
    return missing


def run_proof(args):
    proof = read_json(args.file, "motcua-proof")
    trusted = trusted_keys(args, proof["keys"])
    kept = known_roots(args, args.roots, proof["keys"])[0] if args.roots else None
    stamped = {}
    seals = dict(opened_seal(each, trusted, kept, stamped) for each in proof["seals"])
    if len(seals) < len(proof["seals"]):
        raise Bad(OF_PROOF, "có một niêm phong hai lần / a seal stands in it twice")
    shown = check_proof(proof, seals)
    waiting = sum(1 for told in proof["lines"] if told["seal"] is None)
    sealed = len(proof["lines"]) - waiting
    told = [line["facts"].get("sha256") for line in shown]
    if args.paper and sha256(Path(args.paper).read_bytes()).hex() not in told:
        raise Bad(OF_PROOF, "không nói về tệp này / is not about this file")
    more = check_stamps(args, list(stamped.values()))
    return f"{sealed} dòng đã niêm phong, {waiting} đang chờ / {sealed} lines sealed, {waiting} waiting{more}"


def check_proof(proof, seals):
    """Each line stands in its seal and follows the one before it. Returns the sealed lines that are given in full: at
    least one, for a hash alone names no chain. It belongs to this one where the line behind it, in full, names it."""
    previous, last, shown, waiting = START if proof["whole"] else None, 0, [], False
    for at, told in enumerate(proof["lines"], 1):
        line, after = told.get("line"), (*proof["lines"][at : at + 1], {})[0]
        chain, seq = (line["chain"], line["seq"]) if line else (told["chain"], told["seq"])
        where = place(line=f"{chain} {seq}")
        if chain != proof["subject"] or (seq != last + 1 if proof["whole"] else seq <= last):
            raise Bad(where, "thiếu dòng trước nó / a line before it is missing")
        if line and (line_hash(line) or b"").hex() != told["hash"] or told["hash"] == START:
            raise Bad(where, "dòng đã bị sửa hoặc đã thiếu / the line was changed or missing")
        if line and previous and line["previous"] != previous:
            raise Bad(where, "không nối tiếp dòng trước / does not follow the line before it")
        previous, last = told["hash"] if proof["whole"] else None, seq
        if told["seal"] is None:
            waiting = True
            continue
        if waiting or told["seal"] not in seals:
            raise Bad(where, "thiếu niêm phong / its seal is missing")
        body = seals[told["seal"]]
        if path_root(told["hash"], told["place"], body["lines"], told["path"]) != body["root"]:
            raise Bad(where, "không nằm trong niêm phong {0} / does not stand in seal {0}", told["seal"])
        linked = proof["whole"] and after.get("line") and after.get("seal") is not None
        what = "(không kèm nội dung)" + ("" if linked else " không rõ chuỗi nào / hash of an unknown chain")
        if line:
            what = f"{line['at']} {line['verb']} {json.dumps(line['facts'], ensure_ascii=False)}"
            shown.append(line)
        say(f"  {chain} {seq}: {what} · niêm phong / seal {told['seal']}, {body['at']}")
    if not shown:
        raise Bad(OF_PROOF, "chưa niêm phong dòng nào có nội dung / no line is sealed yet with its content")
    return shown


def opened_seal(each, trusted, kept, stamped):
    body, digest = opened(each["jws"], trusted, "motcua-seal", ("niêm phong", "seal"))
    number = body["number"]
    if kept is not None and (number not in kept or kept[number][1] != digest):
        raise Bad(place(seal=number), "không có trong các gốc đã giữ / is not in the roots that were kept")
    if "day" not in each:
        stamped[number] = (None, f"niêm phong / seal {number}", None)
        return number, body
    day, named = opened(each["day"], trusted, "motcua-day", place(day=f"[niêm phong / seal {number}]"))
    if "stamp" in each or named not in stamped:
        stamped[named] = (day, named, each.get("stamp"))
    if path_root(digest, number - day["first"], day["seals"], each["path"]) != day["root"]:
        raise Bad(place(seal=number), "không nằm trong gốc của ngày / is not in its day's root")
    return number, body


def say(text, file=None):
    """What a file brought along moves no cursor and begins no line of its own."""
    print("".join(letter if letter.isprintable() else "�" for letter in text), file=file)


def joined(argv):
    """`--trust KEY` as one word: a thumbprint may begin with "-", which argparse would take for an option."""
    left = iter(argv)
    return ["=".join([each, *islice(left, 1)]) if each == "--trust" else each for each in left]


def main(argv=None):
    how = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=how)
    actions = parser.add_subparsers(dest="action", required=True)
    for name, run in (("proof", run_proof), ("roots", run_roots), ("lines", run_lines)):
        one = actions.add_parser(name)
        one.set_defaults(run=run)
        one.add_argument("file")
        one.add_argument("--keys", help="JWKS file that you kept")
        one.add_argument("--trust", action="append", metavar="KEY", help="thumbprint of a trusted key")
        if name != "lines":
            one.add_argument("--tsa", metavar="PEM", help="root of the time stamp authority")
            one.add_argument("--late", type=int, default=7, help="most days from a day's end to its stamp")
        if name == "proof":
            one.add_argument("--paper", metavar="FILE", help="the file that the proof is about")
        if name == "roots":
            one.add_argument("--kept", metavar="ROOTS", help="roots that you kept from before")
        else:
            one.add_argument("--roots", metavar="ROOTS", help="published roots", required=name == "lines")
    args = parser.parse_args(joined(sys.argv[1:] if argv is None else argv))
    try:
        say(f"ĐÚNG / GOOD: {args.run(args)}")
        return 0
    except Bad as problem:
        say(f"SAI / BAD: {problem}")
        return 1
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError, OSError) as problem:
        form = "" if isinstance(problem, Unreadable) else "không đúng dạng / not in the right form: "
        say(f"không đọc được / unreadable: {form}{problem}", sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
