"""What only shows when documents are seen together: names that lead nowhere, codes that exist twice, procedures for
which nobody is competent."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any

from motcua.foundation.packs.problems import Place, Words, show_value
from motcua.foundation.packs.resolved import Resolved
from motcua.kernel.conditions import ConditionError, parse
from motcua.kernel.forms import generic_declaration

# What a result may tell besides the answers of the declaration.
RESULT_CONTEXT = frozenset(
    {
        *(
            f"{who}.{what}"
            for who in ("submitted_by", "owner")
            for what in ("name", "address", "personal_number")
        ),
        *(
            "letter.number",
            "letter.issued_on",
            "dossier.code",
            "dossier.reference",
            "dossier.procedure",
            "recipients",
        ),
    }
)

# Where, the words, and what was looked for: the kind of document and the name.
Finding = tuple[Place, Words, str, str]
Checker = Callable[[dict, Resolved], Iterator[Finding]]


def check_references(
    kind: str, body: dict, resolved: Resolved, lost: list[tuple[str, str]]
) -> Iterator[tuple[Place, str, Words]]:
    """Every finding of one file's own body against all documents of its stack of layers.

    `lost` are kind and words of files that could not be read: a name that stands in them is not called missing.
    """
    for checker in _CHECKERS.get(kind, ()):
        for place, words, sought, name in checker(body, resolved):
            if not any(sought == lost_kind and name in text for lost_kind, text in lost):
                yield place, "reference", words


def _missing(place: Place, found: str, sought: str, vi: str, en: str) -> Finding:
    shown = show_value(found)
    return place, (f"thấy {shown}, nhưng {vi}.", f"found {shown}, but {en}."), sought, found


def _pack(body: dict, resolved: Resolved) -> Iterator[Finding]:
    yield from _times(body, (), resolved)


def _times(row: dict, place: Place, resolved: Resolved) -> Iterator[Finding]:
    for key, kind in (("calendar", "calendars"), ("hours", "hours")):
        name = row.get(key)
        if isinstance(name, str) and resolved.get(kind, name) is None:
            vi = f"không có tài liệu {kind}/{name}.yaml"
            yield _missing((*place, key), name, kind, vi, f"there is no document {kind}/{name}.yaml")


def _procedure(body: dict, resolved: Resolved) -> Iterator[Finding]:
    declaration = body.get("declaration")
    if isinstance(declaration, str) and resolved.get("declarations", declaration) is None:
        vi = f"không có declarations/{declaration}.yaml"
        yield _missing(
            ("declaration",), declaration, "declarations", vi, f"there is no declarations/{declaration}.yaml"
        )
    owner = body.get("owner")
    system = owner.get("system") if isinstance(owner, dict) else None
    if isinstance(system, str) and resolved.get("systems", system) is None:
        vi, en = f"không có systems/{system}.yaml", f"there is no systems/{system}.yaml"
        yield _missing(("owner", "system"), system, "systems", vi, en)
    sector = body.get("field_vi")
    if isinstance(sector, str) and sector not in sector_names(resolved):
        vi, en = "lĩnh vực này không có trong sectors.yaml", "this sector is not in sectors.yaml"
        yield _missing(("field_vi",), sector, "sectors", vi, en)


def _bundle(body: dict, resolved: Resolved) -> Iterator[Finding]:
    """The tasks of an interlinked procedure name steps, papers and sections of it, and other procedures by id."""
    whole, named = body.get("bundle"), body.get("declaration")
    if not isinstance(whole, dict):
        return
    if isinstance(named, str) and resolved.get("declarations", named) is None:  # told at the declaration
        return
    steps = {row["key"] for row in _rows(body, "steps") if row.get("stage") != "applicant" and "key" in row}
    papers, sections, questions = _asked(body, resolved)
    for number, row in enumerate(_rows(whole, "tasks")):
        here: Place = ("bundle", "tasks", number)
        named = row.get("procedure")
        if isinstance(named, str) and resolved.get("procedures", named) is None:
            vi, en = "không có thủ tục ấy", "there is no such procedure"
            yield _missing((*here, "procedure"), named, "procedures", vi, en)
        for label, known, what in (
            ("step", steps, ("bước", "step")),
            ("place", questions, ("câu hỏi", "question")),
            ("papers", papers, ("giấy tờ", "paper")),
            ("sections", sections, ("phần của tờ khai", "section of its declaration")),
        ):
            value = row.get(label)
            for name in value if isinstance(value, list) else [value]:
                if isinstance(name, str) and name not in known:
                    vi, en = f"thủ tục này không có {what[0]} ấy", f"the procedure has no such {what[1]}"
                    yield _missing((*here, label), name, "declarations", vi, en)


def _asked(body: dict, resolved: Resolved) -> tuple[set[str], set[str], set[str]]:
    """The keys of a procedure's papers, the ids of the sections and of the questions of its declaration."""
    document = resolved.get("declarations", str(body.get("declaration")))
    form = generic_declaration(body) if document is None else document.body
    papers = _keys(body, "required_documents") if document is None else _keys(form, "papers")
    sections = _rows(form, "sections")
    questions = {row.get("id") for part in sections for row in _rows(part, "fields")}
    return papers, {str(part.get("id")) for part in sections}, {str(name) for name in questions}


