"""The catalogue follows what is published, and takes official lists in."""

import time as machine_time
from datetime import timedelta

import pytest

from motcua.catalogue import actions, queries, tasks
from motcua.catalogue.errors import ListUnreadable, ListWrong
from motcua.catalogue.models import Procedure, Sector
from motcua.foundation.actors import Actor
from motcua.foundation.acts import new_act
from motcua.foundation.errors import Forbidden
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from motcua.foundation.packs import store
from tests.catalogue.factories import AT, act, csv, document, procedure, publish, row

pytestmark = pytest.mark.django_db


class TestFollowing:
    def test_a_published_procedure_is_there_at_once(self):
        publish(procedure())
        found = queries.by_slug("birth-registration")
        assert (found.code, found.coverage, found.sector.name_vi) == ("1.001193", "generic", "Hộ tịch")
        assert queries.view_of(found.version_id).slug == "birth-registration"

    def test_a_declaration_makes_it_full(self):
        declaration = document("declarations", "birth", {"title": {"vi": "Tờ khai"}, "sections": []})
        publish(procedure(declaration="birth"), extra=[declaration])
        assert queries.by_slug("birth-registration").coverage == "full"

    def test_a_changed_declaration_makes_a_new_version_and_the_pinned_one_stays(self):
        declaration = document("declarations", "birth", {"title": {"vi": "Cũ"}, "sections": []})
        publish(procedure(declaration="birth"), extra=[declaration])
        pinned = queries.by_slug("birth-registration").version_id
        changed = document("declarations", "birth", {"title": {"vi": "Mới"}, "sections": []})
        publish(procedure(declaration="birth"), extra=[changed], at=AT + timedelta(days=1))
        fresh = queries.by_slug("birth-registration").version_id
        assert fresh != pinned
        assert queries.view_of(pinned).declaration_data["title"]["vi"] == "Cũ"
        assert queries.view_of(fresh).declaration_data["title"]["vi"] == "Mới"

    def test_a_version_of_a_later_day_comes_with_that_day(self):
        publish(procedure())
        later = AT + timedelta(days=10)
        publish(procedure(short_name_vi="Khai sinh mới"), valid_from=later)
        assert queries.by_slug("birth-registration").short_name_vi == "Đăng ký khai sinh"
        assert queries.view_for("birth-registration", later).name.vi == "Khai sinh mới"
        assert [hit.name.vi for hit in queries.search("khai sinh")] == ["Đăng ký khai sinh"]
        assert actions.follow_calendar(later) == 1
        assert queries.by_slug("birth-registration").short_name_vi == "Khai sinh mới"
        assert [hit.name.vi for hit in queries.search("khai sinh")] == ["Khai sinh mới"]
        assert actions.follow_calendar(later) == 0
        assert not verify().findings

    def test_the_scheduled_task_is_quiet_when_all_is_well(self):
        publish(procedure())
        before = queries.by_slug("birth-registration").changed_at
        tasks.follow_calendar()
        assert queries.by_slug("birth-registration").changed_at == before

    def test_a_withdrawn_procedure_is_marked_and_still_shown(self):
        publish(procedure())
        store.withdraw(act(AT + timedelta(days=1)), kind="procedures", key="birth-registration")
        found = queries.by_slug("birth-registration")
        assert found.status == "withdrawn"
        assert queries.shown_view(found).name.vi == "Đăng ký khai sinh"

    def test_one_withdrawn_with_a_later_day_goes_on_until_then(self):
        publish(procedure())
        later = AT + timedelta(days=10)
        store.withdraw(
            act(AT + timedelta(days=1)), kind="procedures", key="birth-registration", valid_to=later
        )
        assert queries.by_slug("birth-registration").status == "active"
        assert queries.view_for("birth-registration", later - timedelta(minutes=1)).status == "active"
        assert actions.follow_calendar(later - timedelta(minutes=1)) == 0
        assert actions.follow_calendar(later) == 1
        assert queries.by_slug("birth-registration").status == "withdrawn"
        assert actions.follow_calendar(later + timedelta(days=1)) == 0
        assert not verify().findings

    def test_sectors_carry_the_order_and_the_english_of_the_pack(self):
        land = {"key": "dat-dai", "name_vi": "Đất đai", "name_en": "Land"}
        sectors = [land, {"name_vi": "Hộ tịch", "name_en": "Civil"}]
        publish(procedure())
        publish(extra=[document("sectors", "sectors", {"sectors": sectors})], at=AT + timedelta(days=1))
        assert list(Sector.objects.values_list("name_vi", "name_en")) == [
            ("Đất đai", "Land"),
            ("Hộ tịch", "Civil"),
        ]

    def test_a_listed_procedure_becomes_a_full_one_in_its_place(self):
        actions.import_listed(act(), rows=[row("1.001193", "Thủ tục đăng ký khai sinh")])
        listed = Procedure.objects.get()
        old_address = listed.slug
        publish(procedure())
        found = Procedure.objects.get()
        assert (found.pk, found.slug, found.coverage) == (listed.pk, "birth-registration", "generic")
        assert queries.by_slug(old_address).pk == found.pk

    def test_two_procedures_without_a_code_may_stand_beside_each_other(self):
        publish(procedure(code=None), procedure("other", code=None))
        assert Procedure.objects.filter(code=None).count() == 2


