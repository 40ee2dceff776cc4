"""Where booths stand and on which days: said by who leads the agency that runs them."""

from __future__ import annotations

from datetime import date

from motcua.agencies import queries as agencies
from motcua.certificates import queries, rules
from motcua.certificates.errors import BoothIncomplete, NoSuchBooth, NotYourAgency
from motcua.certificates.models import Booth
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.kernel.text import one_line


@action("certificates.keep_booth")
def keep_booth(
    act: Act,
    *,
    agency: str,
    name_vi: str,
    address: str,
    days: list[str],
    opens: str,
    closes: str,
    name_en: str = "",
) -> dict:
    """A booth of an agency (its code) that the actor leads, from today on. Raises NotYourAgency, BoothIncomplete."""
    office = agencies.by_code(agency)
    if office is None or office.id not in queries.led(act.actor):
        raise NotYourAgency()
    name, place = one_line(name_vi)[: rules.NAME_MAX], one_line(address)[: rules.ADDRESS_MAX]
    week, begin, end = rules.clean_days(days), rules.clock_of(opens), rules.clock_of(closes)
    if not (name and place and week and begin and end and begin < end):
        raise BoothIncomplete()
    row = Booth.objects.create(
        agency_id=office.id,
        name_vi=name,
        name_en=one_line(name_en)[: rules.NAME_MAX],
        address=place,
        days=week,
        opens=begin,
        closes=end,
        from_on=local_date(act.at),
    )
    record(
        act,
        "booth.kept",
        row.subject,
        facts={"agency": agency, "days": week, "opens": opens, "closes": closes},
    )
    return {"booth": row.public_id}


@action("certificates.end_booth")
def end_booth(act: Act, *, booth: str, last_on: str = "") -> dict:
    """A booth stands no longer after today (or the ISO day `last_on`); what was registered there stays counted there.

    Raises NoSuchBooth, NotYourAgency.
    """
    row = Booth.objects.select_for_update().filter(public_id=booth[:26]).first()
    if row is None:
        raise NoSuchBooth()
    if row.agency_id not in queries.led(act.actor):
        raise NotYourAgency()
    row.until_on = date.fromisoformat(last_on) if last_on else local_date(act.at)
    row.save(update_fields=["until_on"])
    record(act, "booth.ended", row.subject, facts={"until": row.until_on})
    return {"booth": row.public_id}
