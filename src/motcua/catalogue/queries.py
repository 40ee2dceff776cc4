"""Every read of the catalogue. Its content is public."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from motcua.agencies import queries as agencies
from motcua.catalogue import finding
from motcua.catalogue.errors import OnlyListed, ProcedureNotFound
from motcua.catalogue.finding import Hit, LifeEvent
from motcua.catalogue.models import Procedure, Sector
from motcua.catalogue.rules import LISTED, ProcedureView, Reason
from motcua.foundation.packs import store
from motcua.foundation.rows import the_one
from motcua.kernel import clock
from motcua.kernel.text import fold

VIEWS_MAX = 2000
ALL_OFFICES = 0  # the calendar of the installation itself
_CODE_AT_END = re.compile(r"-(\d)-(\d{6,9}(?:-[a-z]+)?)$")

_views: OrderedDict[tuple[int, str], ProcedureView] = OrderedDict()


def by_slug(slug: str) -> Procedure:
    """The procedure under an address, also under the one it had while it was only listed. Raises ProcedureNotFound."""
    if not slug.isprintable():  # PostgreSQL refuses to look for a zero byte
        raise ProcedureNotFound(name="?")
    found = the_one(_known().filter(slug=slug))
    if found is None and (ending := _CODE_AT_END.search(slug)):
        found = _known().filter(code__iexact=f"{ending[1]}.{ending[2]}").first()
    if found is None:
        raise ProcedureNotFound(name=slug[:140])
    return found


def by_code(code: str) -> Procedure:
    """The procedure with a national code. Raises ProcedureNotFound."""
    found = _known().filter(code=code.strip()).first() if code.isprintable() else None
    if found is None:
        raise ProcedureNotFound(name=code[:20])
    return found


def by_ids(ids: Iterable[int]) -> dict[int, Procedure]:
    """Procedures by primary key, for lists that hold ids."""
    return _known().in_bulk(list(ids))


def standing() -> QuerySet[Procedure]:
    """Every procedure that is not withdrawn, with its sector: rows for rooms that tell something else beside them."""
    return _known().exclude(status=Procedure.Status.WITHDRAWN)


def _known() -> QuerySet[Procedure]:
    return Procedure.objects.select_related("sector")


def view_of(version_id: int) -> ProcedureView:
    """What the pinned version says; no query once this process knows it. Raises NotFound."""
    return _view(store.version(version_id))


def _view(version: store.Version) -> ProcedureView:
    key = (version.pk, version.hash)
    view = _views.get(key)
    if view is None:
        view = _views[key] = ProcedureView(version.body, hash=version.hash, version_id=version.pk)
        while len(_views) > VIEWS_MAX:
            _views.popitem(last=False)
    return view


def view_for(procedure: Procedure | str, at: datetime | None = None) -> ProcedureView:
    """What holds for a procedure (or its slug) at an aware moment, None: now; `.version_id` is what to pin.

    Raises OnlyListed for a procedure without content, ProcedureNotFound for one not in force then.
    """
    slug = procedure if isinstance(procedure, str) else procedure.slug
    if not isinstance(procedure, str) and procedure.coverage == LISTED:
        raise OnlyListed(code=procedure.code or procedure.slug)
    version = store.current("procedures", slug, at)
    if version is None:
        raise ProcedureNotFound(name=slug)
    return _view(version)


def shown_view(procedure: Procedure, at: datetime | None = None) -> ProcedureView:
    """What the page of a procedure shows: what is in force, for a withdrawn one what was last. Raises OnlyListed."""
    if procedure.status == Procedure.Status.WITHDRAWN and procedure.version_id:
        return view_of(procedure.version_id)
    return view_for(procedure, at)


def views(at: datetime | None = None) -> list[ProcedureView]:
    """Every procedure with content in force at a moment, by slug."""
    return [_view(version) for version in store.current_all("procedures", at)]


def versions(slug: str) -> list[ProcedureView]:
    """Every published version of a procedure, newest first; [] for one without content."""
    return [_view(version) for version in store.history("procedures", slug)]


def reasons(slug: str, kind: str, at: datetime | None = None) -> list[Reason]:
    """The ready sentences for a procedure: its own, then the general ones; `kind` is supplement | refusal | stop."""
    own, general = [], []
    for version in store.current_all("reasons", at):
        for_procedure = version.body.get("procedure")
        if for_procedure in (None, slug):
            into = general if for_procedure is None else own
            into += [Reason.of(row, for_procedure is None) for row in version.body.get(kind) or ()]
    return [*own, *general]


@dataclass(frozen=True)
class SectorCount:
    """A sector and how many procedures are known in it, those with content apart."""

    key: str
    name_vi: str
    name_en: str
    with_content: int
    listed: int


def sectors() -> list[SectorCount]:
    """The sectors that have a procedure, in the order of the pack."""
    counted = Sector.objects.annotate(
        listed=Count("procedures", filter=Q(procedures__coverage=LISTED)),
        content=Count("procedures", filter=~Q(procedures__coverage=LISTED)),
    ).order_by("order", "name_vi")
    return [
        SectorCount(s.key, s.name_vi, s.name_en, s.content, s.listed)
        for s in counted
        if s.content or s.listed
    ]


def procedures(
    *,
    sector: str | None = None,
    coverage: Iterable[str] | None = None,
    level: str | None = None,
    status: str | None = Procedure.Status.ACTIVE,
    text: str = "",
    after: tuple[str, int] | None = None,
    limit: int = 50,
) -> list[Procedure]:
    """Procedures by name, a page at a time: `after` is the (sort_name, pk) of the last row of the page before.

    `sector` is a key, `text` words that name or code contain in their folded form. Use `search` for what people type.
    """
    rows = _known()
    if sector:
        rows = rows.filter(sector__key=sector)
    if coverage is not None:
        rows = rows.filter(coverage__in=list(coverage))
    if level:
        rows = rows.filter(level__in=[level, "both"] if level in ("commune", "province") else [level])
    if status:
        rows = rows.filter(status=status)
    for word in fold(text).split()[:8]:
        rows = rows.filter(folded__contains=word)
    if after:
        rows = rows.filter(Q(sort_name__gt=after[0]) | Q(sort_name=after[0], pk__gt=after[1]))
    return list(rows.order_by("sort_name", "pk")[:limit])


def search(text: str, *, limit: int = 10, include_listed: bool = True) -> list[Hit]:
    """What somebody may mean who types `text`, with or without tones; the likeliest first.

    Those with content come before those only listed where both fit alike. An empty text finds nothing.
    """
    return finding.finder().search(text, limit, include_listed)


def life_event_said(text: str) -> LifeEvent | None:
    """The life event that a question tells ("chuyển nhà", "tôi muốn mở quán"), None for none."""
    return finding.finder().event(text)


def life_events() -> tuple[LifeEvent, ...]:
    """The life events of the packs ("Sinh con", "Mất sổ đỏ"), for the front page; see `hits_of` for their names."""
    return finding.finder().life_events


def hits_of(slugs: Iterable[str]) -> list[Hit]:
    """Names and codes of procedures by slug, from memory, in the given order; unknown ones are left out."""
    known = finding.finder().hits
    return [known[slug] for slug in slugs if slug in known]


def promise(view: ProcedureView, at: datetime, agency_id: int = ALL_OFFICES) -> clock.Deadline:
    """When a dossier received at the aware moment `at` would be due, by today's calendar of an agency (its key)."""
    start = clock.Event(clock.Kind.START, at)
    return clock.derive(view.limit, [start], agencies.calendar_of(agency_id), view.clock_rules(at))


def warm() -> None:
    """Build the index now, so that the first person who searches does not wait for it."""
    finding.finder()


def ids_within(sectors: Iterable[str], slugs: Iterable[str]) -> frozenset[int]:
    """The primary keys of the procedures in these sectors (Vietnamese names) or with these slugs; one query."""
    where = Q(sector__name_vi__in=list(sectors)) | Q(slug__in=list(slugs))
    return frozenset(Procedure.objects.filter(where).values_list("pk", flat=True))


def short_names(ids: Iterable[int], language: str) -> dict[int, str]:
    """Primary key → short name in `language`, in Vietnamese where there is no other; one query."""
    rows = Procedure.objects.filter(pk__in=set(ids)).values_list("pk", "short_name_vi", "name_en")
    return {pk: english if language == "en" and english else short for pk, short, english in rows}
