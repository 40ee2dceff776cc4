"""The check itself: everything it looks at, gathered for whoever declares. Who may see a dossier `dossiers` decides."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.digitising import queries as digitising
from motcua.dossiers import queries as dossiers
from motcua.dossiers import rules as dossier_rules
from motcua.dossiers.errors import DossierNotFound
from motcua.foundation.actors import Actor
from motcua.foundation.time import local_date
from motcua.kernel import forms
from motcua.kernel.text import Bilingual, fold
from motcua.precheck import rules, words
from motcua.precheck.errors import NotBeingFiled
from motcua.precheck.models import Check, Look
from motcua.precheck.packs import prechecks_at
from motcua.registers import queries as registers

EDITABLE = ("draft", "door_supplement", "supplement")
COMPARED = ("name", "personal_number", "date", "text")
FILES_MOST = 60  # of one dossier: more are not looked at in one check


@dataclass(frozen=True)
class Unread:
    """A file that nobody has looked at yet: its row in the dossier, its paper, the stored file."""

    paper: int
    key: str
    file: Any


@dataclass(frozen=True)
class Overlook:
    """What the check says now; `unread` files are still to be looked at, `reader`: this machine reads pictures."""

    findings: tuple[rules.Finding, ...]
    unread: tuple[Unread, ...]
    papers: int
    reader: bool

    @property
    def clean(self) -> bool:
        return not self.findings and not self.unread

    def count(self, severity: str) -> int:
        return sum(one.severity == severity for one in self.findings)


def of_filer(actor: Actor, public_id: str) -> Any:
    """A dossier that this actor files or helps to file, while it can still be changed. Raises DossierNotFound,
    NotBeingFiled."""
    dossier = dossiers.get_visible(actor, public_id)
    if not dossiers.is_applicant(actor, dossier) and not dossiers.helps(actor, dossier):
        raise DossierNotFound()
    if dossier.business_state not in EDITABLE:
        raise NotBeingFiled()
    return dossier


def look_over(actor: Actor, dossier: Any, at: datetime) -> Overlook:
    """The check of a dossier that the caller has found by `of_filer` (or a like policy). Holds personal data."""
    view = dossiers.declared_view_of(dossier)
    day = dossiers.judged_on(dossier, local_date(at))
    said = dossiers.answers_of(dossier)
    answers = forms.asked_answers(view.declaration, said, day)
    handed_in = dossiers.papers_of(
        dossier
    )  # a paper beyond the most that are looked at is there all the same
    rows = handed_in[:FILES_MOST]
    looks = _looks(row.file.sha256 for row in rows if row.file is not None)
    pack = prechecks_at(at)
    findings = [
        *_answers(view, said, day),
        *_missing(actor, dossier, view, answers, handed_in, day, at),
        *_office(dossier, view, answers, pack, day, at),
    ]
    others = [str(answers[one.id]) for one in view.declaration.fields if _is_name(one, answers)]
    days = _days(view.declaration, answers)
    papers = list(_seen(view, rows, looks, pack, at))
    for seen in papers:
        expected = _expected(view.declaration, answers, seen.looks, day)
        findings += rules.paper_findings(seen, expected, others, pack, local_date(at), days)
    findings += rules.between_papers(papers, _labels(view.declaration), said.keys())
    unread = _unread(rows, looks)
    files = sum(row.file is not None for row in rows)
    return Overlook(tuple(rules.ordered(findings)), tuple(unread), files, digitising.can_read())


def unread_of(dossier: Any) -> list[Unread]:
    """The files of a dossier that nobody has looked at yet; two queries."""
    rows = [row for row in dossiers.papers_of(dossier)[:FILES_MOST] if row.file is not None]
    return _unread(rows, _looks(row.file.sha256 for row in rows))


def is_looked_at(sha256: str) -> bool:
    """Whether a content was looked at as well as this machine can."""
    return _is_done(_looks(iter([sha256])).get(sha256))


def _unread(rows: Sequence[Any], looks: Mapping[str, Look]) -> list[Unread]:
    return [
        Unread(row.pk, row.key, row.file)
        for row in rows
        if row.file is not None and not _is_done(looks.get(row.file.sha256))
    ]


def _is_name(one: forms.Field, answers: Mapping[str, Any]) -> bool:
    return one.type == "name" and isinstance(answers.get(one.id), str)


def _days(declaration: forms.Declaration, answers: Mapping[str, Any]) -> set[date]:
    """Every day that the declaration names."""
    said = [answers.get(one.id) for one in declaration.fields if one.type == "date"]
    return {date.fromisoformat(each) for each in said if isinstance(each, str) and len(each) == 10}


# The form ------------------------------------------------------------------------------------------------------------


def _answers(view: Any, said: Mapping[str, Any], day: date) -> Iterator[rules.Finding]:
    """What submission would refuse in the form, but the commitments that are ticked with it."""
    for problem in forms.check(view.declaration, said, day):
        one = view.declaration.field(problem.field)
        if one is not None and one.type == "consent":
            continue
        kind = rules.Kind.MISSING if problem.code == "required" else rules.Kind.WRONG_ANSWER
        label = one.label if one is not None else Bilingual(problem.field)
        yield rules.Finding(
            kind,
            rules.BLOCKS,
            "answer_missing" if problem.code == "required" else "answer_wrong",
            field=problem.field,
            section=problem.section,
            facts={"label": label, "problem": problem, "declaration": view.declaration},
        )


def _missing(
    actor: Actor,
    dossier: Any,
    view: Any,
    answers: dict[str, Any],
    rows: Sequence[Any],
    day: date,
    at: datetime,
) -> Iterator[rules.Finding]:
    """Papers that must be uploaded and are not there: what the city looks up itself is not missing."""
    needs = dossiers.papers_needed(view, answers, day, channel=dossier.channel)
    there = {row.key for row in rows}
    wanted = [need for need in needs if dossiers.must_upload(need) and need.key not in there]
    if not wanted:
        return
    offers = dossiers.offers_for(actor, dossier, wanted, answers, at)
    refused = registers.refused_keys(dossier.public_id) if offers else set()
    held = dossiers.by_law(offers, refused)
    for need in wanted:
        if need.key in held:
            continue
        offer = offers.get(need.key)
        code = "paper_offered" if offer is not None and need.key not in refused else "paper_missing"
        facts = {"name": need.name, "why": need.why, "held": offer.source if offer else Bilingual("")}
        yield rules.Finding(
            rules.Kind.MISSING, rules.BLOCKS, code, paper=need.key, source=need.source or "", facts=facts
        )


# The office ----------------------------------------------------------------------------------------------------------


def _office(
    dossier: Any, view: Any, answers: dict[str, Any], pack: rules.Prechecks, day: date, at: datetime
) -> list[rules.Finding]:
    if dossier.submitted_at is not None:
        return []  # it lies at a desk already
    today = local_date(at)
    office = agencies.office(dossier.received_by_id) if dossier.received_by_id else None
    channel = dossier_rules.filing_channel(dossier.channel)
    is_open = catalogue.view_for(view.slug, at).is_fileable(today, channel)
    receives = office is not None and office.receives and office.valid_on(today) and bool(office.dossier_code)
    decides = _decides(view, office.area_code, at) if office is not None and receives else None
    row = next(
        (
            each
            for each in pack.places.get(view.slug, ())
            if each.when is None or each.when.holds(answers, day)
        ),
        None,
    )
    filed = rules.Filed(
        chosen=office is not None,
        receives=receives,
        open=is_open,
        agency=decides.code if decides else "",
        agency_name=_named(decides),
        words=row.words if row else Bilingual(""),
        source=row.source if row else "",
    )
    return rules.office_findings(filed, _places(view, answers, row, at) if row else [])


def _decides(view: Any, area: str, at: datetime) -> Any:
    found = agencies.route(
        responsible=view.competent,
        level=view.level,
        area=area,
        at=at,
        on=local_date(at),
        procedure=view.slug,
    )
    return found.agency if found else None


def _places(view: Any, answers: dict[str, Any], row: rules.PlaceRule, at: datetime) -> list[rules.Place]:
    """The declared places of a rule, each with who decides there. A former commune's code is that of its successors."""
    found, today = [], local_date(at)
    sections = {one.id: section.id for section in view.declaration.sections for one in section.fields}
    for name in row.fields:
        value = answers.get(name)
        code = str(value.get("commune_code") or "") if isinstance(value, Mapping) else ""
        if not code:
            continue
        area = agencies.area(code, today)
        for each in [code] if area else [s.code for s in agencies.successors(code, of="area")] or [code]:
            here = agencies.area(each, today)
            decides = _decides(view, each, at) if here else None
            stops = agencies.receiving_agencies(today, area=each) if here else []
            found.append(
                rules.Place(
                    name,
                    sections.get(name, ""),
                    here.name_vi if here else str(value.get("detail") or code),
                    decides.code if decides else "",
                    _named(decides),
                    _named(stops[0]) if stops else Bilingual(""),
                )
            )
    return found