def sector_names(resolved: Resolved) -> set[str]:
    """The names of all sectors."""
    names = (row.get("name_vi") for row in resolved.rows("sectors", "sectors"))
    return {name for name in names if isinstance(name, str)}


def _paper(body: dict, resolved: Resolved) -> Iterator[Finding]:
    """A layout is set by other layouts that there are."""
    for number, name in enumerate(body.get("uses") or ()):
        if isinstance(name, str) and resolved.get("papers", name) is None:
            vi, en = "không có bố cục ấy", "there is no such layout"
            yield _missing(("uses", number), name, "papers", vi, en)


def _lost_declaration(procedure: dict, resolved: Resolved) -> bool:
    """Whether a procedure names a declaration that is not there: said once, at the procedure."""
    named = procedure.get("declaration")
    return isinstance(named, str) and resolved.get("declarations", named) is None


def _result(body: dict, resolved: Resolved) -> Iterator[Finding]:
    """A result bears the name of its procedure, is set by a layout there is, and its rows are asked somewhere."""
    procedure = resolved.get("procedures", str(body.get("id")))
    if procedure is None:
        vi, en = "không có thủ tục ấy", "there is no such procedure"
        yield _missing(("id",), str(body.get("id")), "procedures", vi, en)
        return
    kinds = {row.get("kind") for layout in resolved.of("papers") for row in _rows(layout.body, "lays_out")}
    if (kind := body.get("layout")) not in kinds:
        vi, en = "không bố cục nào dành cho loại giấy ấy", "no layout is for papers of this kind"
        yield _missing(("layout",), str(kind), "papers", vi, en)
    if _lost_declaration(procedure.body, resolved):
        return
    _papers, _sections, questions = _asked(procedure.body, resolved)
    for number, row in enumerate(_rows(body, "rows")):
        name = row.get("field")
        if isinstance(name, str) and name not in questions and name not in RESULT_CONTEXT:
            yield _missing(("rows", number, "field"), name, "declarations", *_UNASKED)


def _listed_procedures(body: dict, resolved: Resolved) -> Iterator[Finding]:
    for label in ("procedures", "except"):
        names = body.get(label)
        for number, name in enumerate(names if isinstance(names, list) else ()):
            if isinstance(name, str) and resolved.get("procedures", name) is None:
                vi, en = "không có thủ tục ấy", "there is no such procedure"
                yield _missing((label, number), name, "procedures", vi, en)


def _synonyms(body: dict, resolved: Resolved) -> Iterator[Finding]:
    for label in ("words", "life_events"):
        for number, row in enumerate(_rows(body, label)):
            for place, *rest in _listed_procedures(row, resolved):
                yield (label, number, *place), *rest


def _assistant(body: dict, resolved: Resolved) -> Iterator[Finding]:
    for label in ("asked", "cases", "questions", "answers"):
        for number, row in enumerate(_rows(body, label)):
            named = [(("procedure",), row.get("procedure"))]
            named += [(("not", place), name) for place, name in enumerate(row.get("not") or ())]
            for place, name in named:
                if isinstance(name, str) and resolved.get("procedures", name) is None:
                    vi, en = "không có thủ tục ấy", "there is no such procedure"
                    yield _missing((label, number, *place), name, "procedures", vi, en)
    for number, row in enumerate(_rows(body, "beside")):
        for place, name in enumerate(row.get("near") or ()):
            if isinstance(name, str) and resolved.get("procedures", name) is None:
                vi, en = "không có thủ tục ấy", "there is no such procedure"
                yield _missing(("beside", number, "near", place), name, "procedures", vi, en)
    for number, row in enumerate(_rows(body, "events")):
        for place, *rest in _listed_procedures(row, resolved):
            yield ("events", number, *place), *rest


