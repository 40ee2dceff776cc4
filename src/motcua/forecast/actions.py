"""Every change of the forecasts: learning anew."""

from __future__ import annotations

from motcua.forecast import lives, rules
from motcua.forecast.models import Learning
from motcua.forecast.queries import MONTHS, groups_to_data, judged_groups
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record

KEPT = 40  # nights


@action("forecast.learn")
def learn(act: Act) -> dict:
    """Learn from what is recorded up to the act's moment, and judge the way of learning on the last complete months.

    Answers {stands, kinds, months}. The same rows and the same moment give the same table.
    """
    stands = lives.gather(act.at)
    table = rules.learn(lives.seen_until(stands, act.at))
    months = lives.months_before(act.at, MONTHS)
    groups = judged_groups(stands, months, act.at)
    row = Learning.objects.create(
        at=act.at,
        stands=len(stands),
        cells=rules.to_data(table),
        calibration={"months": [month.name for month in months], "groups": groups_to_data(groups)},
    )
    older = Learning.objects.order_by("-pk").values_list("pk", flat=True)[KEPT : KEPT + 1]
    for pk in older:
        Learning.objects.filter(pk__lte=pk).delete()
    done = {"stands": len(stands), "kinds": len(table), "months": len(months)}
    record(act, "forecast.learnt", "forecast:tables", facts={**done, "row": row.pk})
    return done
