"""A key is changed without losing a value: afterwards the older key may be taken away."""

import json
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from motcua.config import cli
from motcua.files import actions as files
from motcua.files import queries as stored
from motcua.foundation.actors import system
from motcua.foundation.acts import action, new_act
from motcua.foundation.journal import record
from motcua.foundation.journal.verify import verify
from motcua.people import actions as people
from motcua.people import queries
from motcua.people.models import Party
from tests.files.factories import PDF

pytestmark = pytest.mark.django_db
AT = datetime(2026, 8, 21, 3, 0, tzinfo=UTC)
NUMBER, PHONE = "022190001234", "0912345678"


def act(act_id=None):
    return new_act(system("tests"), at=AT, purpose="tests", act_id=act_id)


@action("tests.say")
def say(act, *, thing):
    record(act, "tests.said", f"thing:{thing}", personal={"name": "Trần Thị Hoa"})
    return {}


@pytest.fixture
def use(settings, tmp_path):
    """`use(data="new", index="2", without=["d1"])` changes the keys of the installation."""
    own = settings.MOTCUA
    spare = own.data_keys["d0"]
    base = own.model_copy(update={"var": tmp_path, "disk_reserve_mb": 0})
    settings.MOTCUA = base

    def change(*, data="d1", index="1", without=()):
        data_keys = {k: v for k, v in {**base.data_keys, "new": spare}.items() if k not in without}
        index_keys = {k: v for k, v in {**base.index_keys, "2": spare}.items() if k not in without}
        update = {"data_keys": data_keys, "data_key_active": data}
        update |= {"index_keys": index_keys, "index_key_active": index}
        settings.MOTCUA = base.model_copy(update=update)

    return change


def keys_reseal(capsys):
    code = cli.main(["keys", "reseal", "--json"])
    return code, json.loads(capsys.readouterr().out)


def raw(model, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table} ORDER BY id")  # noqa: S608
        return [value for (value,) in cursor.fetchall()]


def test_after_it_the_older_keys_may_be_taken_away(use, capsys):
    made = people.find_or_create(
        act(), facts={"full_name": "Trần Thị Hoa", "personal_number": NUMBER, "phone": PHONE}, source="card"
    )
    say(act(), thing="a")
    kept = files.keep(act(), SimpleUploadedFile("a.pdf", PDF))
    use(data="new", index="2")
    code, told = keys_reseal(capsys)
    assert (code, told["problems"], told["files"], told["indexes"]) == (0, [], 1, 1)
    use(data="new", index="2", without=["d0", "d1", "1"])
    assert all(value.startswith("new.") for value in raw(Party, "personal_number"))
    assert queries.by_number(NUMBER).public_id == made["party"]
    assert [line.public_id for line in queries.by_phone(PHONE)] == [made["party"]]
    assert b"".join(stored.open_stored(kept["file"])[1]) == PDF
    report = verify()
    assert report.good, report.findings


def test_a_second_walk_finds_nothing_to_do(use, capsys):
    people.find_or_create(act(), facts={"full_name": "Trần Thị Hoa", "personal_number": NUMBER})
    use(data="new", index="2")
    keys_reseal(capsys)
    code, told = keys_reseal(capsys)
    assert (code, told["values"], told["indexes"]) == (0, 0, 0)


def test_while_both_keys_stand_one_number_stays_one_person(use):
    made = people.find_or_create(act(), facts={"full_name": "Trần Thị Hoa", "personal_number": NUMBER})
    use(index="2")
    again = people.find_or_create(act(), facts={"full_name": "Trần Thị Hoa", "personal_number": NUMBER})
    assert again["party"] == made["party"]


def test_an_act_sent_again_is_known_after_the_change(use):
    facts = {"full_name": "Trần Thị Hoa", "personal_number": NUMBER}
    people.find_or_create(act("form-12345"), facts=facts)
    use(index="2")
    assert people.find_or_create(act("form-12345"), facts=facts)["replayed"]


def test_what_no_key_opens_is_told_with_its_place(use, capsys):
    people.find_or_create(act(), facts={"full_name": "Trần Thị Hoa", "personal_number": NUMBER})
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Party._meta.db_table} SET personal_number = 'gone.AAAA', number_blind = NULL"
        )  # noqa: S608
    use(data="new")
    code, told = keys_reseal(capsys)
    assert code == 1
    assert any(problem.startswith("people_party.personal_number") for problem in told["problems"])


def test_what_an_act_was_told_is_no_plain_hash():
    from motcua.foundation.canonical import digest
    from motcua.foundation.models import ActRecord

    people.find_or_create(act("form-12345"), facts={"full_name": "Hoa", "phone": PHONE})
    kwargs = {"facts": {"full_name": "Hoa", "phone": PHONE}}
    kept = ActRecord.objects.get(act_id="form-12345").body_hash
    assert digest(["people.find_or_create", kwargs])[:40] not in kept
