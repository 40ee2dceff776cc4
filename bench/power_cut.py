"""The power is cut while results are signed in one act: each is signed once or not at all.

    python bench/power_cut.py [--documents 100] [--doors file,token,remote] [--seed 1] [--json]

An installation of its own (SQLite, or PostgreSQL by DATABASE_URL, an account that may create databases) gets so many
results that wait for a signature. A process signs them as one act; it is killed with SIGKILL after a random time, and
started again with the same act, until it ends by itself; at least one cut must have hit it. Afterwards every dossier
must be decided once, with one file that bears exactly one signature, valid; the journal must be whole and tell each
signature once. The key lies in a file, on a token (SoftHSM2) and in a remote service (the twin). Exit 0 when all of it
holds, else 1.
"""

from __future__ import annotations

import argparse
import glob
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))
PIN, TOKEN, LABEL = "246810", "UBND", "Lanh dao"
SHORTEST, LONGEST = 0.3, 2.5  # seconds of signing before the power goes
LONGER = 1.0  # after each cut the longest may be so much longer, so that the last run comes to its end
RUNS_MOST = 200


def set_up() -> Any:
    """Django in this process, for the installation that MOTCUA_VAR and DATABASE_URL name."""
    from motcua.config import cli

    cli.set_up_django()
    from tests.dossiers import factories

    return factories


def prepare(number: int, door: str) -> dict[str, Any]:
    """Lay the installation out; answers what `sign` needs."""
    make = set_up()
    import pytest  # noqa: F401  the city of the tests stands on it
    from django.conf import settings
    from django.core.management import call_command

    from motcua.agencies import queries as agencies
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.issuing import actions
    from motcua.signing import actions as signing
    from tests.support.city import COMMITTEE, city

    call_command("migrate", verbosity=0)
    town, office = city(), agencies.by_code(COMMITTEE)
    actions.grant_authority(
        new_act(system("bench"), at=make.AT, purpose="bench"), agency=office.public_id,
        account=town.accounts["signer"].pk, capacity="tm", body="Ủy ban nhân dân", own_title="Chủ tịch",
    )  # fmt: skip
    holder = {"name": town.accounts["signer"].display_name, "agency": office.name_vi[:64]}
    content, _serial = signing.issue_trial_key("government", holder, at=make.AT, password=PIN)
    (settings.MOTCUA.var / "signer.p12").write_bytes(content)
    place: dict[str, Any] = {"content": content}
    if door == "token":
        place = {"token": TOKEN, "label": LABEL}
        where = {**place, "module": str(settings.MOTCUA.token_module)}
        signing.put_trial_key_on_token(where, PIN, content, PIN)
    if door == "remote":
        place = {"credential": "lanh-dao", "user": "motcua", "password": "bench"}
        time.sleep(1.0)  # the twin takes the key as soon as it lies there
    key = actions.add_key(town.act("signer", make.AT), kind=door, place=place, secret=PIN)["key"]
    found = [make.drafted(town, procedure=make.BUSINESS) for _each in range(number)]
    return {"key": key, "items": found}


def sign(said: dict[str, Any], door: str) -> int:
    """Sign everything as one act; answers how many are signed."""
    make = set_up()
    from motcua.issuing import actions
    from tests.support.city import city

    town, at = city(), make.AT + timedelta(hours=1)
    print("begun", flush=True)
    code = ""
    if door == "remote":
        actions.ask_code(town.act("signer", at), key=said["key"], secret=PIN)
        with urllib.request.urlopen(f"{os.environ['TWIN']}/twin/codes", timeout=5) as answer:
            code = json.load(answer)["lanh-dao"]
    done = actions.sign_results(
        town.act("signer", at, "one-act"), items=[(each, None) for each in said["items"]], key=said["key"],
        secret=PIN, code=code,
    )  # fmt: skip
    return sum(each.kind == "done" for each in done)


def check(said: dict[str, Any]) -> dict[str, int]:
    """What became of it; all but `signed` must be nought."""
    make = set_up()
    from motcua.files import queries as files
    from motcua.foundation.journal.verify import verify
    from motcua.foundation.models import JournalLine
    from motcua.issuing.models import Issued
    from motcua.signing import queries as signing

    at = make.AT + timedelta(hours=2)
    rows = list(Issued.objects.select_related("signed", "dossier"))
    wrong = 0
    for row in rows:
        report = signing.check(b"".join(files.content(row.signed)), at=at)
        wrong += [each.state for each in report.signatures] != ["valid"]
    told = JournalLine.objects.filter(verb="issued.signed").count()
    open_ = sum(make.get(each).business_state != "result_ready" for each in said["items"])
    return {
        "signed": len({row.dossier_id for row in rows}),
        "twice": len(rows) - len({row.dossier_id for row in rows}),
        "not one valid signature": wrong,
        "not decided": open_,
        "told otherwise in the journal": abs(told - len(rows)),
        "findings in the journal": len(verify().findings),
    }


