"""The proof of one form: every question can be asked, needed and answered, every paper and fee can come due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from motcua.kernel.conditions import Always, Condition, Given, is_given, parse
from motcua.kernel.forms import check
from motcua.kernel.forms.check import field_problems
from motcua.kernel.forms.shape import Declaration, Field
from motcua.kernel.prover import patterns
from motcua.kernel.prover.findings import Dossier, Finding, Place, Proof, Unproved
from motcua.kernel.prover.flat import AROUND, CHANNELS, Flat, bound_name, together
from motcua.kernel.prover.search import BUDGET, Found, Search, Values, Wish, find_on
from motcua.kernel.prover.values import days_of
from motcua.kernel.text import Bilingual

_ANYTHING = Always()
_REFUSING = ("check_never_passes", "no_value")


class FormProof:
    """Proves one declaration with the papers and fees that hang on it.

    `paper_rows` and `fee_rows` are pack rows whose conditions can be read (see `forms.check_papers`); `channels` the
    ways of filing of the procedure, `more` what else is asked of the answers. `run` gives the `Proof`; `whole` any
    dossier that the form accepts.
    """

    def __init__(
        self,
        declaration: Declaration,
        today: date,
        paper_rows: Sequence[Mapping[str, Any]] = (),
        fee_rows: Sequence[Mapping[str, Any]] = (),
        channels: Iterable[str] = CHANNELS,
        budget: int = BUDGET,
        more: Sequence[Condition] = (),
    ) -> None:
        self.declaration, self.today = declaration, today
        self.paper_rows, self.fee_rows = tuple(paper_rows), tuple(fee_rows)
        texts = [row.get(key) for row in self.paper_rows for key in ("when", "required")]
        texts += [row.get("when") for row in self.fee_rows]
        conditions = [*more, *(found for text in texts if (found := condition_of(text)) is not None)]
        self.flat = Flat(declaration, conditions, channels)
        self.searches = [Search(self.flat, day, budget) for day in days_of(self.flat, today)]
        self.proof = Proof()
        self._goals: dict[int, Condition] = {}  # by identity of the finding
        self._silent: set[str] = set()  # questions told already, with which their parts need not be told

    def run(self) -> Proof:
        """Every finding of the form, in its order."""
        for number, section in enumerate(self.declaration.sections):
            self._section(("sections", number), section.id)
            for place, one in enumerate(section.fields):
                here: Place = ("sections", number, "fields", place)
                self._field(here, one.id)
                for column_place, column in enumerate(one.columns):
                    self._field((*here, "columns", column_place), f"{one.id}.{column.id}")
        return self.proof

    # Asking the search -----------------------------------------------------------------------------------------

    def find(self, wish: Wish) -> Found:
        """The first find on any day that matters."""
        return find_on(self.searches, wish)

    def never(self, wish: Wish, place: Place, name: str, where: str = "declaration") -> bool:
        """Whether the wish can be fulfilled by nobody; what cannot be decided is noted and counts as no."""
        self.proof.asked += 1
        found = self.find(wish)
        if found.values is None and not found.complete:
            self.proof.unproved.append(Unproved(where, place, name))
        return found.never

    def tell(
        self,
        kind: str,
        place: Place,
        name: str,
        more: str | Bilingual = "",
        dossier: Dossier | None = None,
        where: str = "declaration",
        goal: Condition | None = None,
    ) -> None:
        """Note a finding; `goal` is what no acceptable dossier reaches, when that is the fault."""
        words = more if isinstance(more, Bilingual) else Bilingual(more, more)
        finding = Finding(kind, where, place, name, words, dossier)
        self.proof.findings.append(finding)
        if goal is not None:
            self._goals[id(finding)] = goal

    def roots(self) -> list[Finding]:
        """The findings without those that only follow from another: what nobody comes to because an answer before it
        is always refused is told there, once."""
        ordered = sorted(self.proof.findings, key=self._reach)
        blamed: set[str] = set()
        followers: set[int] = set()
        for finding in ordered:
            goal = self._goals.get(id(finding))
            held = frozenset(blamed & self.flat.cone(goal.names())) if goal is not None else frozenset()
            if goal is not None and held and self.find(Wish(goal, unjudged=held)).values is not None:
                followers.add(id(finding))
            elif finding.kind in _REFUSING or (
                finding.kind == "contradiction" and finding.place[-1] == "check"
            ):
                blamed.add(finding.name)
        return [finding for finding in self.proof.findings if id(finding) not in followers]

    def _reach(self, finding: Finding) -> tuple[bool, int]:
        """Answers first, those that depend on few others before those that depend on many."""
        goal = self._goals.get(id(finding))
        refuses = finding.kind in _REFUSING or finding.kind == "contradiction"
        return (not refuses, 0 if goal is None else len(self.flat.cone(goal.names())))

    # Sections and fields ---------------------------------------------------------------------------------------

    def _section(self, place: Place, section_id: str) -> None:
        section = next(one for one in self.flat.declaration.sections if one.id == section_id)
        if section.when is None:
            return
        if self.is_told(section.when, (*place, "when"), section_id) or self._is_hidden(
            section.when, (*place, "when"), section_id
        ):
            self._silent |= {one.id for one in section.fields}

    def _field(self, place: Place, name: str) -> None:
        if name in self._silent:
            return
        section, one = self.flat.questions[name]
        asked = self.flat.visible(name)
        own = one.when if one.when is not None and not isinstance(one.when, Always) else None
        if own is not None and (
            self.is_told(own, (*place, "when"), name) or self._is_hidden(asked, (*place, "when"), name)
        ):
            self._silent |= {other for other in self.flat.questions if other.startswith(f"{name}.")}
            return
        if one.type == "note":
            return
        if isinstance(one.required, Condition) and not self.is_told(one.required, (*place, "required"), name):
            needed = together(asked, one.required)
            if self.never(Wish(needed), (*place, "required"), name):
                dossier = self.nearest(needed)
                self.tell("never_required", (*place, "required"), name, self.sentence(one.required), dossier)
        self._answers(place, name, one, asked)

    def is_told(self, condition: Condition, place: Place, name: str, where: str = "declaration") -> bool:
        """Whether the condition contradicts itself, whoever is asked; told then."""
        if isinstance(condition, Always) or not self.never(Wish(condition, free=True), place, name, where):
            return False
        self.tell("contradiction", place, name, self.sentence(condition), self.nearest(condition), where)
        return True

    def _is_hidden(self, asked: Condition, place: Place, name: str) -> bool:
        if not self.never(Wish(asked), place, name):
            return False
        self.tell("never_asked", place, name, self.sentence(asked), self.nearest(asked), goal=asked)
        return True

    # Answers ---------------------------------------------------------------------------------------------------

    def _answers(self, place: Place, name: str, one: Field, asked: Condition) -> None:
        if not any(search.candidates.of(name) for search in self.searches):
            self._without_value(place, name, one, asked)
            return
        if one.check is not None and self.is_told(one.check, (*place, "check"), name):
            return
        bounds = [bound for bound in (one.min, one.max) if bound_name(bound)]
        if one.check is None and not bounds:
            return
        at: Place = (
            (*place, "check") if one.check is not None else (*place, "min" if one.min in bounds else "max")
        )
        answered = together(asked, Given(name))
        if self.never(Wish(answered), at, name):
            words = self.sentence(one.check) if one.check is not None else self._limits(one)
            self.tell("check_never_passes", at, name, words, self.stopped(asked, name), goal=answered)
            return
        self._dead_end(at, name, one, asked)

    def _without_value(self, place: Place, name: str, one: Field, asked: Condition) -> None:
        """No listed answer passes: a fault when the limits say so by themselves, else something not known here."""
        self.proof.asked += 1
        if one.pattern is not None and not self._pattern_is_too_narrow(one):
            self.proof.unproved.append(Unproved("declaration", (*place, "pattern"), name))
            return
        key = "pattern" if one.pattern is not None else "min" if one.min is not None else "max"
        self.tell("no_value", (*place, key), name, self._limits(one), self.stopped(asked, name))

    def _pattern_is_too_narrow(self, one: Field) -> bool:
        found = patterns.width(one.pattern or "")
        if found is None:
            return False
        least, most = found
        low = one.min if isinstance(one.min, int) else 0
        return (isinstance(one.max, int) and least > one.max) or most < low

    def _limits(self, one: Field) -> str:
        said = [
            f"{key}: {value}"
            for key, value in (("min", one.min), ("max", one.max), ("pattern", one.pattern))
            if value is not None
        ]
        return ", ".join(said)

    def _dead_end(self, at: Place, name: str, one: Field, asked: Condition) -> None:
        """A reachable case in which the field is required and no answer passes.

        A check that does not speak of the field itself is a stop by what was said before, not a dead end of this
        field. What other fields say of this one is judged later, when it is answered.
        """
        own = one.check is not None and name in one.check.names()
        if one.required is False or not (own or bound_name(one.min) or bound_name(one.max)):
            return
        flat = self.flat
        needed = together(asked, one.required if isinstance(one.required, Condition) else None)
        over = (flat.asked_by[name] | flat.judged_by[name]) - {name}
        around = flat.cone(over, without=name)
        if any(name in flat.asked_by[other] for other in around):
            return  # what it is compared with appears only after its answer: judged there, by its own check
        self.proof.asked += 1
        tries = 0
        for search in self.searches:
            values_of = search.candidates.of(name)

            def nothing_passes(values: Values, day: date, tried: Sequence[Any] = values_of) -> bool:
                return not any(self._passes(name, {**values, name: value}, day) for value in tried)

            found = search.find(Wish(needed, over=frozenset(over), absent=name, leaf=nothing_passes))
            if found.values is not None:
                if name in search.candidates.hard:
                    self.proof.unproved.append(Unproved("declaration", at, name))
                    return
                words = self.sentence(one.check) if own and one.check is not None else self._limits(one)
                self.tell("dead_end", at, name, words, self.dossier(found))
                return
            tries += not found.complete
        if tries:
            self.proof.unproved.append(Unproved("declaration", at, name))

    def _passes(self, name: str, values: Values, day: date) -> bool:
        section, one = self.flat.questions[name]
        if one.check is not None and name not in one.check.names():
            problems = (p for p in field_problems(section, one, values, day) if p.code != "check")
        else:
            problems = iter(field_problems(section, one, values, day))
        return next(problems, None) is None

    # Dossiers --------------------------------------------------------------------------------------------------

    def whole(self, goal: Condition = _ANYTHING, **more: Any) -> Dossier | None:
        """A dossier of the whole form, accepted as it stands, of which the goal is true; None when none was found."""
        everything = frozenset(self.flat.questions)
        found = self.find(Wish(goal, over=everything, **more))
        return None if found.values is None else self.dossier(found)

    def nearest(self, goal: Condition) -> Dossier | None:
        """A whole accepted dossier that comes near to a goal which cannot be reached: one part of it is left out."""
        parts = goal.children if len(goal.children) > 1 else ()
        for left_out in range(len(parts) - 1, -1, -1):
            rest = together(*(part for place, part in enumerate(parts) if place != left_out))
            dossier = self.whole(rest)
            if dossier is not None:
                return dossier
        return self.whole()

    def stopped(self, asked: Condition, name: str) -> Dossier | None:
        """A dossier in which the field is asked and answered, and which the form does not take for that answer."""
        search = self.searches[0]
        one = self.flat.questions[name][1]
        tried = search.candidates.of(name) or (search.candidates.unlimited(one),)
        value = next((value for value in tried if is_given(value)), None)
        if value is None:
            return None
        wish = Wish(together(asked, Given(name)), unjudged=frozenset((name,)), fixed={name: value})
        found = self.find(wish)
        return None if found.values is None else self.dossier(found)

    def dossier(self, found: Found) -> Dossier:
        """A find as a dossier, with what the form itself says of it."""
        values = dict(found.values or {})
        channel = str(values.pop("channel", None) or next(iter(self._channels()), "in_person"))
        entitlements = tuple(
            each for each in values.pop("entitlements", None) or () if each != "none_of_these"
        )
        answers = self.flat.answers(values)
        problems = check(self.declaration, answers, found.day)
        return Dossier(
            found.day.isoformat(),
            answers,
            channel,
            entitlements,
            not problems,
            tuple({"section": p.section, "field": p.field, "code": p.code} for p in problems),
        )

    def _channels(self) -> Iterator[str]:
        for section in self.flat.declaration.sections:
            if section.id == AROUND:
                yield from (
                    option.value for one in section.fields if one.id == "channel" for option in one.options
                )

    def sentence(self, condition: Condition) -> Bilingual:
        """A condition in words of both languages."""
        labels = self.flat.declaration.labels
        return Bilingual(condition.sentence(labels, "vi"), condition.sentence(labels, "en"))


def condition_of(text: Any) -> Condition | None:
    """The condition of a pack row; None for none, true and false."""
    if not isinstance(text, str) or not text.strip():
        return None
    return parse(text)
