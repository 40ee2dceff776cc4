"""`kill -9` of web server, worker, supervisor and simulator, ten times at random, while people file and receive.

After it every acknowledged act is there once, no event is lost or out of order for its subject, codes are gapless,
the journal holds, and what lists read equals the rules. On SQLite, and on PostgreSQL in its pass.
"""

import json
import time
from datetime import UTC, datetime
from random import Random

import pytest

from motcua.config.paths import CHECKOUT
from tests.crash.site import Client, Site, until
from tests.support.processes import environment, free_port, own_database

pytestmark = [pytest.mark.slow, pytest.mark.served]
KILLS = ["simulator"] * 4 + ["worker"] * 2 + ["web"] * 2 + ["web child", "site"]
PAUSE_SECONDS = (0.4, 2.2)


@pytest.fixture
def database():
    with own_database("crash") as address:
        yield address


@pytest.fixture
def site(tmp_path, database):
    given = {"MOTCUA_VAR": str(tmp_path), "PYTHONPATH": f"{CHECKOUT}/src:{CHECKOUT}"}
    given |= {"DATABASE_URL": database} if database else {}
    arguments = ["--seed=kill", "--dossiers=60", "--days=3", f"--until={datetime.now(UTC).isoformat()}"]
    with (tmp_path / "said.log").open("ab") as log:
        made = Site(environment(**given), free_port(), arguments, log)
        yield made
        made.end()


def test_ten_kills_lose_nothing_and_double_nothing(site):
    people = site.helper("prepare")
    site.serve()
    until(site.healthy, "the site never answered")
    site.simulate()
    client = Client(site.port, people)
    client.start()
    rng = Random("ten kills")
    for what in rng.sample(KILLS, len(KILLS)):
        time.sleep(rng.uniform(*PAUSE_SECONDS))
        until(lambda what=what: site.kill(what), f"there was no {what} to kill")
    until(site.healthy, "the site never came back")
    client.enough.set()  # the simulation ends with checks of the whole, which nobody's work may cross
    client.join(120)
    summaries = site.finish_simulation()
    assert client.problem == ""
    assert not client.is_alive()
    assert len({told["dossier"] for told in client.acknowledged.values()}) >= 2
    assert [each["refusal_samples"] for each in summaries if each["refusals"]] == []
    told = json.dumps(client.acknowledged)
    until(lambda: not _waiting(site, told), "deliveries were never done")
    found = site.helper("examine", told)
    assert found["found"] == []
    assert found["journal"] is True


def _waiting(site, told):
    return [each for each in site.helper("examine", told)["found"] if ": waiting after 0" in each]
