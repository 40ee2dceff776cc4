"""The proof of the way through the offices: every step is come to and done by somebody, in time, up to an end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from motcua.kernel.clock import ClockProblem, Limit
from motcua.kernel.prover.findings import Dossier, Finding, Place, Proof, counted
from motcua.kernel.prover.posts import APPLICANT, OFFICER, OUTSIDE, RECEPTION, SIGNER, post_of
from motcua.kernel.text import Bilingual

Row = Mapping[str, Any]
UNIT_STAGES = (OFFICER, OUTSIDE, SIGNER)
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Route:
    """Where dossiers from one place go; agencies as pack rows, None where there is none.

    `commune` is the place that is shown for all that go the same way.
    """

    commune: str
    competent: Row | None
    receiver: Row | None
    also: tuple[Row, ...] = ()

    def at_work(self, stage: str) -> tuple[Row, ...]:
        """Who may do a step of that stage: the competent agency, those it forwards to, at the door also the desk."""
        desk = (self.receiver,) if stage == RECEPTION else ()
        return tuple(one for one in (self.competent, *self.also, *desk) if one is not None)

    def shown(self) -> dict[str, str]:
        """For a counter-example: the place and the codes of the agencies."""
        said = {"commune": self.commune}
        for name, agency in (("competent", self.competent), ("received_by", self.receiver)):
            if agency is not None:
                said[name] = str(agency.get("code"))
        return said


@dataclass(frozen=True)
class House:
    """What the house lends to the steps of each stage: the roles that may do them, e.g. {"signing": ("signer",)}.

    A stage without a role is one that nobody here can do.
    """

    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def prove_steps(body: Row, routes: Sequence[Route], house: House) -> Proof:
    """Everything about the time limit, the steps and the agencies of one procedure of a pack.

    `routes` are the ways that differ (none where the packs know no communes).
    """
    proof = Proof()
    rows = [row for row in body.get("steps") or () if isinstance(row, Mapping)]
    steps = sorted(enumerate(rows), key=lambda pair: (pair[1].get("order") or 0, pair[0]))
    _limit(body, proof)
    _time(steps, proof)
    _way(steps, proof)
    if body.get("status") == "active":
        for route in routes:
            _route(route, proof)
    for place, row in steps:
        _who(place, row, routes if body.get("status") == "active" else (), house, proof)
    return proof


def _tell(
    proof: Proof, kind: str, place: Place, name: str, vi: str, en: str, route: Route | None = None
) -> None:
    dossier = None if route is None else Dossier("", {}, route=route.shown())
    proof.findings.append(Finding(kind, "procedure", place, name, Bilingual(vi, en), dossier))


def _limit(body: Row, proof: Proof) -> None:
    proof.asked += 1
    given = body.get("time_limit")
    try:
        limit = Limit.from_pack(given if isinstance(given, Mapping) else None)
    except ClockProblem as problem:
        _tell(proof, "unreadable", ("time_limit",), "time_limit", problem.say("vi"), problem.say("en"))
        return
    row = given if isinstance(given, Mapping) else {}
    marks = [str(mark) for mark in body.get("unverified") or ()]
    is_said = row.get("notes") or row.get("unverified") or any(m.startswith("time_limit") for m in marks)
    if not limit.is_fixed and not is_said:
        _tell(proof, "limit_missing", ("time_limit",), "time_limit", "", "")


def _time(steps: Sequence[tuple[int, Row]], proof: Proof) -> None:
    """The limit runs from reception: the shares of the office's steps are parts of it, at most the whole."""
    proof.asked += 1
    shares = [float(row.get("time_share") or 0) for _, row in steps if row.get("stage") != APPLICANT]
    if sum(shares) > 1 + _ROUNDING:
        said = f"{counted(shares)} = {sum(shares):g} > 1"
        _tell(proof, "steps_over_limit", ("steps",), "steps", said, said)
    for place, row in steps:
        share = float(row.get("time_share") or 0)
        if share < 0 or (row.get("stage") == APPLICANT and share > 0):
            said = f"time_share {share:g}"
            at = ("steps", place, "time_share")
            _tell(proof, "steps_over_limit", at, str(row.get("key")), said, said)