def _reasons(body: dict, resolved: Resolved) -> Iterator[Finding]:
    name = body.get("procedure")
    if not isinstance(name, str):
        return
    procedure = resolved.get("procedures", name)
    if procedure is None:
        yield _missing(
            ("procedure",), name, "procedures", "không có thủ tục ấy", "there is no such procedure"
        )
        return
    papers = _keys(procedure.body, "required_documents")
    named = procedure.body.get("declaration")
    if isinstance(named, str):
        declaration = resolved.get("declarations", named)
        if declaration is None:  # told at the procedure
            return
        papers |= _keys(declaration.body, "papers")
    for kind in ("supplement", "refusal", "stop"):
        for number, row in enumerate(_rows(body, kind)):
            paper = row.get("paper")
            if isinstance(paper, str) and paper not in papers:
                vi, en = "thủ tục này không có giấy tờ ấy", "the procedure has no such paper"
                yield _missing((kind, number, "paper"), paper, "declarations", vi, en)


def _keys(body: dict, label: str) -> set[str]:
    return {row["key"] for row in _rows(body, label) if isinstance(row.get("key"), str)}


def _listed_sectors(body: dict, resolved: Resolved) -> Iterator[Finding]:
    known = sector_names(resolved)
    names = body.get("sectors")
    for number, name in enumerate(names if isinstance(names, list) else ()):
        if isinstance(name, str) and name not in known:
            vi, en = "lĩnh vực này không có trong sectors.yaml", "this sector is not in sectors.yaml"
            yield _missing(("sectors", number), name, "sectors", vi, en)


def _retention(body: dict, resolved: Resolved) -> Iterator[Finding]:
    """Every schedule names sectors and procedures that there are."""
    for number, row in enumerate(_rows(body, "schedules")):
        for checker in (_listed_sectors, _listed_procedures):
            for place, *told in checker(row, resolved):
                yield ("schedules", number, *place), *told  # type: ignore[misc]


def _agencies(body: dict, resolved: Resolved) -> Iterator[Finding]:
    for number, row in enumerate(_rows(body, "agencies")):
        place = ("agencies", number)
        parent, area = row.get("parent"), row.get("area")
        if isinstance(parent, str) and parent not in resolved.agencies:
            yield _missing(
                (*place, "parent"), parent, "agencies", "không có cơ quan ấy", "there is no such agency"
            )
        if isinstance(parent, str) and _in_circle(row.get("code"), resolved.agencies):
            vi, en = "cơ quan này nằm dưới chính nó", "the agency lies under itself"
            yield _missing((*place, "parent"), parent, "", vi, en)
        for label, code in [("area", area), *(("serves", code) for code in row.get("serves") or ())]:
            if isinstance(code, str) and code not in resolved.areas:
                yield _missing((*place, label), code, "areas", "không có địa bàn ấy", "there is no such area")
        yield from _times(row, place, resolved)


def _areas(body: dict, resolved: Resolved) -> Iterator[Finding]:
    for number, row in enumerate(_rows(body, "areas")):
        place = ("areas", number)
        parent = row.get("parent")
        if isinstance(parent, str) and parent not in resolved.areas:
            yield _missing(
                (*place, "parent"), parent, "areas", "không có địa bàn ấy", "there is no such area"
            )
        if isinstance(parent, str) and _in_circle(row.get("code"), resolved.areas):
            vi, en = "địa bàn này nằm dưới chính nó", "the area lies under itself"
            yield _missing((*place, "parent"), parent, "", vi, en)


def _in_circle(code: Any, rows: dict[str, dict]) -> bool:
    seen: set[Any] = set()
    current = code
    while isinstance(current, str) and current in rows and current not in seen:
        seen.add(current)
        current = rows[current].get("parent")
    return current is not None and current == code


def _succession(body: dict, resolved: Resolved) -> Iterator[Finding]:
    is_agency = body.get("of") == "agency"
    sought = "agencies" if is_agency else "areas"
    known = resolved.agencies if is_agency else resolved.areas
    vi, en = ("không có cơ quan ấy", "there is no such agency") if is_agency else _NO_AREA
    for number, row in enumerate(_rows(body, "rows")):
        for label in ("from", "to"):
            if isinstance(row.get(label), str) and row[label] not in known:
                yield _missing(("rows", number, label), row[label], sought, vi, en)


