"""`motcua report ii06a|verify`: form II.06a of an agency and a month, closing it, and proving what is closed."""

import argparse
import json
import sys
from typing import Any

NAME = "report"
HELP = "Báo cáo II.06a: xem, chốt, đối chiếu / form II.06a: show, close, verify."
GOOD, FINDING, WRONG_USAGE = 0, 1, 2


def register(subparsers) -> None:
    """Add the command and its actions to the parser."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    actions = parser.add_subparsers(dest="action", metavar="ii06a|verify", required=True)
    text = "biểu II.06a/VPCP/KSTT của một cơ quan, một kỳ / form II.06a of an agency and a period"
    form = actions.add_parser("ii06a", help=text, description=text)
    form.add_argument("--period", required=True, metavar="2026-10", help="tháng của kỳ / the period's month")
    form.add_argument("--agency", required=True, metavar="CODE", help="mã cơ quan / the agency's code")
    form.add_argument(
        "--calendar",
        action="store_true",
        help="tháng dương lịch thay vì kỳ 15–14 / the calendar month, not the 15th to the 14th",
    )
    form.add_argument("--version", type=int, metavar="N", help="một bản đã chốt / one of the closed versions")
    form.add_argument("--close", action="store_true", help="chốt báo cáo / close the report")
    form.add_argument(
        "--reason", default="", help="lý do sửa báo cáo đã chốt / why a closed report is corrected"
    )
    form.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")
    text = "đối chiếu mọi báo cáo đã chốt với mã băm / compare every closed report with its hash"
    verify = actions.add_parser("verify", help=text, description=text)
    verify.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    """0: every check holds; 1: one does not, or the report cannot be closed; 2: no such agency or period."""
    from motcua.config.cli import set_up_django

    set_up_django()
    return _verify(args.json) if args.action == "verify" else _form(args)


def _form(args: argparse.Namespace) -> int:
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.foundation.errors import Invalid, NotFound, Refusal
    from motcua.foundation.time import now
    from motcua.reporting import actions, queries
    from motcua.reporting.rules import periods

    kind = periods.CALENDAR if args.calendar else periods.REPORT
    actor = system("command-line")
    try:
        office = queries.office_of(actor, args.agency)
        if args.close:
            act = new_act(actor, at=now(), purpose="close a period report")
            actions.close(act, agency=args.agency, label=args.period, kind=kind, reason=args.reason)
        found = queries.sheet(office, args.period, kind, version=args.version)
    except (NotFound, Invalid) as refusal:
        print(f"{refusal.sentence} {refusal.way_out}", file=sys.stderr)
        return WRONG_USAGE
    except Refusal as refusal:
        print(f"{refusal.sentence} {refusal.way_out}", file=sys.stderr)
        return FINDING
    if args.json:
        print(json.dumps(queries.told(found), ensure_ascii=False))
    else:
        _print(found)
    return GOOD if found.is_good else FINDING


def _print(found: Any) -> None:
    from motcua.reporting.rules import ii06a

    content, period = found.content, found.period
    print(f"{content['form']} · {content['agency']['vi']} · {period.first:%d/%m/%Y} – {period.last:%d/%m/%Y}")
    if found.report is None:
        print("Tạm tính, chưa chốt / not closed")
    else:
        print(f"Bản {found.report.version} · SHA-256 {found.report.hash}")
    print("".join(f"{column:>7}" for column in ii06a.COLUMNS) + "  ")
    for line in content["lines"]:
        figures = "".join(f"{line[f'c{column}']:>7}" for column in ii06a.COLUMNS)
        print(f"{figures}  {line['level']}: {line['name']['vi']}")
    print("".join(f"{content['total'][f'c{column}']:>7}" for column in ii06a.COLUMNS) + "  Tổng / total")
    for check in found.checks:
        if not check.holds:
            line = f"{check.level} {check.sector}".strip() or "total"
            print(f"{check.name}: {check.left} ≠ {check.right} ({line})", file=sys.stderr)


def _verify(as_json: bool) -> int:
    from motcua.reporting.queries import report_differences

    found = list(report_differences())
    if as_json:
        print(json.dumps({"good": not found, "differences": found}, ensure_ascii=False))
    else:
        for sentence in found:
            print(sentence, file=sys.stderr)
        print(f"{len(found)} sai khác / differences")
    return FINDING if found else GOOD
