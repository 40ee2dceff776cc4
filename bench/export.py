"""What a list as a file costs: 2,000 dossiers with 190 columns, and a very long list as CSV.

    python bench/export.py [--rows 1000000] [--json]
    DATABASE_URL=postgres://… python bench/export.py       # an empty database

One process fills an installation with copies (dossiers, and for each the one row that says who may see it); a second
one, which has written small files before, writes the big ones and tells its first byte, its time, and by how much its
peak memory grew. Every row is read under the policy and noted in the access log, as on the site. Exit 0 when the wide
file takes at most 5 s, and the long one begins within 1 s and grows the process by at most 64 MB; else 1.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))
WIDE_ROWS, WIDE_COLUMNS = 2_000, 190
SECONDS_MOST, FIRST_MOST, GROWTH_MOST_MB = 5.0, 1.0, 64.0
BATCH = 2_000


def set_up() -> Any:
    """Django and the small city, in the installation of MOTCUA_VAR and DATABASE_URL."""
    from motcua.config import cli, static_files

    cli.set_up_django()
    from django.conf import settings
    from django.test.utils import setup_test_environment

    setup_test_environment()
    static_files.lay_out()
    logging.disable(logging.CRITICAL)
    unlimited = {n: 10**6 for n in type(settings.MOTCUA).model_fields if n.endswith("_per_minute")}
    settings.MOTCUA = settings.MOTCUA.model_copy(update=unlimited)


def wide_procedure() -> str:
    """A procedure that asks enough for a file of 190 columns."""
    from motcua.catalogue import queries as catalogue
    from motcua.dossiers.queries import columns
    from tests.dossiers import factories as make

    form = json.loads(json.dumps(catalogue.view_for(make.BUSINESS, make.AT).body["declaration"]))
    asked = sum(field["type"] != "note" for section in form["sections"] for field in section["fields"])
    more = WIDE_COLUMNS - asked - len(columns.CHOICES)
    fields = [
        {"id": f"more_{n}", "type": "text", "sensitivity": ("personal", "open")[n % 2],
         "label": {"vi": f"Câu hỏi thêm {n}", "en": f"Further question {n}"}, "required": False}
        for n in range(more)
    ]  # fmt: skip
    form["sections"].append({"id": "more", "title": {"vi": "Thêm", "en": "More"}, "fields": fields})
    return make.publish_like("wide-procedure", declaration=form)


def fill(rows: int) -> None:
    """Make the installation: the long list of one office, and the wide one."""
    set_up()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from motcua.dossiers.models import Dossier, DossierGrant
    from tests.dossiers import factories as make
    from tests.support.city import city
    from tests.support.scale import Archive

    here = city()
    slug = wide_procedure()
    archive = Archive.begin(here, open_now=0, own=0)
    done = archive.returned
    holder = f"office:{done.dossier.competent_agency_id}:process"
    wide = make.in_process(here, procedure=slug, **make.complete(make.BUSINESS))
    row = Dossier.objects.get(public_id=wide)
    said = {**row.answers_sealed, **{f"more_{n}": f"Câu trả lời số {n}" for n in range(0, 150, 2)}}
    Dossier.objects.filter(pk=row.pk).update(
        answers={**row.answers, **{f"more_{n}": f"Câu trả lời số {n}" for n in range(1, 150, 2)}},
        answers_sealed=said,
    )
    from tests.support.scale import Template

    template = Template.of(wide)
    for source, many in ((template, WIDE_ROWS - 1), (done, rows)):
        for first in range(0, many, BATCH):
            numbers = range(first, min(first + BATCH, many))
            party = archive._parties(1)[0]
            copies = Dossier.objects.bulk_create(archive._row(source, n % 900, party) for n in numbers)
            DossierGrant.objects.bulk_create(
                DossierGrant(dossier=c, holder=holder, role="process", reason="pool", todo=source is template,
                             sort_key=f"{c.pk:012d}")
                for c in copies
            )  # fmt: skip
            print(f"\r{numbers[-1] + 1:>9,} of {many:,} copied", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(json.dumps({"office": done.dossier.competent_agency_id, "procedure": row.procedure_id}))


def peak_mb() -> float:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write(client: Any, query: str, **more: Any) -> dict[str, float]:
    """One file: seconds to its first byte and to its last, its rows and size, growth of the peak in MB."""
    before, begun = peak_mb(), time.perf_counter()
    answer = client.post("/counter/tai-ve/tep/", {"query": query, **more})
    assert answer.status_code == 200, answer.status_code
    size, lines, first = 0, 0, 0.0
    for part in answer.streaming_content:
        first = first or time.perf_counter() - begun
        size, lines = size + len(part), lines + part.count(b"\r\n")
    return {
        "first_byte_seconds": round(first, 3),
        "seconds": round(time.perf_counter() - begun, 2),
        **({"rows": lines - 1} if more["dang"] == "csv" else {}),
        "megabytes": round(size / 1e6, 1),
        "grew_mb": round(peak_mb() - before, 1),
    }


def measure(office: int, procedure: int) -> None:
    """Write the files in a process that has written small ones before."""
    set_up()
    from motcua.accounts.models import Account
    from motcua.catalogue import queries as catalogue
    from motcua.dossiers.queries import columns
    from tests.support.officers import client_of

    client = client_of(Account.objects.get(login_name="processor"))
    slug = catalogue.by_ids([procedure])[procedure].slug
    keys = [choice.key for choice in columns.column_choices(slug)]
    tab = f"?tab={office}-process"
    for kind in ("csv", "xlsx"):
        write(client, "?tab=me", dang=kind)
    wide = {"cot": keys[:WIDE_COLUMNS]}
    # The long one first: what another one held at its peak would hide what this one takes.
    found = {
        "the long list as CSV": write(client, f"{tab}&all=1", dang="csv"),
        f"{WIDE_ROWS:,} x {len(wide['cot'])} as CSV": write(
            client, f"{tab}&procedure={procedure}", dang="csv", **wide
        ),
        f"{WIDE_ROWS:,} x {len(wide['cot'])} as Excel": write(
            client, f"{tab}&procedure={procedure}", dang="xlsx", **wide
        ),
    }
    print(json.dumps(found))


def child(environment: dict[str, str], *arguments: str) -> Any:
    """Run one half in a process of its own; the JSON it prints last."""
    done = subprocess.run(
        [sys.executable, __file__, *arguments], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--fill", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--measure", nargs=2, type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.fill is not None or args.measure:
        _ = fill(args.fill) if args.fill is not None else measure(*args.measure)
        return 0
    with tempfile.TemporaryDirectory(prefix="motcua-export-") as folder:
        environment = {**os.environ, "MOTCUA_VAR": folder, "PYTHONPATH": f"{HERE}/src:{HERE}"}
        made = child(environment, "--fill", str(args.rows))
        found = child(environment, "--measure", str(made["office"]), str(made["procedure"]))
    long, *wide = found.values()
    good = all(one["seconds"] <= SECONDS_MOST for one in wide)
    good = good and long["first_byte_seconds"] <= FIRST_MOST and long["grew_mb"] <= GROWTH_MOST_MB
    if args.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        for name, one in found.items():
            told = ", ".join(f"{key.replace('_', ' ')} {value:,}" for key, value in one.items())
            print(f"{name}: {told}")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