def twin() -> None:
    """Be the remote service; its key is the one that is laid into the installation."""
    from motcua.config import cli

    cli.set_up_django()
    from django.conf import settings

    from motcua.signing import actions as signing
    from motcua.signing.twins import csc
    from motcua.signing.twins.server import TwinServer

    with TwinServer(csc.Service("motcua", "bench")) as server:
        print(server.address, flush=True)
        file = settings.MOTCUA.var / "signer.p12"
        while not file.exists():
            time.sleep(0.05)
        time.sleep(0.2)
        server.service.add(csc.Credential("lanh-dao", signing.open_key(file.read_bytes(), PIN), PIN))
        print("added", flush=True)
        sys.stdin.read()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--doors", default="file,token,remote")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--be", default="", help=argparse.SUPPRESS)
    parser.add_argument("--door", default="file", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if not 1 <= args.documents <= 200:
        parser.error("--documents: 1 to 200, as many as one act signs")
    if args.be:
        said = json.loads(os.environ.get("SAID", "{}"))
        if args.be == "twin":
            twin()
        elif args.be == "prepare":
            print(json.dumps(prepare(args.documents, args.door)))
        elif args.be == "sign":
            print(sign(said, args.door))
        else:
            print(json.dumps(check(said)))
        return 0
    luck, told = random.Random(args.seed), {}  # noqa: S311  no secret: when the power goes
    for door in args.doors.split(","):
        with tempfile.TemporaryDirectory(prefix="motcua-power-") as folder:
            told[door] = one(door, args.documents, Path(folder), luck)
        if not args.json:
            print(
                f"{door}: " + ", ".join(f"{name} {value}" for name, value in told[door].items()), flush=True
            )
    good = all(
        row["signed"] == args.documents
        and row["cuts"] > 0
        and not any(v for k, v in row.items() if k not in ("signed", "cuts"))
        for row in told.values()
    )
    if args.json:
        print(json.dumps({"doors": told, "good": good}))
    return 0 if good else 1


def one(door: str, number: int, folder: Path, luck: random.Random) -> dict[str, int]:
    """One door: prepare, cut the power again and again, check."""
    given = {**os.environ, "MOTCUA_VAR": str(folder / "var"), "PYTHONPATH": f"{HERE}/src:{HERE}"}
    (folder / "var").mkdir()
    service = None
    if door == "token":
        (folder / "tokens").mkdir()
        conf = folder / "softhsm2.conf"
        conf.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n", "utf-8")
        module = [
            *glob.glob("/usr/lib/softhsm/libsofthsm2.so"),
            *glob.glob("/usr/lib/*/softhsm/libsofthsm2.so"),
        ]
        if not module:
            raise SystemExit("no SoftHSM2 here: apt install softhsm2")
        given |= {"SOFTHSM2_CONF": str(conf), "MOTCUA_TOKEN_MODULE": module[0]}
        words = ("--init-token", "--free", "--label", TOKEN, "--so-pin", "13579024", "--pin", PIN)
        subprocess.run(["softhsm2-util", *words], check=True, capture_output=True, env=given)
    if door == "remote":
        command = [sys.executable, __file__, "--be", "twin"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        service = subprocess.Popen(command, env=given, text=True, **pipes)  # type: ignore[call-overload]
        address = service.stdout.readline().strip()
        given |= {"MOTCUA_REMOTE_SIGNING_URL": address, "TWIN": address.replace("/csc/v1", "")}
    try:
        said = child("prepare", door, given, number)
        given["SAID"] = said
        cuts = 0
        while not signed(door, given, luck.uniform(SHORTEST, LONGEST + LONGER * cuts)) and cuts < RUNS_MOST:
            cuts += 1
        return {**json.loads(child("check", door, given, number)), "cuts": cuts}
    finally:
        if service is not None:
            service.kill()


def child(be: str, door: str, given: dict[str, str], number: int) -> str:
    command = [sys.executable, __file__, "--be", be, "--door", door, "--documents", str(number)]
    done = subprocess.run(command, env=given, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{be}: {done.stderr[-2000:]}")
    return done.stdout.strip().splitlines()[-1]


def signed(door: str, given: dict[str, str], seconds: float) -> bool:
    """One run of the signing process; True when it came to its end before the power went after so many seconds."""
    command = [sys.executable, __file__, "--be", "sign", "--door", door]
    process = subprocess.Popen(
        command, env=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    process.stdout.readline()  # begun
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    return process.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
