"""How much of a full declaration the reading of its paper form finds.

    python bench/read_forms.py [--json]

The forms are laid out as the official ones (tests/support/paper_forms.py); each is read without the vocabulary of
its own declaration. Exit 0 when nine in ten of the questions that the papers ask have the right type, else 1.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))
SHARE_LEAST = 0.9


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings_for_tests")
    import django

    django.setup()
    from tests.editing.docx_forms import declarations, measure
    from tests.support.paper_forms import FORMS

    rows = {}
    for key in FORMS:
        measure(key)  # the packs are read once, outside the time told
        begun = time.perf_counter()
        found = asdict(measure(key))
        pack = sum(len(section["fields"]) for section in declarations()[key]["sections"])
        rows[key] = {**found, "in_pack": pack, "milliseconds": round(1000 * (time.perf_counter() - begun))}
    asked, typed = (sum(row[name] for row in rows.values()) for name in ("asked", "typed"))
    good = typed >= SHARE_LEAST * asked
    if given.json:
        print(json.dumps({"forms": rows, "share": round(typed / asked, 3), "good": good}, ensure_ascii=False))
        return 0 if good else 1
    print(
        f"{'form':34} {'in pack':>8} {'asked':>6} {'found':>6} {'type':>6} {'id':>4} {'ms':>5}  without the right type"
    )
    for key, row in rows.items():
        numbers = f"{row['in_pack']:8} {row['asked']:6} {row['found']:6} {row['typed']:6} {row['named']:4}"
        print(f"{key:34} {numbers} {row['milliseconds']:5}  {', '.join(row['missed'])}")
    print(f"right type: {typed} of {asked} ({typed / asked:.0%})")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