def _way(steps: Sequence[tuple[int, Row]], proof: Proof) -> None:
    """What the moves of the house make of the steps: declare, receive, work through the unit's steps up to the last
    signature, make known and hand over."""
    proof.asked += len(steps)
    stages = [str(row.get("stage")) for _, row in steps]
    units = [number for number, stage in enumerate(stages) if stage in UNIT_STAGES]
    signatures = [number for number, stage in enumerate(stages) if stage == SIGNER]
    last = signatures[-1] if signatures else units[-1] if units else -1
    for number, (place, row) in enumerate(steps):
        why = _why_unreachable(number, stages, units, last)
        if why is not None:
            _tell(proof, "unreachable_step", ("steps", place), str(row.get("key")), *why)
    if not any(stage in (OFFICER, SIGNER) for stage in stages):
        vi, en = "không bước nào xử lý hoặc ký", "no step processes or signs"
        _tell(proof, "no_end", ("steps",), "steps", vi, en)
    elif stages[-1] in (APPLICANT, OUTSIDE):
        vi = "bước cuối nằm ở ngoài, không ai trả kết quả"
        en = "the last step lies outside, nobody returns the result"
        _tell(proof, "no_end", ("steps", steps[-1][0]), str(steps[-1][1].get("key")), vi, en)


def _why_unreachable(
    number: int, stages: Sequence[str], units: Sequence[int], last: int
) -> tuple[str, str] | None:
    stage = stages[number]
    if stage == APPLICANT and any(each != APPLICANT for each in stages[:number]):
        return (
            "sau khi nộp, người nộp không còn bước nào",
            "after filing the applicant has no step of her own",
        )
    if stage == RECEPTION and units and units[0] < number < last:
        return (
            "bộ phận một cửa chỉ làm trước và sau phần của đơn vị",
            "the desk works before and after the unit only",
        )
    if stage == OUTSIDE and number > last and last >= 0:
        return "sau chữ ký cuối không hỏi cơ quan nào nữa", "after the last signature nobody outside is asked"
    if stage not in (APPLICANT, RECEPTION, *UNIT_STAGES):
        return f"không có giai đoạn “{stage}”", f"there is no stage “{stage}”"
    return None


def _route(route: Route, proof: Proof) -> None:
    proof.asked += 1
    for agency, vi, en in (
        (route.competent, "cơ quan có thẩm quyền", "a competent agency"),
        (route.receiver, "nơi tiếp nhận", "a place of reception"),
    ):
        if agency is None:
            said = (f"{route.commune}: thiếu {vi}", f"{route.commune}: {en} is missing")
            _tell(
                proof, "route_missing", ("responsible_agency_type",), "responsible_agency_type", *said, route
            )
            return


def _who(place: int, row: Row, routes: Sequence[Route], house: House, proof: Proof) -> None:
    """Whether somebody does the step, in every agency to which the procedure goes."""
    proof.asked += 1
    stage, role, key = str(row.get("stage")), str(row.get("role") or ""), str(row.get("key"))
    at = ("steps", place, "role")
    post = post_of(role)
    if post is None:
        vi, en = f"không biết chức danh “{role}”", f"the post “{role}” is not known"
        _tell(proof, "step_without_role", at, key, vi, en)
        return
    if stage not in post.may:
        vi, en = f"“{role}” không làm bước loại “{stage}”", f"“{role}” does no step of the kind “{stage}”"
        _tell(proof, "step_without_role", at, key, vi, en)
        return
    if stage in (APPLICANT, OUTSIDE):
        return
    if not house.roles.get(stage):
        vi, en = f"không vai trò nào làm bước “{stage}”", f"no role of the house does a step “{stage}”"
        _tell(proof, "step_without_role", at, key, vi, en)
        return
    for route in routes:
        if route.competent is not None and not any(post.is_at(agency) for agency in route.at_work(stage)):
            vi = f"{route.commune}: không cơ quan nào trên đường đi có chức danh “{role}”"
            en = f"{route.commune}: no agency on the way has the post “{role}”"
            _tell(proof, "step_without_role", at, key, vi, en, route)
            return
