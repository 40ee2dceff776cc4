"""The result of a dossier for whoever owns it: granted or denied, its number, its file, how it reaches the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.rules import ProcedureView
from motcua.dossiers import rules
from motcua.foundation.ui.words import say_moment
from motcua.kernel.text import Bilingual


@dataclass(frozen=True)
class Outcome:
    """What the page shows; "" where there is nothing to say."""

    granted: bool
    title: str
    name: Bilingual
    number: str
    signed: str
    way: str
    file: str  # the address of the file, once it may be taken
    file_name: str


def outcome_of(
    dossier: Any, view: ProcedureView, *, receiver: str, file_href: str, language: str
) -> Outcome | None:
    """The result of a resolved dossier, None before it is signed. `file_href` is "" while no file may be taken."""
    if dossier.business_state not in rules.RESOLVED or dossier.resolved_at is None:
        return None
    granted = dossier.outcome != "denied"
    return Outcome(
        granted=granted,
        title=_("Được giải quyết") if granted else _("Không được chấp thuận"),
        name=view.result_name if granted else Bilingual(""),
        number=dossier.result_number,
        signed=say_moment(dossier.resolved_at, language),
        way=_way(dossier, receiver or _("Bộ phận một cửa"), language),
        file=file_href,
        file_name=dossier.result_file.name if file_href and dossier.result_file else "",
    )


def _way(dossier: Any, receiver: str, language: str) -> str:
    at = say_moment(dossier.returned_at, language) if dossier.returned_at else ""
    handed = {
        rules.Delivery.HANDED_OVER: _("Đã trả tại {receiver}, {at}"),
        rules.Delivery.POSTED: _("Đã gửi qua bưu điện từ {receiver}, {at}"),
        rules.Delivery.ELECTRONIC: _("Đã trả bản điện tử, {at}"),
    }.get(dossier.delivery_state)
    if at:
        return (handed or _("Đã trả, {at}")).format(receiver=receiver, at=at)
    if dossier.delivery_state == rules.Delivery.TO_SEAL:
        return _("Đang cấp số và đóng dấu; sau đó nhận tại {receiver}.").format(receiver=receiver)
    return _("Nhận tại {receiver}. Mang theo thẻ căn cước và giấy tiếp nhận (nếu có).").format(
        receiver=receiver
    )