def _named(office: Any) -> Bilingual:
    return Bilingual(office.name_vi, office.name_en) if office is not None else Bilingual("")


# The papers ----------------------------------------------------------------------------------------------------------


def _looks(hashes: Iterator[str]) -> dict[str, Look]:
    wanted = list(hashes)
    return {row.sha256: row for row in Look.objects.filter(sha256__in=wanted)} if wanted else {}


def _is_done(look: Look | None) -> bool:
    """Whether a look is all there is to see: what this machine could not read it may read once it has a reader."""
    if look is None:
        return False
    if look.problem or not look.pages:
        return True
    absent = any(page["how"] == "absent" for page in json.loads(look.pages))
    return not (absent and digitising.can_read())


def _seen(
    view: Any,
    rows: Sequence[Any],
    looks: Mapping[str, Look],
    pack: rules.Prechecks,
    at: datetime,
) -> Iterator[rules.Seen]:
    """Every paper that files were handed in for, with what was seen of it."""
    kinds = registers.kinds_at(at).asked
    keys = list(dict.fromkeys(row.key for row in rows if row.file is not None))
    for key in keys:
        files = [row for row in rows if row.key == key and row.file is not None]
        pages: list[Any] = []
        drawn: list[rules.Page] = []
        unread, broken, unseen = 0, [], []
        for row in files:
            look = looks.get(row.file.sha256)
            if look is None:
                unread += 1
                continue
            if look.problem:
                broken.append(row.pk)
                continue
            told = digitising.looks_again(json.loads(look.pages))
            pages += told
            drawn += [_page(page, row.pk, number) for number, page in enumerate(told, 1)]
            unseen += [(row.pk, look.count)] if look.count > len(told) else []
        known = view.paper(key)
        months, source = _validity(known, kinds.get((view.slug, key)))
        looks_so = pack.papers.get((view.slug, key))
        name = known.name if known else Bilingual(files[0].name or key)
        shown = set(looks_so.shows) if looks_so else set()
        said = digitising.said_for(pages, view.declaration, shown, name.vi) if shown and pages else {}
        yield rules.Seen(
            key=key,
            name=name,
            pages=tuple(drawn),
            unread=unread,
            broken=tuple(broken),
            unseen=tuple(unseen),
            looks=looks_so,
            months=months,
            months_source=source,
            said=said,
        )


