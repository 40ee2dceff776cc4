"""A procedure as its pinned document says it is: one object per version, shared, never changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from motcua.catalogue.rules.bundle import Bundle
from motcua.catalogue.rules.parts import (
    Basis,
    Data,
    Door,
    Fee,
    LawNote,
    Owner,
    Paper,
    Step,
    both,
    day,
    marks,
    within,
)
from motcua.kernel import clock, forms
from motcua.kernel.money import FeeRule
from motcua.kernel.text import Bilingual

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
FULL, GENERIC, LISTED = "full", "generic", "listed"
COVERAGES = (FULL, GENERIC, LISTED)

# Through which of our doors a filing comes in, by its channel. The national portal is not ours: it is shown.
OWN_DOOR = {"online": "local_portal", "in_person": "counter", "post": "counter"}

# National dated values (packs/national/values) and the setting of the clock that each gives.
CLOCK_VALUES = {
    "transfer-cutoff": "cutoff",
    "on-supplement": "on_supplement",
    "on-payment": "on_payment",
    "extensions-max": "extensions_max",
    "supplement-return-limit": "ask_supplement_days",
    "supplement-wait": "supplement_wait_days",
}


def coverage_of(body: Data) -> str:
    """FULL when the document carries an electronic declaration of its own, else GENERIC."""
    return FULL if isinstance(body.get("declaration"), Mapping) else GENERIC


def row_at(values: Mapping[str, Data], on: date) -> tuple[date, Data] | None:
    """(its first day, the row) in force on a day from a dated table {ISO day: {value, source, to?}}, or None."""
    past = [(begin, row) for text, row in values.items() if (begin := day(text)) is not None and begin <= on]
    if not past:
        return None
    begin, row = max(past, key=lambda pair: pair[0])
    return (begin, row) if within(on, begin, day(row.get("to"))) else None


def value_at(values: Mapping[str, Data], on: date) -> Any:
    """The value in force on a day from a dated table; None before the first and after its last day."""
    found = row_at(values, on)
    return found[1].get("value") if found else None


def _local_day(at: date | datetime) -> date:
    return at.astimezone(TZ).date() if isinstance(at, datetime) else at


class ProcedureView:
    """What one version of a procedure asks, gives and settles.

    `body` is the resolved document with declaration, owner, doors, clock and law notes inside; `hash` and
    `version_id` name the version (0 for a document that is not stored). Days are Vietnamese calendar days; where a
    moment may be given it is aware. Amounts are whole đồng. Raises ValueError, ConditionError, ClockProblem or
    FormProblems on first use of a part that the document has wrong; the check of the packs finds those before.
    """

    def __init__(self, body: Data, *, hash: str = "", version_id: int = 0) -> None:  # noqa: A002
        self.body, self.hash, self.version_id = body, hash, version_id
        self.slug = str(body.get("slug") or body.get("id") or "")
        self.code: str | None = body.get("code") or None
        self.coverage = coverage_of(body)
        self.sector = str(body.get("field_vi") or "")
        self.level = str(body.get("level") or "other")
        self.status = str(body.get("status") or "active")
        self.competent = str(body.get("responsible_agency_type") or "")  # in the record's words
        self.applicants: tuple[str, ...] = tuple(body.get("applicants") or ())
        self.channels: tuple[str, ...] = tuple(body.get("channels") or ())
        self.online_level = str(body.get("online_level") or "none")
        self.related_codes: tuple[str, ...] = tuple(body.get("related_codes") or ())
        self.sources: tuple[str, ...] = tuple(body.get("sources") or ())
        self.unverified = marks(body.get("unverified"))

    def __repr__(self) -> str:
        return f"<ProcedureView {self.slug} {self.hash[:8]}>"

    # Names -----------------------------------------------------------------------------------------------------

    @cached_property
    def legal_name(self) -> Bilingual:
        """The official name; packs have no English for it."""
        return Bilingual.of({"vi": self.body.get("name_vi") or self.slug})

    @cached_property
    def name(self) -> Bilingual:
        """The short name for screens."""
        short = self.body.get("short_name_vi") or self.body.get("name_vi") or self.slug
        return Bilingual.of({"vi": short, "en": self.body.get("name_en")})

    # What is asked ---------------------------------------------------------------------------------------------

    @cached_property
    def declaration_data(self) -> Data:
        """The procedure's own electronic declaration as pack data, or the general one built from its record."""
        own = self.body.get("declaration")
        return own if isinstance(own, Mapping) else forms.generic_declaration(self.body)

    @cached_property
    def declaration(self) -> forms.Declaration:
        return forms.declaration_from_data(self.declaration_data)

    def _rows(self, own: str, general: str) -> tuple[Data, ...]:
        declared = self.body.get("declaration")
        rows = declared.get(own) if isinstance(declared, Mapping) else None
        return tuple(self.body.get(general) or ()) if rows is None else tuple(rows)

    @cached_property
    def paper_rows(self) -> tuple[Data, ...]:
        """The papers as pack rows, for `kernel.forms.required_papers`: the declaration's, else the record's."""
        return self._rows("papers", "required_documents")

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        return tuple(Paper.of(row, place) for place, row in enumerate(self.paper_rows))

    def paper(self, key: str) -> Paper | None:
        """The paper with that key, or None."""
        return next((paper for paper in self.papers if paper.key == key), None)

    @cached_property
    def fee_rows(self) -> tuple[Data, ...]:
        """The fees as pack rows, for `kernel.money.fee_lines`: the declaration's, else the record's."""
        return self._rows("fees", "fees")

    @cached_property
    def fees(self) -> tuple[Fee, ...]:
        return tuple(Fee.of(row) for row in self.fee_rows)

    def fee_rules(self, on: date) -> tuple[FeeRule, ...]:
        """The waivers and reductions in force on a day, for `kernel.money.fee_lines`: those of the layers that this
        document was resolved from (nation, province), each with its legal reason."""
        return tuple(rule for rule, _unknown in self._waivers(on) if rule is not None)

    def fee_hints(self, on: date) -> tuple[str, ...]:
        """Legal reasons of reductions in force on a day whose size no source told us: said, never counted."""
        return tuple(unknown for _rule, unknown in self._waivers(on) if unknown)

    def _waivers(self, on: date) -> Iterator[tuple[FeeRule | None, str]]:
        for _id, given in sorted((self.body.get("fee_rules") or {}).items()):
            found = row_at(given.get("values") or {}, on)
            if found is None or found[1].get("value") is not True:
                continue
            if given.get("procedures") and self.slug not in given["procedures"]:
                continue
            begin, row = found
            reason = str(row.get("source") or "")
            if given.get("percent") is None:
                yield None, reason
                continue
            yield (
                FeeRule(
                    legal_reason=reason,
                    percent=int(given["percent"]),
                    channel=given.get("channel"),
                    set_by=given.get("set_by"),
                    money=given.get("money"),
                    entitlement=given.get("entitlement"),
                    from_on=begin,
                    to_on=day(row.get("to")),
                    except_purposes=tuple(given.get("except_purposes") or ()),
                ),
                "",
            )

    # How it goes on --------------------------------------------------------------------------------------------

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        rows = self.body.get("steps") or ()
        return tuple(sorted((Step.of(row, n) for n, row in enumerate(rows, 1)), key=lambda step: step.number))

    @cached_property
    def desk_steps(self) -> tuple[Step, ...]:
        """The steps after the applicant's own."""
        return tuple(step for step in self.steps if step.stage != "applicant")

    @cached_property
    def bundle(self) -> Bundle | None:
        """Which agencies work on one dossier together (một cửa liên thông); None where one decides alone."""
        return Bundle.of(self.body.get("bundle"))

    @cached_property
    def shares(self) -> tuple[float, ...]:
        """The shares of `desk_steps` in the limit; they add up to 1. Equal parts where the pack gives none."""
        given = [max(step.share, 0.0) for step in self.desk_steps]
        total = sum(given)
        return tuple(part / total if total else 1 / len(given) for part in given)

    @cached_property
    def limit(self) -> clock.Limit:
        return clock.Limit.from_pack(self.body.get("time_limit"))

    @cached_property
    def limit_note(self) -> Bilingual:
        """What the record says besides the number, e.g. on cases that take longer."""
        return both(self.body.get("time_limit") or {}, "notes")

    def clock_rules(self, at: date | datetime) -> clock.ClockRules:
        """The settings of the clock on a day (or at an aware moment): the procedure's own, then the national dated
        values, then the law's. Raises ClockProblem."""
        on = _local_day(at)
        row: dict[str, Any] = {}
        for name, setting in CLOCK_VALUES.items():
            value = value_at((self.body.get("clock_values") or {}).get(name) or {}, on)
            if value is not None:
                row[setting] = value
        return clock.ClockRules.from_pack(row | _given(self.body.get("clock"), on), on)

    def setting(self, name: str, at: date | datetime, default: Any) -> Any:
        """A national dated value that came with this document ("apology-notice"); `default` where there is none."""
        value = value_at((self.body.get("clock_values") or {}).get(name) or {}, _local_day(at))
        return default if value is None else value

    @property
    def may_take_over(self) -> bool:
        """Whether this version's transitional clause lets an officer bring dossiers under way over to it.

        Without such a clause what was received stays on the version of its reception.
        """
        return (self.body.get("transition") or {}).get("running") == "may_move"

    def source_of(self, name: str, at: date | datetime) -> str:
        """The source that the pack gives for the value of `setting` in force then; "" where there is none."""
        found = row_at((self.body.get("clock_values") or {}).get(name) or {}, _local_day(at))
        return str(found[1].get("source") or "") if found else ""

    def is_doubtful(self, name: str, at: date | datetime) -> bool:
        """Whether the pack marks the value of `setting` in force then as unverified."""
        found = row_at((self.body.get("clock_values") or {}).get(name) or {}, _local_day(at))
        return bool(found and marks(found[1].get("unverified")))

    @cached_property
    def owner(self) -> Owner:
        return Owner.of(self.body.get("owner"))

    @cached_property
    def result_name(self) -> Bilingual:
        """What comes out, e.g. "Giấy khai sinh"."""
        return both(self.body.get("result") or {}, "name")

    @property
    def common_mistakes(self) -> tuple[Bilingual, ...]:
        """What goes wrong often, to be said before it does."""
        return tuple(Bilingual.of(row) for row in self.body.get("common_mistakes") or ())

    # Which door, which law -------------------------------------------------------------------------------------

    @cached_property
    def doors(self) -> tuple[Door, ...]:
        return tuple(Door.of(row) for row in self.body.get("doors") or ())

    def doors_open(self, on: date) -> tuple[Door, ...]:
        """The doors open on a day that lead to a channel of this procedure; one of each kind, the locally set first.

        A record without doors has the counter.
        """
        found: dict[str, Door] = {}
        for door in self.doors:
            if door.is_open(on) and (not self.channels or set(door.channels) & set(self.channels)):
                found.setdefault(door.door, door)
        if not self.doors:
            found["counter"] = Door.of({"door": "counter"})
        return tuple(found.values())

    def is_fileable(self, on: date, channel: str) -> bool:
        """Whether a dossier may be filed with us on a day through "online", "in_person" or "post"."""
        if self.status != "active" or (self.channels and channel not in self.channels):
            return False
        ours = OWN_DOOR.get(channel)
        return any(door.door == ours for door in self.doors_open(on))

    @cached_property
    def all_law_notes(self) -> tuple[LawNote, ...]:
        return tuple(LawNote.of(row) for row in self.body.get("law_notes") or ())

    def law_notes(self, on: date) -> tuple[LawNote, ...]:
        """What the page says on a day about a law that is changed, suspended, replaced or running out."""
        return tuple(note for note in self.all_law_notes if note.is_shown(on))

    @cached_property
    def legal_basis(self) -> tuple[Basis, ...]:
        rows = self.body.get("legal_basis") or ()
        return tuple(
            Basis(str(row.get("number") or ""), str(row.get("name_vi") or "")) if isinstance(row, Mapping)
            else Basis(str(row), "")
            for row in rows
        )  # fmt: skip

    @property
    def shares_in_doubt(self) -> bool:
        """Whether how the limit is shared out over the steps was read in no source: nobody is late by such a share."""
        return bool(self.doubts("steps.time_share")) or "steps" in self.unverified

    def doubts(self, *paths: str) -> tuple[str, ...]:
        """The marks of `unverified` that are about one of `paths` (e.g. "time_limit", "fees") or a part of it."""
        return tuple(
            mark for mark in self.unverified
            if any(mark == p or mark.startswith((f"{p}.", f"{p}:", f"{p}[", f"{p} ")) for p in paths)
        )  # fmt: skip


def _given(settings: Data | Sequence[Data] | None, on: date) -> dict[str, Any]:
    """The settings in force on a day, without those left open; one mapping, or a dated list of them. A single
    setting may be dated too: a list of {from, value}."""
    if not settings:
        return {}
    if isinstance(settings, Mapping):
        held = {name: _held(value, on) for name, value in settings.items()}
        return {name: value for name, value in held.items() if value is not None}
    dated = [(day(row.get("from")) or date.min, row) for row in settings]
    past = [pair for pair in dated if pair[0] <= on]
    return _given(max(past, key=lambda pair: pair[0])[1], on) if past else {}


def _held(setting: Any, on: date) -> Any:
    """What one setting is on a day: a plain value, or the latest of a list of {from, value} that has begun."""
    if not isinstance(setting, list) or not all(isinstance(row, Mapping) for row in setting):
        return setting
    begun = [(day(row.get("from")) or date.min, row.get("value")) for row in setting]
    past = [pair for pair in begun if pair[0] <= on]
    return max(past, key=lambda pair: pair[0])[1] if past else None
