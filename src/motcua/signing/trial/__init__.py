"""A small certificate authority for trials and closed use: every name in it begins with “MÔ PHỎNG”.

It makes its keys at first use in the folder it is given, readable by one user only; no key is ever in the repository.
Law 20/2023/QH15 art. 22 knows two kinds of authorities, so there are two trees: `government` (the roots of officials)
and `public` (those of citizens and firms).
"""

from motcua.signing.trial.authority import (
    MARK,
    NAME_MAX,
    TREES,
    Authority,
    NotOurCertificate,
    Person,
    open_authority,
)
from motcua.signing.trial.ocsp import answer as ocsp_answer
from motcua.signing.trial.timestamps import stamp

__all__ = [
    "MARK",
    "NAME_MAX",
    "TREES",
    "Authority",
    "NotOurCertificate",
    "Person",
    "ocsp_answer",
    "open_authority",
    "stamp",
]