def _validity(paper: Any, kind: Any) -> tuple[int | None, str]:
    """For how many months such a paper is valid, and who says so: the procedure's own record before the kind's law."""
    asked = rules.months_asked(fold(paper.condition.vi)) if paper is not None else None
    if asked:
        return asked, paper.condition.vi
    return (kind.months, kind.months_source) if kind is not None else (None, "")


def _page(page: Any, file: int, number: int) -> rules.Page:
    return rules.Page(
        how=page.how,
        rows=tuple(digitising.rows_in(page)),
        words=len(page.words),
        sure=page.sure,
        long=page.long,
        light=page.light,
        contrast=page.contrast,
        sharp=page.sharp,
        ink=page.ink,
        rim=page.rim,
        file=file,
        number=number,
    )


def _labels(declaration: forms.Declaration) -> dict[str, tuple[str, Bilingual, str]]:
    """Field → (section, label, type) of what papers are compared by."""
    return {
        one.id: (section.id, one.label, one.type)
        for section in declaration.sections
        for one in section.fields
        if one.type in COMPARED
    }


def _expected(
    declaration: forms.Declaration, answers: Mapping[str, Any], looks: rules.Looks | None, day: date
) -> list[rules.Expected]:
    if looks is not None and looks.shows_when is not None and not looks.shows_when.holds(answers, day):
        return []
    found = []
    for section in declaration.sections:
        for one in section.fields:
            if looks is None or one.id not in looks.shows or one.type not in COMPARED:
                continue
            if isinstance(answers.get(one.id), str) and answers[one.id]:
                found.append(rules.Expected(one.id, section.id, one.label, one.type, answers[one.id]))
    return found


# What it said --------------------------------------------------------------------------------------------------------


def told_of(overlook: Overlook, language: str) -> list[words.Told]:
    """The findings in the reader's language."""
    return [words.tell(finding, language) for finding in overlook.findings]


def compared(since: datetime | None) -> tuple[rules.Compared, int]:
    """(what officers asked of checked dossiers beside what the check had said, how many requests were read)."""
    checks = Check.objects.filter(dossier__submitted_at__isnull=False)
    if since is not None:
        checks = checks.filter(at__gte=since)
    said = dict(checks.values_list("dossier__public_id", "findings"))
    items, requests = [], 0
    for asked in dossiers.requests_of(list(said)):
        requests += 1
        for row in asked.items:
            paper, section = str(row.get("paper") or ""), str(row.get("section") or "")
            kind = rules.kind_of_words(str(row.get("text") or ""), paper=paper)
            items.append(rules.Item(asked.dossier, asked.procedure, kind, paper, section))
    return rules.compare(said, items), requests