class TestImporting:
    def test_a_list_is_taken_in_and_again_changes_nothing(self):
        publish(procedure())
        rows = [row(), row("1.000006", "Cấp lại giấy phép"), row("1.001193", "Khai sinh")]
        first = actions.import_listed(act(), rows=rows)
        assert (first["created"], first["skipped"], first["absent"]) == (2, 1, 0)
        again = actions.import_listed(act(), rows=rows)
        assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 2)
        assert queries.by_slug("birth-registration").short_name_vi == "Đăng ký khai sinh"

    def test_a_changed_row_is_updated_under_its_address_and_an_absent_one_stays(self):
        actions.import_listed(act(), rows=[row(), row("1.000006", "Cũ")])
        address = queries.by_code("1.000005").slug
        answer = actions.import_listed(act(), rows=[row(name="Tên mới")])
        assert (answer["updated"], answer["absent"]) == (1, 1)
        assert queries.by_slug(address).name_vi == "Tên mới"
        assert queries.by_code("1.000006").name_vi == "Cũ"

    def test_it_is_one_line_of_the_journal(self):
        actions.import_list(act(), csv("1.000005,Cấp,Bộ,Sở,Rừng"))
        line = JournalLine.objects.get(chain="catalogue:import")
        assert (line.verb, line.facts["created"]) == ("catalogue.imported", 1)
        assert verify().good

    def test_with_one_wrong_line_nothing_is_imported(self):
        with pytest.raises(ListWrong) as refused:
            actions.import_list(act(), csv("1.000005,Cấp,Bộ,Sở,Rừng", "abc,Sai,,,"))
        assert refused.value.problems == [
            {"field": "3", "code": "code_form", "message": "Mã “abc” không đúng dạng, ví dụ đúng: 1.001193."}
        ]
        assert Procedure.objects.count() == 0

    def test_a_file_that_is_no_list_is_refused_with_the_columns_it_needs(self):
        with pytest.raises(ListUnreadable) as refused:
            actions.import_list(act(), b"%PDF-1.7")
        assert "thiếu cột code" in refused.value.sentence
        assert "executed_by" in refused.value.way_out

    def test_only_administrators_import(self):
        officer = Actor(key="account:1", kind="account", account_id=1, roles=frozenset({("clerk", 1)}))
        with pytest.raises(Forbidden):
            actions.import_listed(new_act(officer, at=AT, purpose="test"), rows=[row()])

    def test_a_name_that_is_all_prefix_still_gives_a_row(self):
        actions.import_listed(act(), rows=[row(name="Thủ tục cấp phép"), row("1.000006", "???")])
        assert queries.by_code("1.000005").short_name_vi == "Cấp phép"
        assert queries.by_code("1.000006").slug == "1-000006"

    @pytest.mark.slow
    def test_the_size_of_the_nation_takes_seconds(self):
        rows = [row(f"1.{n:06}", f"Thủ tục số {n} về " + "việc gì đó " * 20) for n in range(5608)]
        started = machine_time.process_time()
        assert actions.import_listed(act(), rows=rows)["created"] == 5608
        assert machine_time.process_time() - started < 15
