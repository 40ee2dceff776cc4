"""The board of procedures: how far each has come, what comes next."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.editing import actions, board, queries
from motcua.editing.board import Asked
from motcua.editing.board_words import LEVELS, PROOFS, STAGE_WORDS, level_words, proof_words, stage_words
from motcua.editing.rules.board import FAULTY, STAGES, UNPROVED, USED, USED_DAYS
from motcua.foundation import limits
from motcua.foundation.api import cursor, read_cursor
from motcua.foundation.doors import actor_of, administrators, officers
from motcua.foundation.forms import act_of
from motcua.foundation.tables import KINDS, Column, Table, download
from motcua.foundation.time import local_date, now
from motcua.foundation.ui.controls import page_language

READERS = ("administrator", "head", "leader")
LED_BY = ("head", "leader")  # who may open the dossiers behind a figure; an administrator sees none
FILES_PER_MINUTE = 10
FILE_WORDS = {"xlsx": "Excel", "csv": "CSV"}
CURSOR = "editing.board"


def asked(request: HttpRequest) -> Asked:
    """What the address asks for; what it cannot mean is left out."""
    given = {name: request.GET.get(name, "").strip() for name in ("stage", "proof", "sector", "level")}
    known = {"stage": STAGES, "proof": tuple(PROOFS), "level": tuple(LEVELS)}
    kept = {name: value for name, value in given.items() if value in known.get(name, (value[:120],))}
    return Asked(**kept, text=" ".join(request.GET.get("q", "").replace("\0", " ").split())[:200])


def address(wanted: Asked, name: str = "board", **more: str) -> str:
    """The address of a page of the board, asked for the same."""
    query = {("q" if key == "text" else key): value for key, value in wanted.query().items()}
    told = urlencode({**query, **{key: value for key, value in more.items() if value}})
    return reverse(f"editing:{name}") + (f"?{told}" if told else "")


@officers(*READERS)
@never_cache
@require_safe
def board_page(request: HttpRequest) -> HttpResponse:
    """Every procedure with its stage. GET: stage, proof, sector, level, q; after (a place in the list)."""
    wanted, at = asked(request), now()
    place = read_cursor(CURSOR, request.GET.get("after"), str, int)
    found = board.page(wanted, at, after=(place[0], place[1]) if place else None, limit=board.PAGE + 1)
    shown, more = found[: board.PAGE], len(found) > board.PAGE
    counts = board.counts(wanted, at)
    language = page_language()
    edits = queries.may_edit(actor_of(request))
    context = {
        "asked": wanted,
        "at": at,
        "tiles": _tiles(wanted, counts),
        "rows": [_shown(row, language, edits=edits) for row in shown],
        "edits": edits,
        "total": _total(wanted, counts),
        "next": address(wanted, after=cursor(CURSOR, *shown[-1].place)) if more else "",
        "first": address(wanted) if place else "",
        "files": [(words, address(wanted, "board_file", dang=kind)) for kind, words in FILE_WORDS.items()],
        "sectors": [("", _("Tất cả"))] + [(s.key, s.name_en if language == "en" and s.name_en else s.name_vi)
                                           for s in catalogue.sectors()],
        "levels": [("", _("Tất cả")), *((key, str(words)) for key, words in LEVELS.items())],
        "stages": [("", _("Tất cả")), *((key, str(words)) for key, words in STAGE_WORDS.items())],
        "proofs": [("", _("Tất cả")), *((key, str(words)) for key, words in PROOFS.items())],
        "act_id": secrets.token_hex(12),
        "here": address(wanted, after=request.GET.get("after", "")),
    }  # fmt: skip
    return render(request, "editing/board.html", context)


def _total(wanted: Asked, counts: dict[str, int]) -> int | None:
    """How many rows the list has, where the counts tell it."""
    if wanted.stage and wanted.proof:
        return None
    return counts[wanted.stage or wanted.proof or "all"]


def _tiles(wanted: Asked, counts: dict[str, int]) -> list[dict[str, Any]]:
    """The figures, each leading to its rows."""
    whole = replace(wanted, stage="", proof="")
    tiles = [
        {
            "label": words,
            "value": counts[key],
            "href": address(replace(whole, stage=key)),
            "on": wanted.stage == key,
        }
        for key, words in STAGE_WORDS.items()
    ]
    worry = [(_("Đang dùng, chưa chứng minh"), "used_unproved", replace(whole, stage=USED, proof=UNPROVED))]
    worry.append((_("Chứng minh thấy lỗi"), FAULTY, replace(whole, proof=FAULTY)))
    for label, key, to in worry:
        if counts[key]:
            tiles.append({"label": label, "value": counts[key], "href": address(to), "on": to == wanted})
    return tiles


def _shown(row: board.Row, language: str, *, edits: bool) -> dict[str, Any]:
    return {
        "row": row,
        "name": {"vi": row.name_vi, "en": row.name_en},
        "stage": stage_words(row.stage),
        "form": "" if row.own_form is None else (_("tờ khai riêng") if row.own_form else _("tờ khai chung")),
        "steps": ngettext("%(n)d bước", "%(n)d bước", row.steps) % {"n": row.steps},
        "proof": proof_words(row.proof),
        "level": level_words(row.level),
        "href": reverse("editing:board_one", args=[row.slug]),
        "docx": reverse("editing:docx") + "?" + urlencode({"procedure": row.slug}) if edits else "",
    }


@officers(*READERS)
@never_cache
@require_safe
def board_one(request: HttpRequest, slug: str) -> HttpResponse:
    """One procedure: what it has, what the prover said, and which agencies received dossiers lately."""
    procedure, at = catalogue.by_slug(slug), now()
    row = board.one(procedure.pk, at)
    actor = actor_of(request)
    context = {
        **_shown(row, page_language(), edits=queries.may_edit(actor)),
        "legal_name": procedure.name_vi,
        "proof_kept": board.proof_of(procedure.version_id),
        "language": page_language(),
        "agencies": _agencies(row, actor, at),
        "days": USED_DAYS,
        "edits": queries.may_edit(actor),
        "act_id": secrets.token_hex(12),
    }
    return render(request, "editing/board_one.html", context)


def _agencies(row: board.Row, actor: Any, at: datetime) -> list[dict[str, Any]]:
    told = board.used_by_agency(row.id, at)
    mine = agencies.below(actor.agencies(*LED_BY)) if actor.has_role(*LED_BY) else frozenset()
    today = local_date(at)
    period = {"p": "range", "from": (today - timedelta(days=USED_DAYS)).isoformat(), "to": today.isoformat()}
    found = []
    for agency, number in told:
        office = agencies.office(agency)  # from memory
        if office is None:
            continue
        query = urlencode({**period, "agency": office.code, "procedure": row.slug})
        href = reverse("operations:rows", args=["received"]) + f"?{query}" if agency in mine else ""
        found.append({"name": office.name(page_language()), "found": number, "href": href})
    return found


@officers(*READERS)
@never_cache
@require_safe
def board_file(request: HttpRequest) -> HttpResponse:
    """The whole list as a file; GET as the page, dang (csv, xlsx)."""
    limits.demand(f"editing.board:{actor_of(request).key}", per_minute=FILES_PER_MINUTE)
    kind = request.GET.get("dang", "")
    table = board_table(asked(request), now(), page_language())
    return download(table, kind if kind in KINDS else "csv")


def board_table(wanted: Asked, at: datetime, language: str) -> Table:
    """The board as a table that leaves the house."""
    heads = [
        Column("code", _("Mã thủ tục")), Column("name", _("Thủ tục")), Column("sector", _("Lĩnh vực")),
        Column("level", _("Cấp")), Column("executed_by", _("Cơ quan thực hiện")), Column("stage", _("Giai đoạn")),
        Column("form", _("Tờ khai")), Column("steps", _("Số bước"), "number"),
        Column("number", _("Bản"), "number"), Column("since", _("Có hiệu lực từ"), "date"),
        Column("unverified", _("Điều chưa xác minh"), "number"), Column("proof", _("Chứng minh")),
        Column("proved_on", _("Chứng minh ngày"), "date"), Column("findings", _("Số lỗi"), "number"),
        Column("used", _("Hồ sơ 90 ngày qua"), "number"),
    ]  # fmt: skip

    def rows() -> Iterator[list[Any]]:
        for row in board.every(wanted, at):
            told = _shown(row, language, edits=False)
            name = row.name_en if language == "en" and row.name_en else row.name_vi
            yield [
                row.code, name, row.sector, told["level"], row.executed_by, told["stage"], told["form"],
                row.steps if row.number else None, row.number or None, row.since,
                row.unverified if row.number else None, told["proof"], row.proved_on,
                row.findings if row.proved_on else None, row.used,
            ]  # fmt: skip

    return Table(f"bang-thu-tuc-{local_date(at):%Y%m%d}", heads, rows())


@administrators
@require_POST
def board_prove(request: HttpRequest, slug: str) -> HttpResponse:
    """Prove the version in force now. POST act_id."""
    told = actions.prove_in_force(act_of(request, "editing.prove"), slug=slug)
    if told["ok"]:
        messages.success(request, _("Đã chứng minh: không thấy lỗi nào."))
    else:
        messages.warning(request, _("Đã chứng minh: có điều phải xem, nêu bên dưới."))
    return redirect("editing:board_one", slug=slug)
