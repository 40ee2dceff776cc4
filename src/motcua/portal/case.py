"""A declaration on its way: what this person is asked, what she answered, what still needs work. No database writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from motcua.agencies import queries as agencies
from motcua.dossiers import queries as dossiers
from motcua.dossiers import rules
from motcua.files.rules import KINDS, USUAL
from motcua.foundation.actors import Actor
from motcua.foundation.time import TZ
from motcua.kernel import forms, money
from motcua.kernel.forms import Asking, FieldProblem, PaperNeed
from motcua.kernel.text import Bilingual
from motcua.registers import queries as registers

EDITABLE = frozenset({rules.State.DRAFT, rules.State.DOOR_SUPPLEMENT, rules.State.SUPPLEMENT})
OTHER = "other"  # a paper that the procedure does not name; the dossier takes it after a request for more
OTHER_NAME = Bilingual("Giấy tờ khác", "Another paper")
OTHER_WHY = Bilingual(
    "Dùng khi điều được yêu cầu không có tên ở trên.", "For what is asked and not named above."
)
ASKED_FOR = Bilingual("Được nêu trong yêu cầu bổ sung.", "Named in the request for a supplement.")


@dataclass(frozen=True)
class PaperPlace:
    """A paper of this case with what was handed in for it."""

    need: PaperNeed
    must: bool
    rows: tuple[Any, ...]
    accept: str
    max_mb: int | None
    asked: bool = False  # named in a request for a supplement
    fresh: bool = False  # something was handed in for it since
    offer: Any = None  # what the city can answer it with
    refused: bool = False  # she wants to bring it herself

    @property
    def state(self) -> str:
        """done, held (the city looks it up itself), todo, or optional, for the list of papers."""
        if self.asked and not self.fresh:
            return "todo"
        if self.rows:
            return "done"
        if self.offer is not None and self.offer.by_law and not self.refused:
            return "held"
        return "todo" if self.must else "optional"


class Case(Asking):
    """What is asked and answered, judged by the day `on` while it is a draft, later by the day it was handed in.

    `language` is "vi" or "en".
    `answers` stand in for the stored ones while a form is being drawn anew with what was just typed.
    """

    def __init__(
        self,
        dossier: Any,
        *,
        on: date,
        language: str,
        answers: Mapping[str, Any] | None = None,
        actor: Actor | None = None,
    ) -> None:
        self.dossier, self.language, self.actor = dossier, language, actor
        self.view = dossiers.declared_view_of(dossier)
        said = dossiers.answers_of(dossier) if answers is None else answers
        super().__init__(self.view.declaration, said, dossiers.judged_on(dossier, on))

    def with_answers(self, answers: Mapping[str, Any]) -> Case:
        """The same dossier with other answers."""
        return Case(self.dossier, on=self.on, language=self.language, answers=answers, actor=self.actor)

    # Papers and money ----------------------------------------------------------------------------------------

    @cached_property
    def needs(self) -> list[PaperNeed]:
        return dossiers.papers_needed(self.view, self.answers, self.on, channel=self.dossier.channel)

    @cached_property
    def offers(self) -> dict[str, Any]:
        """Paper key → what the city can answer it with: for the proven applicant herself, asked once."""
        if self.actor is None or self.actor.party_id is None:
            return {}
        at = datetime.combine(self.on, time(12), TZ)
        return dossiers.offers_for(self.actor, self.dossier, self.needs, self.answers, at)

    @cached_property
    def refused(self) -> set[str]:
        """The papers that she wants to bring herself, of those that the city could answer."""
        return registers.refused_keys(self.dossier.public_id) if self.offers else set()

    @cached_property
    def paper_rows(self) -> list[Any]:
        return dossiers.papers_of(self.dossier)

    @cached_property
    def papers(self) -> list[PaperPlace]:
        """The papers that can be handed in online for this case, each with what is there already; after a request
        for more also those that it names, and a place for anything else."""
        usual = [need for need in self.needs if need.type != "present_only" and not self._is_form(need)]
        if self.dossier.submitted_at is None:
            return [self._place(need) for need in usual]
        known = {need.key for need in usual}
        named = [paper for key in sorted(self.asked_keys - known) if (paper := self.view.paper(key))]
        besides = [PaperNeed(p.key, p.name, p.type, p.quantity, False, ASKED_FOR) for p in named]
        other = PaperNeed(OTHER, OTHER_NAME, "electronic", 1, False, OTHER_WHY)
        found = [self._place(need) for need in (*besides, *usual, other)]
        return sorted(found, key=lambda place: not place.asked)

    @cached_property
    def asked_keys(self) -> set[str]:
        """The papers that the open request for a supplement names."""
        return {str(item["paper"]) for item in self.asked_items if item.get("paper")}

    @cached_property
    def asked_items(self) -> list[dict[str, Any]]:
        """What the open request for a supplement asks for: {text, paper, section}."""
        if self.dossier.submitted_at is None:
            return []
        letter = dossiers.open_request(self.dossier)
        content: dict[str, Any] = (
            letter.content if letter is not None and isinstance(letter.content, dict) else {}
        )
        return [item for item in content.get("items") or () if isinstance(item, dict)]

    @cached_property
    def to_show(self) -> list[PaperNeed]:
        """Papers that are only shown at the counter."""
        return [need for need in self.needs if need.type == "present_only"]

    @staticmethod
    def _is_form(need: PaperNeed) -> bool:
        return need.required and not dossiers.must_upload(need)

    def _place(self, need: PaperNeed) -> PaperPlace:
        known = self.view.paper(need.key)
        kinds = known.accept if known and known.accept else USUAL
        rows = tuple(row for row in self.paper_rows if row.key == need.key)
        return PaperPlace(
            need=need,
            must=need.required and dossiers.must_upload(need),
            rows=rows,
            accept=",".join(f".{KINDS[kind].ending}" for kind in kinds if kind in KINDS),
            max_mb=known.max_mb if known else None,
            asked=need.key in self.asked_keys,
            offer=self.offers.get(need.key),
            refused=need.key in self.refused,
            fresh=any(self.is_new(row) for row in rows),
        )

    def is_new(self, row: Any) -> bool:
        """Whether a paper came after the submission, as an answer to a request."""
        return self.dossier.submitted_at is not None and row.added_at > self.dossier.submitted_at

    @cached_property
    def others(self) -> list[Any]:
        """Papers handed in that no question of this case asks for."""
        asked = {place.need.key for place in self.papers}
        return [row for row in self.paper_rows if row.key not in asked]

    @cached_property
    def missing(self) -> list[PaperPlace]:
        return [place for place in self.papers if place.state == "todo"]

    @property
    def papers_state(self) -> str:
        if self.missing:
            return "doing" if any(place.rows for place in self.papers) else "todo"
        return "done" if not self.papers or any(place.rows for place in self.papers) else "optional"

    @cached_property
    def ready(self) -> bool:
        """Whether it can be looked over and handed in."""
        return not self.problems and not self.missing and self.dossier.received_by_id is not None

    def fee_lines(self) -> list[money.FeeLine]:
        """What it would cost, filed as it is being filed, by the waivers of that day."""
        return list(dossiers.fees_shown(self.view, self.answers, self.on, self.dossier.channel).lines)

    def shown(self) -> list[forms.ShownSection]:
        """The answers in words, section by section."""
        return forms.shown_sections(
            self.declaration, self.answers, self.language, self.on, agencies.names_in(self.language)
        )


def centre_options(on: date, language: str) -> list[tuple[str, str]]:
    """The one-stops that take dossiers in: the wards' and communes' first, the province's own last."""
    found = sorted(agencies.receiving_agencies(on), key=lambda office: office.level == "province")
    return [(office.code, office.name(language)) for office in found]


def drawn_problems(
    case: Case, problems: Iterable[FieldProblem], *, only: Sequence[str] | None = None
) -> dict[str, str]:
    """Sentences by input name, the first of each; `only` keeps the problems of these fields."""
    said: dict[str, str] = {}
    for problem in problems:
        if only is None or problem.field in only:
            said.setdefault(problem.input, forms.problem_text(problem, case.declaration, case.language))
    return said
