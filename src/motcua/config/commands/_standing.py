"""What became of a result, for `motcua verify`: from a kept list, else from our own tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motcua.standing.rules import Entry

PROBLEMS = {
    "unreadable": "không phải danh sách thu hồi của Một Cửa / is no list of withdrawn results",
    "altered": "danh sách không đúng chữ ký / the signature of the list does not hold",
    "untrusted": "cần khóa tin cậy: --trust {key}? / a trusted key is needed",
}
SAID = {
    "unasked": {
        "vi": "Thu hồi, thay thế: chưa tra (thêm --list)",
        "en": "Withdrawn or replaced: not asked (add --list)",
    },
    "not_listed": {
        "vi": "Thu hồi, thay thế: không có trong danh sách",
        "en": "Withdrawn or replaced: not in the list",
    },
    "withdrawn": {
        "vi": "ĐÃ BỊ THU HỒI theo quyết định {decision} ngày {day}",
        "en": "WITHDRAWN by decision {decision} of {day}",
    },
    "replaced": {
        "vi": "ĐÃ ĐƯỢC THAY THẾ bằng {by} theo quyết định {decision} ngày {day}",
        "en": "REPLACED by {by}, decision {decision} of {day}",
    },
    "reinstated": {
        "vi": "Đã từng bị thu hồi, nay khôi phục hiệu lực theo quyết định {decision} ngày {day}",
        "en": "Was withdrawn, holds again by decision {decision} of {day}",
    },
}


class ListUnusable(Exception):
    """The list cannot be relied on; the text is a sentence, Vietnamese / English."""


@dataclass(frozen=True)
class Ruled:
    """`state` is a key of SAID; `number` and `at` say which list told so."""

    state: str
    entry: Entry | None = None
    number: int | None = None
    at: datetime | None = None

    @property
    def ended(self) -> bool:
        return self.entry is not None and self.entry.ended

    def sentence(self, lang: str) -> str:
        """The state in words, with the list that says so."""
        found = self.entry
        told = (
            {"decision": found.decision, "day": f"{found.decided_on:%d/%m/%Y}", "by": found.replaced_by}
            if found
            else {}
        )
        said = SAID[self.state][lang].format(**told)
        if self.at is None:
            return said
        what = {"vi": "danh sách số", "en": "list"}[lang]
        return f"{said} ({what} {self.number}, {self.at:%d/%m/%Y %H:%M %z})"

    def as_json(self) -> dict[str, Any]:
        found = self.entry
        entry = {**vars(found), "decided_on": found.decided_on.isoformat()} if found else None
        at = self.at.isoformat() if self.at else None
        return {"state": self.state, "entry": entry, "list": {"number": self.number, "at": at}}


def standing_of(
    content: bytes, sha256: str, path: str | None, trust: list[str] | None, *, own: bool
) -> Ruled:
    """What became of the result in `content`: by the list at `path`, else, with `own`, by our own tables.

    Raises ListUnusable, OSError.
    """
    from motcua.signing.rules import attached_record
    from motcua.standing import rules

    if path:
        try:
            held = rules.read_list(Path(path).read_bytes(), trust or ())
        except rules.ListProblem as problem:
            raise ListUnusable(f"{path}: {PROBLEMS[problem.code].format(key=problem.key)}") from problem
        entry = rules.entry_for(held.entries, sha256, attached_record(content), rules.signed_parts(content))
        return Ruled(entry.kind if entry else rules.NOT_LISTED, entry, held.number, held.at)
    if not own:
        return Ruled("unasked")
    from motcua.standing import queries

    if not _has_tables():
        return Ruled("unasked")
    entry = queries.ruling_about(sha256, attached_record(content), rules.signed_parts(content))
    return Ruled(entry.kind if entry else rules.NOT_LISTED, entry)


def _has_tables() -> bool:
    """Whether there is a database to ask: a file is verified on machines that have none, and none is made for that."""
    from django.conf import settings

    own = settings.DATABASES["default"]
    if "sqlite3" not in own["ENGINE"] or "memory" in str(own["NAME"]):
        return True
    return Path(own["NAME"]).exists()
