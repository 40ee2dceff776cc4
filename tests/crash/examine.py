"""Looks an installation over after the kills and prints, as JSON, everything that is not as it must be.

Run as a process of its own: `python -m tests.crash.examine`, the acknowledged acts as JSON on standard input.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator

from motcua.config.cli import set_up_django

# What the journal calls each step of the client. An act may write other lines besides, of persons for one.
WRITTEN = {
    "start": "draft_started",
    "save": "draft_saved",
    "submit": "submit",
    "receive": "receive",
    "transfer": "transfer",
}


def unkept(acknowledged: dict) -> Iterator[str]:
    """Acts that somebody was told are done, and that are not there, or not once, or otherwise than told."""
    from motcua.dossiers.models import Dossier
    from motcua.foundation.models import ActRecord, JournalLine

    for key, told in acknowledged.items():
        kept = list(ActRecord.objects.filter(caller=told["caller"], act_id=key))
        lines = JournalLine.objects.filter(
            actor=told["caller"], act_id=key, verb=f"dossier.{WRITTEN[told['step']]}"
        )
        if len(kept) != 1 or lines.count() != 1:
            yield f"{key}: {len(kept)} records, {lines.count()} lines of the journal"
            continue
        if any(kept[0].result[name] != told[name] for name in ("dossier", "code", "revision")):
            yield f"{key}: kept otherwise than told"
        if not Dossier.objects.filter(public_id=told["dossier"], code=told["final_code"]).exists():
            yield f"{key}: its dossier is gone or has another code"


def doubled(acknowledged: dict) -> Iterator[str]:
    """Dossiers of the filing account beyond those it was told of."""
    from motcua.dossiers.models import Dossier

    callers = {told["caller"] for told in acknowledged.values() if told["step"] == "start"}
    mine = Dossier.objects.filter(filer_id__in=[int(caller.split(":")[1]) for caller in callers]).count()
    told = len({each["dossier"] for each in acknowledged.values()})
    if mine != told:
        yield f"{mine} dossiers of the filer, {told} were acknowledged"


def undelivered() -> Iterator[str]:
    """Deliveries that are not done, done out of order for their subject, missing, or put in twice."""
    from motcua.dossiers import rules
    from motcua.dossiers.events import DossierMoved
    from motcua.foundation import events
    from motcua.foundation.models import Delivery, JournalLine

    for row in Delivery.objects.exclude(state="done"):
        yield f"{row}: {row.state} after {row.attempts} attempts {row.last_error[-200:]}"
    runs = defaultdict(list)
    rows = Delivery.objects.filter(subject__startswith="dossier:").order_by("done_at", "pk")
    for handler, subject, seq in rows.values_list("handler", "subject", "seq"):
        runs[handler, subject].append(seq)
    for (handler, subject), seqs in runs.items():
        if seqs != sorted(set(seqs)):
            yield f"{handler} {subject}: heard in the order {seqs}"
    moves = {f"dossier.{verb}": verb for _state, verb in rules.MOVES}
    wanted = [h for h in events.handlers_of(DossierMoved) if h.only is None]
    for subject, seq in JournalLine.objects.filter(verb__in=moves).values_list("chain", "seq"):
        for handler in wanted:
            if seq not in runs[handler.name, subject]:
                yield f"{handler.name} never heard of {subject}#{seq}"


def gaps() -> Iterator[str]:
    """Legal codes that leave a number out, or end elsewhere than the allocator stands."""
    from motcua.dossiers.models import Dossier, Serial
    from motcua.kernel.identifiers import parse_dossier_code

    found = defaultdict(list)
    for agency, code in Dossier.objects.exclude(code=None).values_list("received_by", "code"):
        parsed = parse_dossier_code(code)
        found[agency, parsed.day].append(parsed.serial)
    for (agency, day), serials in found.items():
        last = Serial.objects.get(agency=agency, day=day).last
        if sorted(serials) != list(range(1, last + 1)):
            yield f"agency {agency} on {day}: {sorted(serials)}, the allocator stands at {last}"


def main() -> None:
    acknowledged = json.load(sys.stdin)
    set_up_django()
    from motcua.foundation import policy
    from motcua.foundation.journal.verify import verify

    report = verify()
    found = [*unkept(acknowledged), *doubled(acknowledged), *undelivered(), *gaps(), *policy.differences()]
    found += [str(finding) for finding in report.findings]
    print(json.dumps({"found": found, "journal": report.good, "lines": report.lines}, ensure_ascii=False))


if __name__ == "__main__":
    main()
