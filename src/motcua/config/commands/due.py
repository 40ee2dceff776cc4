"""`motcua due`: derive a due date on the command line, with its reasons.

    motcua due --received 2026-08-21T10:00 --limit "3 working_days"

Starts without Django: it needs the clock and two documents of the packs, no database.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from motcua.config import paths
from motcua.kernel import clock

NAME = "due"
GOOD, WRONG_USAGE = 0, 2

# Outside these years a date on the command line is a slip of the finger, not a dossier.
YEARS = range(1990, 2201)


class WrongUsage(Exception):
    """Something the caller has to correct; holds the sentence in Vietnamese and in English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.sentences = {"vi": vi, "en": en}


def register(subparsers: Any) -> None:
    """Add the `due` command to the program's commands."""
    parser = subparsers.add_parser(
        NAME,
        help="derive a due date and explain it",
        description="Derive the due date of a dossier from its clock events and explain it, article by article.",
    )
    parser.add_argument("--received", required=True, metavar="ISO", help="when the dossier was received")
    parser.add_argument(
        "--limit",
        required=True,
        metavar="LIMIT",
        help='"3 working_days", "10 calendar_days", "16 working_hours", "1 months" or "same_day"',
    )
    parser.add_argument("--asked", metavar="ISO", help="when a supplement was asked")
    parser.add_argument("--answered", metavar="ISO", help="when the supplement was answered")
    parser.add_argument(
        "--on-supplement",
        choices=("restart", "pause"),
        default="restart",
        help="what the answer does to the limit (default: restart, NĐ 61/2018 art. 19(4))",
    )
    parser.add_argument(
        "--calendar", default="vn", metavar="NAME", help="calendar of the packs (default: vn)"
    )
    parser.add_argument(
        "--hours", default="national", metavar="NAME", help="office hours of the packs (default: national)"
    )
    parser.add_argument(
        "--lang", choices=("vi", "en"), default="vi", help="language of the words (default: vi)"
    )
    parser.add_argument("--json", action="store_true", help="print exactly one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the derived date; return 0, or 2 after a sentence on standard error when something is wrong."""
    try:
        limit = clock.Limit.parse(args.limit)
        calendar = _calendar(args.calendar, args.hours)
        deadline = clock.derive(limit, _events(args, limit), calendar, _rules(args))
    except WrongUsage as wrong:
        sentence = wrong.sentences[args.lang]
    except clock.ClockProblem as problem:
        sentence = problem.say(args.lang)
    else:
        show = _print_json if args.json else _print_words
        show(args, limit, deadline)
        return GOOD
    print(f"motcua due: {sentence}", file=sys.stderr)
    return WRONG_USAGE


def packs_dir() -> Path:
    """The folder of the packs: `MOTCUA_PACKS_DIR`, else the packs of the checkout or of the wheel."""
    given = os.environ.get("MOTCUA_PACKS_DIR")
    return Path(given).expanduser() if given else paths.default_packs()


def _rules(args: argparse.Namespace) -> clock.ClockRules:
    return clock.ClockRules(on_supplement=args.on_supplement)


def _events(args: argparse.Namespace, limit: clock.Limit) -> list[clock.Event]:
    received = _moment(args.received, "--received", limit)
    events = [clock.Event(clock.Kind.START, received)]
    if args.answered and not args.asked:
        raise WrongUsage(
            "--answered cần có --asked: phải biết yêu cầu bổ sung lúc nào.",
            "--answered needs --asked: tell when the supplement was asked.",
        )
    if args.asked:
        asked = _later(received, "--received", _moment(args.asked, "--asked", limit), "--asked")
        events.append(clock.Event(clock.Kind.PAUSE, asked, "supplement"))
        if args.answered:
            answered = _later(asked, "--asked", _moment(args.answered, "--answered", limit), "--answered")
            events.append(clock.answer_event(_rules(args), answered))
    return events


def _moment(text: str, option: str, limit: clock.Limit) -> datetime:
    """Read an ISO time; without offset it is Vietnamese time.

    A day alone will do where the hour changes nothing; then it stands for midnight, and no hour is shown.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise WrongUsage(
            f"{option} là “{text}”; cần thời điểm dạng ISO như 2026-08-21T10:00.",
            f"{option} is “{text}”; an ISO time such as 2026-08-21T10:00 is needed.",
        ) from None
    if moment.year not in YEARS:
        raise WrongUsage(
            f"{option} là năm {moment.year}; chỉ tính từ năm {YEARS[0]} đến {YEARS[-1]}.",
            f"{option} is in the year {moment.year}; years {YEARS[0]} to {YEARS[-1]} are counted.",
        )
    if limit.unit in (clock.Unit.SAME_DAY, clock.Unit.WORKING_HOURS) and _is_day(text):
        raise WrongUsage(
            f"{option} là “{text}”; thời hạn này cần cả giờ, ví dụ {moment.date()}T10:00.",
            f"{option} is “{text}”; this limit needs the hour too, such as {moment.date()}T10:00.",
        )
    return clock.local(moment)


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text.strip()))
    except ValueError:
        return False


def _later(first: datetime, first_option: str, moment: datetime, option: str) -> datetime:
    """Return `moment`, which must not be before `first`; on the same day an hour not told is taken as not before."""
    if moment.date() == first.date() and not (moment.hour or moment.minute):
        return first
    if moment < first:
        raise WrongUsage(
            f"{option} không được trước {first_option}.", f"{option} must not be before {first_option}."
        )
    return moment


def _calendar(calendar: str, hours: str) -> clock.Calendar:
    holidays = _document("calendars", calendar, "--calendar")
    return clock.Calendar.from_documents(holidays, _document("hours", hours, "--hours"), calendar)


def _document(folder: str, wanted: str, option: str) -> dict[str, Any]:
    """Find the document with the id `wanted` in a folder of any layer, the national layer first."""
    ids = []
    for document in _documents(folder, wanted):
        ids.append(str(document.get("id")))
        if ids[-1] == wanted:
            return document
    allowed = ", ".join(sorted(set(ids))) or "–"
    raise WrongUsage(
        f"{option} là “{wanted}” nhưng gói dữ liệu {packs_dir()} chỉ có: {allowed}.",
        f"{option} is “{wanted}”, but the packs in {packs_dir()} only have: {allowed}.",
    )


def _documents(folder: str, wanted: str) -> Iterator[dict[str, Any]]:
    """Read the folder's documents; a file named after the wanted id comes first, so that one read is the rule."""
    if not packs_dir().is_dir():
        raise WrongUsage(
            f"Không có thư mục gói dữ liệu {packs_dir()}; đặt MOTCUA_PACKS_DIR vào đúng thư mục.",
            f"There is no packs folder {packs_dir()}; set MOTCUA_PACKS_DIR to the right one.",
        )
    found = packs_dir().glob(f"*/{folder}/*.yaml")
    for path in sorted(found, key=lambda path: (path.stem != wanted, path.parts[-3] != "national", path)):
        document = _read(path)
        if isinstance(document, dict):
            yield document


def _read(path: Path) -> Any:
    import yaml  # here, so that `motcua --help` does not pay for it

    try:
        return yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise WrongUsage(f"Không đọc được {path}: {reason}", f"Cannot read {path}: {reason}") from None


def _print_json(args: argparse.Namespace, limit: clock.Limit, deadline: clock.Deadline) -> None:
    answer = {
        "due": _iso(deadline.due_on),
        "due_at": _iso(deadline.due_at),
        "provisional": deadline.provisional,
        "derivation": [clock.say(line, args.lang) for line in deadline.lines],
        "state": deadline.state,
        "limit": {"value": limit.value, "unit": limit.unit.value},
        "original_due": _iso(deadline.original_due_on),
        "restarts": deadline.restarts,
        "calendar": args.calendar,
        "hours": args.hours,
        "lang": args.lang,
    }
    print(json.dumps(answer, ensure_ascii=False, indent=2))


def _iso(moment: Any) -> str | None:
    return None if moment is None else moment.isoformat()


def _print_words(args: argparse.Namespace, limit: clock.Limit, deadline: clock.Deadline) -> None:
    print(_headline(args.lang, deadline))
    print(_pick(args.lang, "Thời hạn: ", "Limit: ") + clock.say_limit(limit, args.lang))
    for line in deadline.lines:
        print("  · " + clock.say(line, args.lang))


def _headline(lang: str, deadline: clock.Deadline) -> str:
    if deadline.due_on is None:
        return _pick(
            lang, "Chưa có ngày hẹn trả: đồng hồ đang dừng.", "No due date yet: the clock is paused."
        )
    day, hour = clock.say_day(deadline.due_on, lang), f"{deadline.due_at:%H:%M}"
    told = _pick(lang, f"Hẹn trả: {day}, chậm nhất {hour}", f"Due: {day}, by {hour}")
    doubt = _pick(lang, " (tạm tính)", " (provisional)") if deadline.provisional else ""
    return f"{told}{doubt} · {deadline.due_on.isoformat()}"


def _pick(lang: str, vi: str, en: str) -> str:
    return vi if lang == "vi" else en


def main(argv: Sequence[str] | None = None) -> int:
    """Run this command alone: `python -m motcua.config.commands.due --received ... --limit ...`."""
    parser = argparse.ArgumentParser(prog="motcua")
    register(parser.add_subparsers(required=True))
    args = parser.parse_args([NAME, *(sys.argv[1:] if argv is None else argv)])
    return args.run(args)


if __name__ == "__main__":
    raise SystemExit(main())