def _reorganisation(body: dict, resolved: Resolved) -> Iterator[Finding]:
    ended = body.get("ends")
    for number, code in enumerate(ended if isinstance(ended, list) else ()):
        if isinstance(code, str) and code not in resolved.agencies:
            vi, en = "không có cơ quan ấy", "there is no such agency"
            yield _missing(("ends", number), code, "agencies", vi, en)
    for number, row in enumerate(_rows(body, "competences")):
        for place, *rest in _listed_procedures(row, resolved):
            yield ("competences", number, *place), *rest


def _queue(body: dict, resolved: Resolved) -> Iterator[Finding]:
    code = body.get("agency")
    if isinstance(code, str) and code not in resolved.agencies:
        yield _missing(("agency",), code, "agencies", "không có cơ quan ấy", "there is no such agency")


def _registers(body: dict, resolved: Resolved) -> Iterator[Finding]:
    """A register is written by procedures there are, from what they ask, under conditions that can be read."""
    for number, register in enumerate(_rows(body, "registers")):
        here: Place = ("registers", number)
        fields = {row.get("id") for row in _rows(register, "fields")}
        yield from _named(register.get("ended_by"), (*here, "ended_by"), resolved)
        for which, row in enumerate(_rows(register, "written_by")):
            place = (*here, "written_by", which)
            procedure = resolved.get("procedures", str(row.get("procedure")))
            if procedure is None:
                yield from _named([row.get("procedure")], (*place, "procedure"), resolved, alone=True)
                continue
            if _lost_declaration(procedure.body, resolved):
                continue
            questions = _asked(procedure.body, resolved)[2]
            values = row.get("values")
            told = dict(values) if isinstance(values, dict) else {}
            for field in told:
                if field not in fields:
                    vi, en = "sổ này không có mục ấy", "the register has no such field"
                    yield _missing((*place, "values", field), field, "registers", vi, en)
            more = {label: row[label] for label in ("subject", "valid_from") if label in row}
            for label, name in [*((("values", field), name) for field, name in told.items()), *more.items()]:
                if isinstance(name, str) and name not in questions:
                    at = label if isinstance(label, tuple) else (label,)
                    yield _missing((*place, *at), name, "declarations", *_UNASKED)
            yield from _readable(row.get("when"), (*place, "when"), questions)


def _readable(text: Any, place: Place, questions: set[str]) -> Iterator[Finding]:
    if not isinstance(text, str):
        return
    try:
        unknown = sorted(parse(text).names() - questions)
    except ConditionError as problem:
        yield _missing(
            place, text, "", f"điều kiện không đọc được: {problem}", f"it cannot be read: {problem}"
        )
        return
    for name in unknown:
        yield _missing(place, name, "declarations", *_UNASKED)


def _named(names: Any, place: Place, resolved: Resolved, *, alone: bool = False) -> Iterator[Finding]:
    for number, name in enumerate(names if isinstance(names, list) else ()):
        if isinstance(name, str) and resolved.get("procedures", name) is None:
            vi, en = "không có thủ tục ấy", "there is no such procedure"
            yield _missing(place if alone else (*place, number), name, "procedures", vi, en)


def _paper_kinds(body: dict, resolved: Resolved) -> Iterator[Finding]:
    """A kind of paper names procedures, papers of theirs and registers; a paper is of one kind only."""
    registers = {row.get("id") for one in resolved.of("registers") for row in _rows(one.body, "registers")}
    taken: set[tuple[str, str]] = set()
    for number, kind in enumerate(_rows(body, "kinds")):
        here: Place = ("kinds", number)
        yield from _named(kind.get("result_of"), (*here, "result_of"), resolved)
        name = kind.get("register")
        if isinstance(name, str) and name not in registers:
            yield _missing(
                (*here, "register"), name, "registers", "không có sổ ấy", "there is no such register"
            )
        yield from _asked_by(kind, here, resolved, taken)


