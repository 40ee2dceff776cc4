"""The journal: one line for every act, written in the transaction of the change, chained by hashes per subject.

    line = record(act, "dossier.received", "dossier:7K3…", facts={"code": "H49…"}, personal={"applicant": "…"})

`chain` holds the versioned format, `verify` finds what was changed. What only sealing can detect is said in
docs/operating/journal.md. Reading personal data is logged elsewhere (`motcua.foundation.access`).
"""

from motcua.foundation.journal.many import record_many
from motcua.foundation.journal.write import erase_personal, record

__all__ = ["erase_personal", "record", "record_many"]
