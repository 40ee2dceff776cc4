"""Hanoi on 1 July 2025: 30 districts end with 40,000 dossiers open; how long it takes, and whether anything is lost.

    python bench/reorganise.py [--dossiers 40000] [--chunk 500] [--json]
    DATABASE_URL=postgres://… python bench/reorganise.py       # an empty database of its own

Fills an installation with open dossiers of the districts, looks at the preview, decides what is ambiguous by rules,
applies in a process of its own, which is killed (`kill -9`) in the middle and started again while officers go on
working, proves rights, due dates, figures and journal, lets people work on some, and takes all back. Exit 0 when
applying took less than 60 s and nothing was found, else 1.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))
KEY = "two-tier-2025"
LAYERS = ["national", "hanoi"]
LIMIT_SECONDS = 60
RECEIVED_AT = datetime(2025, 6, 24, 2, 0, tzinfo=UTC)  # Tuesday, 09:00 in Viet Nam
THE_DAY = datetime(2025, 6, 30, 17, 5, tzinfo=UTC)  # 1 July, 00:05 in Viet Nam
DOWN, UP = "household-business-change", "environmental-permit"
ROLES = ("receptionist", "processor", "head", "signer")
TOUCHED = 50  # dossiers that people work on between applying and undoing
KILLED_AFTER = 10  # chunks
WORKED_MEANWHILE = 40


def set_up() -> None:
    from motcua.config import cli

    cli.set_up_django()
    logging.disable(logging.CRITICAL)


def publish() -> None:
    """The packs of the nation and of Hanoi, as they are in the checkout."""
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.foundation.packs import documents_of, store

    keep = {DOWN, UP}
    found = store.assemble(documents_of(LAYERS))
    wanted = [d for d in found if d["kind"] != "procedures" or d["key"] in keep]
    at = datetime(2025, 1, 2, 1, 0, tzinfo=UTC)
    store.take_in(new_act(system("bench"), at=at, purpose="bench"), documents=wanted)
    store.publish_all(new_act(system("bench"), at=at, purpose="bench"))


def appoint() -> dict[tuple[str, str], Any]:
    """One account for each role at each district: (agency code, role) -> account."""
    from motcua.accounts import actions as account_actions
    from motcua.accounts import queries as accounts
    from motcua.agencies import actions as agency_actions
    from motcua.agencies import queries as agencies
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act

    at = datetime(2025, 1, 3, 1, 0, tzinfo=UTC)

    def act() -> Any:
        return new_act(system("bench"), at=at, purpose="bench")

    encoded = account_actions.encoded_password("Tre-Song-Vang-Mua-4821", act())
    found = {}
    for office in agencies.offices(RECEIVED_AT.date(), kind="district"):
        for role in ROLES:
            name = f"{role}-{office.code}"
            made = account_actions.create_account(
                act(), login_name=name, display_name=name, kind="officer", password=encoded
            )
            agency_actions.appoint(act(), account=made["account"], agency=office.public_id, role=role)
            found[office.code, role] = accounts.account_by_login(name)
    return found


def templates(people: dict[tuple[str, str], Any]) -> list[Any]:
    """Dossiers of one district brought to every open state by the real actions."""
    from motcua.dossiers import actions, queries
    from motcua.foundation.actors import actor_for_account
    from motcua.foundation.acts import new_act
    from tests.dossiers.factories import ITEMS, PERSON, REASON
    from tests.support.scale import Template

    code = "hn-quan-ba-dinh"

    def act(role: str, minutes: int = 0) -> Any:
        at, account = RECEIVED_AT + timedelta(minutes=minutes), people[code, role]
        return new_act(
            actor_for_account(account.pk, at=at, label=account.display_name), at=at, purpose="bench"
        )

    def taken_in(procedure: str, **more: Any) -> str:
        answers = {**PERSON, "request_content": "Đề nghị giải quyết"}
        if procedure == UP:
            company = {"organisation_name": "Công ty Thử", "organisation_tax_code": "0100109106"}
            answers |= {"applicant_kind": "organisation", **company}
        done = actions.take_in(
            act("receptionist"), procedure=procedure, agency=code, answers=answers, papers=[], **more
        )
        return done["dossier"]

    found = []
    for procedure in (DOWN, UP):
        found.append(taken_in(procedure, transfer_now=True))
    found.append(taken_in(DOWN, receive_now=False))
    found.append(taken_in(DOWN))
    asked = taken_in(DOWN, transfer_now=True)
    actions.ask_supplement(act("processor", 5), dossier=asked, items=ITEMS, reason=REASON)
    waits = taken_in(DOWN, transfer_now=True)
    actions.ask_payment(act("processor", 5), dossier=waits, reason="Nộp thuế thu nhập cá nhân")
    drafted = taken_in(DOWN, transfer_now=True)
    for _ in range(queries.steps_before_signing(drafted)):
        actions.advance(act("processor", 5), dossier=drafted)
    actions.draft_result(act("processor", 6), dossier=drafted, outcome="granted", note="")
    ready = taken_in(DOWN, transfer_now=True)
    for _ in range(queries.steps_before_signing(ready)):
        actions.advance(act("processor", 5), dossier=ready)
    actions.draft_result(act("processor", 6), dossier=ready, outcome="granted", note="")
    actions.approve(act("signer", 7), dossier=ready, number="15/GCN")
    return [Template.of(each) for each in (*found, asked, waits, drafted, ready)]


def fill(count: int, people: dict[tuple[str, str], Any]) -> int:
    """Open dossiers of all districts, over all their former communes; one in forty declares no address."""
    from motcua.agencies import queries as agencies
    from tests.support.open_dossiers import Wanted, copies

    made = templates(people)
    in_process, rest = made[:2], made[2:]
    districts = agencies.offices(RECEIVED_AT.date(), kind="district")
    former = {
        d.code: [a.code for a in agencies.areas(RECEIVED_AT.date(), parent=d.area_code)] for d in districts
    }

    def wanted() -> Any:
        for number in range(count - len(made)):
            office = districts[number % len(districts)]
            turn = number // len(districts)
            template = rest[turn % len(rest)] if turn % 3 == 0 else in_process[turn % 5 == 0]
            places = former[office.code]
            area = "" if turn % 40 == 7 or not places else places[turn % len(places)]
            mine = template in in_process and turn % 2
            desk = people[office.code, "processor"].pk if mine else None
            yield Wanted(template, office.id, area, desk)

    return len(made) + copies(wanted(), lambda n: say(f"  {n} dossiers"))


def decisions(told: dict) -> list[dict]:
    """What is ambiguous goes by rule to the first of its places, and positions to the first successor."""
    found: dict[tuple, dict] = {}
    for row in told["ambiguous"]:
        key = (row["from"], row["declared"])
        found.setdefault(key, {"kind": "rule", "from": key[0], "area": key[1], "to": row["options"][0]})
    for row in told["positions"]:
        first = row["options"][0]
        to = f"{first}-centre" if row["role"] == "receptionist" else first
        key = (row["from"], row["role"], "position")
        found.setdefault(key, {"kind": "position", "from": row["from"], "role": row["role"], "to": to})
    # a successor to which nobody was sent still needs somebody who works there
    sent = {one["to"] for one in found.values() if one["kind"] == "position"}
    from motcua.agencies import queries as agencies

    for office in told["numbering"]:
        for code in office["successors"]:
            for role in ("processor", "signer"):
                if code not in sent:
                    key = (office["from"], role, code)
                    found[key] = {"kind": "position", "from": office["from"], "role": role, "to": code}
            centre = agencies.by_code(f"{code}-centre")
            if centre is not None and centre.code not in sent:
                key = (office["from"], "receptionist", centre.code)
                found[key] = {
                    "kind": "position",
                    "from": office["from"],
                    "role": "receptionist",
                    "to": centre.code,
                }
            sent |= {code, f"{code}-centre"}
    for code, role in (("hn-ttpvhcc", "receptionist"), ("hn-so-nong-nghiep-va-moi-truong", "processor")):
        found[code,] = {"kind": "position", "from": told["numbering"][0]["from"], "role": role, "to": code}
    return list(found.values())


def snapshot() -> dict[int, tuple]:
    """What must not change, of every dossier."""
    from motcua.dossiers.models import Dossier

    columns = ("pk", "code", "due_on", "due_at", "first_due_on", "business_state", "received_at", "step")
    return {pk: tuple(rest) for pk, *rest in Dossier.objects.values_list(*columns).iterator(5000)}


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def child_apply(chunk: int) -> None:
    """Be the process that applies: a line for each chunk, the answer at the end."""
    from motcua.foundation.actors import system
    from motcua.reorganisation import actions

    begun = time.monotonic()

    def clock() -> datetime:
        return THE_DAY + timedelta(seconds=time.monotonic() - begun)

    def tell(done: dict) -> None:
        print(json.dumps(done), flush=True)

    gc.freeze()  # as `motcua reorganise apply` does
    done = actions.apply(system("command"), KEY, clock, chunk=chunk, tell=tell)
    print(json.dumps({**done, "cpu_seconds": round(time.process_time(), 1)}), flush=True)


def applied(chunk: int, kill_after: int) -> tuple[float, list[dict]]:
    """Run the applying process, killed after so many chunks (0: never); seconds and what it said."""
    begun = time.monotonic()
    command = [sys.executable, __file__, "--child", "apply", "--chunk", str(chunk)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(json.loads(line))
        if kill_after and len(said) == kill_after:
            process.send_signal(signal.SIGKILL)
    process.wait()
    if process.returncode not in (0, -signal.SIGKILL):
        raise SystemExit(f"the applying process ended with {process.returncode}")
    return time.monotonic() - begun, said


def child_work() -> None:
    """Be officers who go on working: take what lies in the pool of whoever has it now; tell the longest wait."""
    from motcua.agencies import queries as agencies
    from motcua.dossiers import actions
    from motcua.dossiers.models import Dossier
    from motcua.foundation.actors import actor_for_account
    from motcua.foundation.acts import new_act
    from motcua.foundation.errors import Refusal

    keys = list(
        Dossier.objects.filter(business_state="in_process").order_by("-pk").values_list("pk", flat=True)
    )
    done, refused, longest = 0, 0, 0.0
    for key in keys[:: max(1, len(keys) // WORKED_MEANWHILE)][:WORKED_MEANWHILE]:
        row = Dossier.objects.get(pk=key)
        held = agencies.holders_at([row.competent_agency_id], THE_DAY + timedelta(minutes=5), "processor")
        begun = time.monotonic()
        try:
            at = THE_DAY + timedelta(minutes=5)
            actor = actor_for_account(held[0].account_id, at=at)
            actions.take(new_act(actor, at=at, purpose="bench"), dossier=row.public_id)
            done += 1
        except (Refusal, IndexError):
            refused += 1
        longest = max(longest, time.monotonic() - begun)
        time.sleep(0.2)
    print(json.dumps({"done": done, "refused": refused, "longest_seconds": round(longest, 2)}), flush=True)


def proofs() -> dict[str, Any]:
    """Rights, due dates and figures against their rules, and the journal: how many findings, and how long it took."""
    from motcua.foundation import policy
    from motcua.foundation.journal.verify import verify

    begun = time.monotonic()
    rows = list(policy.differences())
    report = verify()
    for sentence in [*rows[:5], *map(str, report.findings[:5])]:
        say(f"  found: {sentence}")
    return {
        "differences": len(rows),
        "journal_findings": len(report.findings),
        "lines": report.lines,
        "seconds": round(time.monotonic() - begun, 1),
    }


def sees(people: dict[tuple[str, str], Any], at: datetime) -> dict[str, int]:
    """How many open, unresolved dossiers a processor of a district sees by her offices."""
    from motcua.dossiers import queries
    from motcua.foundation.actors import actor_for_account

    code = "hn-quan-ba-dinh"
    actor = actor_for_account(people[code, "processor"].pk, at=at)
    rows = queries.visible_to(actor).filter(resolved_at=None, closed_at=None)
    from motcua.agencies import queries as agencies

    old = agencies.by_code(code).id
    return {"of_the_district": rows.filter(competent_agency=old).count(), "of_the_successor": rows.exclude(
        competent_agency=old).count()}  # fmt: skip


def touch(count: int) -> list[str]:
    """Officers of the successors take some dossiers."""
    from motcua.agencies import queries as agencies
    from motcua.dossiers import actions
    from motcua.dossiers.models import Dossier
    from motcua.foundation.actors import actor_for_account
    from motcua.foundation.acts import new_act

    at = THE_DAY + timedelta(hours=9)
    found = []
    for row in Dossier.objects.filter(business_state="in_process").order_by("pk")[10 : 10 + count]:
        (held, *_) = agencies.holders_at([row.competent_agency_id], at, "processor")
        act = new_act(actor_for_account(held.account_id, at=at), at=at, purpose="bench")
        actions.take(act, dossier=row.public_id)
        found.append(row.public_id)
    return found


def measure(count: int, chunk: int) -> dict[str, Any]:
    """The whole story, as figures."""
    from django.core.management import call_command
    from django.db import connection

    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.operations import actions as operations
    from motcua.reorganisation import actions, queries

    call_command("migrate", verbosity=0)
    begun = time.monotonic()
    publish()
    people = appoint()
    told: dict[str, Any] = {"database": connection.vendor, "chunk": chunk}
    told["dossiers"] = fill(count, people)
    operations.rebuild(new_act(system("bench"), at=RECEIVED_AT, purpose="bench"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    told["filled_seconds"] = round(time.monotonic() - begun, 1)
    say("proofs before")
    told["before"] = proofs()
    before = snapshot()
    begun = time.monotonic()
    preview = queries.preview(KEY, THE_DAY)
    told["preview"] = {
        "seconds": round(time.monotonic() - begun, 1), **preview["dossiers"],
        "directions": len(preview["moves"]), "positions": len(preview["positions"]),
    }  # fmt: skip
    ruled = decisions(preview)
    act = new_act(system("bench"), at=THE_DAY, purpose="bench")
    told["decisions"] = actions.decide(act, key=KEY, decisions=ruled)["decided"]
    told["sees_before"] = sees(people, THE_DAY)
    say("applying, killed in the middle, while people work")
    connection.close()
    worker = subprocess.Popen(
        [sys.executable, __file__, "--child", "work"], stdout=subprocess.PIPE, text=True
    )
    first, said = applied(chunk, KILLED_AFTER)
    moved = sum(each.get("moved", 0) for each in said)
    second, more = applied(chunk, 0)
    told["apply"] = {
        "seconds": round(first + second, 1), "killed_after_dossiers": moved, "moved": more[-1]["moved"],
        "cpu_seconds_after_the_kill": more[-1]["cpu_seconds"],
        "undecided": more[-1]["undecided"], "positions_ended": more[-1]["positions"], "closed": more[-1]["closed"],
    }  # fmt: skip
    told["work_meanwhile"] = json.loads(worker.communicate()[0])
    say("proofs after")
    after = snapshot()
    told["changed"] = sum(before[pk] != after[pk] for pk in before)
    told["orphans"] = {
        "without_agency_or_desk": queries.stragglers(THE_DAY + timedelta(minutes=1)).count,
        "without_holder": sum(queries.unheld(THE_DAY + timedelta(minutes=10)).values()),
    }
    told["sees_after"] = sees(people, THE_DAY + timedelta(minutes=10))
    told["after"] = proofs()
    told["touched"] = len(touch(TOUCHED))
    say("undoing")
    begun = time.monotonic()
    undone = actions.undo(system("command"), KEY, lambda: THE_DAY + timedelta(hours=10), chunk=chunk)
    told["undo"] = {"seconds": round(time.monotonic() - begun, 1), **undone}
    told["undo"].pop("run")
    told["changed_by_undo"] = sum(before[pk] != row for pk, row in snapshot().items())
    told["after_undo"] = proofs()
    told["good"] = (
        told["apply"]["seconds"] < LIMIT_SECONDS
        and told["apply"]["closed"]
        and told["changed"] == told["changed_by_undo"] == 0
        and not any(told["orphans"].values())
        and not any(told[name][what] for name in ("before", "after", "after_undo")
                    for what in ("differences", "journal_findings"))
    )  # fmt: skip
    return told


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--dossiers", type=int, default=40_000)
    parser.add_argument("--chunk", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", choices=("apply", "work"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        set_up()
        child_apply(args.chunk) if args.child == "apply" else child_work()
        return 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MOTCUA_VAR"] = folder
        os.environ["PYTHONPATH"] = f"{HERE}/src:{HERE}"
        set_up()
        told = measure(args.dossiers, args.chunk)
    print(json.dumps(told, ensure_ascii=False, indent=None if args.json else 1))
    return 0 if told["good"] else 1


if __name__ == "__main__":
    sys.exit(main())