def _asked_by(
    row: dict, here: Place, resolved: Resolved, taken: set[tuple[str, str]] | None
) -> Generator[Finding, None, set[str]]:
    """The papers of procedures that a row names; `taken` are those of other rows. Returns what these procedures ask."""
    asked = row.get("asked_by")
    questions: set[str] = set()
    for slug, keys in asked.items() if isinstance(asked, dict) else ():
        procedure = resolved.get("procedures", str(slug))
        if procedure is None:
            yield from _named([slug], (*here, "asked_by", slug), resolved, alone=True)
            continue
        if _lost_declaration(procedure.body, resolved):
            questions |= set(row.get("shows") or ())  # said once, at the procedure
            continue
        papers, _sections, own = _asked(procedure.body, resolved)
        questions |= own
        for which, key in enumerate(keys if isinstance(keys, list) else ()):
            place = (*here, "asked_by", slug, which)
            if key not in papers:
                vi, en = "thủ tục này không có giấy tờ ấy", "the procedure has no such paper"
                yield _missing(place, str(key), "declarations", vi, en)
            elif taken is not None and (slug, key) in taken:
                vi, en = "giấy tờ ấy đã thuộc một loại khác", "the paper is of another kind already"
                yield _missing(place, str(key), "", vi, en)
            if taken is not None:
                taken.add((slug, key))
    return questions


def _bundles(body: dict, resolved: Resolved) -> Iterator[Finding]:
    """A bundle names procedures and questions of theirs, a person kinds of papers."""
    kinds = {row.get("id") for one in resolved.of("paper-kinds") for row in _rows(one.body, "kinds")}
    for number, bundle in enumerate(_rows(body, "bundles")):
        here: Place = ("bundles", number)
        yield from _named(bundle.get("procedures"), (*here, "procedures"), resolved)
        answers = bundle.get("answers")
        for slug in answers if isinstance(answers, dict) else ():
            if slug not in (bundle.get("procedures") or ()):
                vi, en = "việc này không có thủ tục ấy", "the bundle has no such procedure"
                yield _missing((*here, "answers", slug), str(slug), "procedures", vi, en)
    for rows, label in (("persons", "holds"), ("bundles", "fresh")):
        for number, row in enumerate(_rows(body, rows)):
            for which, name in enumerate(row.get(label) or ()):
                if isinstance(name, str) and name not in kinds:
                    vi, en = "không có loại giấy tờ ấy", "there is no such kind of paper"
                    yield _missing((rows, number, label, which), name, "paper-kinds", vi, en)


def _prechecks(body: dict, resolved: Resolved) -> Iterator[Finding]:
    """A place is a question of its procedure; a paper is one of its procedures', what it shows a question of one."""
    for number, row in enumerate(_rows(body, "places")):
        place: Place = ("places", number)
        procedure = resolved.get("procedures", str(row.get("procedure")))
        if procedure is None:
            yield from _named([row.get("procedure")], (*place, "procedure"), resolved, alone=True)
            continue
        if _lost_declaration(procedure.body, resolved):
            continue
        questions = _asked(procedure.body, resolved)[2]
        for which, name in enumerate(row.get("fields") or ()):
            if name not in questions:
                yield _missing((*place, "fields", which), str(name), "declarations", *_UNASKED)
        yield from _readable(row.get("when"), (*place, "when"), questions)
    for number, row in enumerate(_rows(body, "papers")):
        here: Place = ("papers", number)
        known = yield from _asked_by(row, here, resolved, None)
        for which, name in enumerate(row.get("shows") or ()):
            if name not in known:
                vi, en = "không tờ khai nào trong đó hỏi mục ấy", "none of these declarations asks for it"
                yield _missing((*here, "shows", which), str(name), "declarations", vi, en)
        yield from _readable(row.get("shows_when"), (*here, "shows_when"), known)


_UNASKED = ("tờ khai không hỏi mục ấy", "the declaration does not ask for it")
_NO_AREA = ("không có địa bàn ấy", "there is no such area")


def _rows(body: dict, label: str) -> list[dict]:
    rows = body.get(label)
    return [row if isinstance(row, dict) else {} for row in rows] if isinstance(rows, list) else []


_CHECKERS: dict[str, tuple[Checker, ...]] = {
    "pack": (_pack,),
    "procedures": (_procedure, _bundle),
    "doors": (_listed_procedures,),
    "law-notes": (_listed_procedures, _listed_sectors),
    "synonyms": (_synonyms,),
    "assistant": (_assistant,),
    "reasons": (_reasons,),
    "agencies": (_agencies,),
    "areas": (_areas,),
    "succession": (_succession,),
    "reorganisations": (_reorganisation,),
    "queues": (_queue,),
    "registers": (_registers,),
    "paper-kinds": (_paper_kinds,),
    "bundles": (_bundles,),
    "prechecks": (_prechecks,),
    "papers": (_paper,),
    "results": (_result,),
    "retention": (_retention,),
}
