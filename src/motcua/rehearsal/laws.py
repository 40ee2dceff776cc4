"""What a change makes of the published documents: the law before and after, built once for each version."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.agencies import queries as agencies
from motcua.agencies import rules as agency_rules
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import ProcedureView
from motcua.foundation.packs import store
from motcua.foundation.time import local_date
from motcua.kernel import clock
from motcua.kernel.conditions import ConditionError
from motcua.rehearsal.change import EVERYWHERE, Change, ChangeWrong
from motcua.rehearsal.rules import Law


@dataclass
class Laws:
    """The documents under a change; every answer is kept, since thousands of dossiers share few of them."""

    change: Change
    _views: dict[int, ProcedureView] = field(default_factory=dict)
    _calendars: dict[tuple, clock.Calendar] = field(default_factory=dict)
    _rules: dict[tuple, clock.ClockRules] = field(default_factory=dict)

    def demand_known(self, at: datetime) -> None:
        """Raises ChangeWrong when the change names a document or an office that is not there."""
        for kind, name in self.change.documents:
            if store.current(kind, name, at) is None:
                raise ChangeWrong(
                    f"{kind}/{name}",
                    "không có tài liệu nào tên này đang có hiệu lực.",
                    "no document of this name is in force.",
                )
        for code in self.change.paces:
            if code != EVERYWHERE and agencies.by_code(code) is None:
                raise ChangeWrong(
                    f"staffing.{code}", "không có cơ quan mang mã này.", "there is no agency with this code."
                )

    def view(self, version: int) -> ProcedureView:
        """The procedure's pinned version with the change over it. Raises ChangeWrong for a part that is wrong."""
        known = self._views.get(version)
        if known is None:
            known = self._views[version] = self._changed(catalogue.view_of(version))
        return known

    def _changed(self, view: ProcedureView) -> ProcedureView:
        body: Any = self.change.over("procedures", view.slug, dict(view.body))
        declared = body.get("declaration")
        if isinstance(declared, dict):
            laid = self.change.over("declarations", str(declared.get("id")), declared)
            body = body if laid is declared else {**body, "declaration": laid}
        for name in self._values():
            body = _with_values(body, name, self.change.documents["values", name])
        if body == view.body:
            return view
        made = ProcedureView(body, hash=f"{view.hash}+", version_id=view.version_id)
        try:
            _ = made.limit, made.fees, made.steps, made.declaration
        except (clock.ClockProblem, ConditionError, ValueError, KeyError, TypeError) as problem:
            raise ChangeWrong(f"procedures/{view.slug}", str(problem), str(problem)) from problem
        return made

    def _values(self) -> list[str]:
        return [name for kind, name in self.change.documents if kind == "values"]

    def before(self, version: int, agency: int, received_at: datetime, ended_at: datetime | None) -> Law:
        """What binds a dossier as it is."""
        view = catalogue.view_of(version)
        return Law(view.limit, self._rules_of(view, received_at), agencies.calendar_of(agency, ended_at))

    def after(self, version: int, agency: int, received_at: datetime, ended_at: datetime | None) -> Law:
        """What would bind it under the change. Raises ChangeWrong."""
        view = self.view(version)
        return Law(view.limit, self._rules_of(view, received_at), self.calendar(agency, ended_at))

    def _rules_of(self, view: ProcedureView, received_at: datetime) -> clock.ClockRules:
        key = (view.version_id, view.hash, local_date(received_at))
        if key not in self._rules:
            try:
                self._rules[key] = view.clock_rules(received_at)
            except clock.ClockProblem as problem:
                raise ChangeWrong(
                    f"procedures/{view.slug}", problem.say("vi"), problem.say("en")
                ) from problem
        return self._rules[key]

    def calendar(self, agency: int, at: datetime | None) -> clock.Calendar:
        """The calendar of an agency under the change; the very same object where it is not touched."""
        office = agencies.office(agency)
        days = (office and office.calendar) or agency_rules.DEFAULT_CALENDAR
        hours = (office and office.hours) or agency_rules.DEFAULT_HOURS
        touched = [name in self.change.documents for name in (("calendars", days), ("hours", hours))]
        if not any(touched):
            return agencies.calendar_of(agency, at)
        found = store.current("calendars", days, at), store.current("hours", hours, at)
        key = (days, *(version.hash if version else "" for version in found))
        if key not in self._calendars:
            bodies = [
                self.change.over(kind, name, dict(version.body)) if version else None
                for kind, name, version in (("calendars", days, found[0]), ("hours", hours, found[1]))
            ]
            try:
                self._calendars[key] = clock.Calendar.from_documents(bodies[0] or {}, bodies[1], days)
            except clock.ClockProblem as problem:
                raise ChangeWrong(f"calendars/{days}", problem.say("vi"), problem.say("en")) from problem
        return self._calendars[key]


def _with_values(body: dict[str, Any], name: str, overlay: dict[str, Any]) -> dict[str, Any]:
    """A procedure whose dated value `name` is another: one of the clock, or one that reduces fees."""
    values = overlay.get("values")
    if not isinstance(values, dict):
        raise ChangeWrong(f"values/{name}", "thiếu khóa values.", "the key `values` is missing.")
    clocks, fees = body.get("clock_values") or {}, body.get("fee_rules") or {}
    if name in clocks:
        return {**body, "clock_values": {**clocks, name: {**clocks[name], **values}}}
    if name in fees:
        rule = fees[name]
        laid = {**rule, "values": {**(rule.get("values") or {}), **values}}
        return {**body, "fee_rules": {**fees, name: laid}}
    return body
