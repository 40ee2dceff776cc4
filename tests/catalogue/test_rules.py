"""What a pinned document says: names, papers, steps, clock, doors, law notes."""

from datetime import UTC, date, datetime, time

import pytest

from motcua.catalogue.rules import FULL, GENERIC, ProcedureView
from motcua.catalogue.rules.lists import BYTES_MAX, Unreadable, read_list
from motcua.kernel import clock
from tests.catalogue.factories import ON, csv, procedure

DECLARATION = {
    "id": "birth",
    "title": {"vi": "Tờ khai"},
    "sections": [
        {
            "id": "child",
            "title": {"vi": "Trẻ em"},
            "fields": [
                {
                    "id": "case",
                    "type": "choice",
                    "label": {"vi": "Trường hợp"},
                    "required": True,
                    "options": [
                        {"value": "found", "label": {"vi": "Bị bỏ rơi"}},
                        {"value": "usual", "label": {"vi": "Thường"}},
                    ],
                    "sensitivity": "personal",
                }
            ],
        }
    ],
    "papers": [{"key": "record", "name_vi": "Biên bản", "type": "original", "when": "case is found"}],
    "fees": [],
}


def view(**body):
    return ProcedureView(procedure(**body))


def test_names_tell_the_language_they_are_in():
    names = view()
    assert (names.name.say("vi"), names.name.say("en")) == ("Đăng ký khai sinh", "Birth registration")
    assert names.legal_name.vi == "Thủ tục đăng ký khai sinh"
    assert names.legal_name.lang("en") == "vi"


def test_without_a_declaration_the_general_one_is_built():
    general = view()
    assert general.coverage == GENERIC
    assert general.declaration.generic
    assert "commitment" in general.declaration.by_id
    assert [paper.key for paper in general.papers] == ["notice"]


def test_with_a_declaration_its_papers_and_fees_replace_those_of_the_record():
    own = view(declaration=DECLARATION)
    assert own.coverage == FULL
    assert [paper.key for paper in own.papers] == ["record"]
    assert own.fees == ()
    assert own.paper("record").when.holds({"case": "found"}, ON)
    assert not own.paper("record").when.holds({"case": "usual"}, ON)
    assert own.paper("other") is None


def test_a_declaration_that_says_nothing_of_fees_leaves_those_of_the_record():
    own = view(declaration={k: v for k, v in DECLARATION.items() if k != "fees"})
    assert [fee.key for fee in own.fees] == ["f"]
    assert own.fees[0].amount is None  # not known here, never zero


@pytest.mark.parametrize(
    ("paper", "required"),
    [
        ({}, True),
        ({"condition": "Khi ủy quyền"}, False),
        ({"condition": "Khi ủy quyền", "when": "always"}, True),
        ({"required": False}, False),
    ],
)
def test_whether_a_paper_is_required_is_judged_as_the_forms_judge_it(paper, required):
    row = {"key": "a", "name_vi": "A", "type": "copy", **paper}
    assert view(required_documents=[row]).papers[0].required is required


def test_the_desk_has_the_whole_limit_between_its_steps():
    steps = view()
    assert [step.stage for step in steps.desk_steps] == ["reception", "processing"]
    assert steps.shares == (0.25, 0.75)
    rows = [{"order": n, "stage": "processing", "action_vi": "x"} for n in (1, 2)]
    assert view(steps=rows).shares == (0.5, 0.5)
    assert view(steps=[]).shares == ()


def test_the_limit_and_its_note():
    assert view().limit == clock.Limit(3, clock.Unit.WORKING_DAYS)
    assert view().limit_note.vi == "Không tính ngày niêm yết"
    assert not view(time_limit=None).limit.is_fixed


class TestClockRules:
    VALUES = {
        "transfer-cutoff": {"2018-06-21": {"value": "15:00"}, "2027-01-01": {"value": "16:00"}},
        "on-supplement": {"2018-06-21": {"value": "restart"}, "2027-01-01": {"value": "pause"}},
        "supplement-wait": {"2025-07-01": {"value": None}},
    }

    def test_national_values_hold_from_their_day(self):
        rules = view(clock_values=self.VALUES)
        assert rules.clock_rules(date(2026, 12, 31)).cutoff == time(15)
        assert rules.clock_rules(date(2027, 1, 1)).cutoff == time(16)
        assert rules.clock_rules(date(2027, 1, 1)).on_supplement == "pause"
        assert rules.clock_rules(ON).supplement_wait_days is None

    def test_a_moment_counts_as_its_vietnamese_day(self):
        late = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)  # 1 January 00:30 in Viet Nam
        assert view(clock_values=self.VALUES).clock_rules(late).cutoff == time(16)

    def test_what_the_procedure_settles_itself_wins_and_may_be_dated_too(self):
        own = [
            {"from": "2026-07-01", "on_supplement": "pause", "extensions_max": 0},
            {"on_supplement": "restart"},
        ]
        rules = view(clock_values=self.VALUES, clock=own)
        assert rules.clock_rules(date(2026, 6, 30)).on_supplement == "restart"
        assert rules.clock_rules(ON).on_supplement == "pause"
        assert rules.clock_rules(ON).extensions_max == 0

    def test_one_setting_may_be_dated_by_itself(self):
        own = {
            "on_supplement": [{"from": None, "value": "restart"}, {"from": "2026-07-01", "value": "pause"}]
        }
        assert view(clock=own).clock_rules(date(2026, 6, 30)).on_supplement == "restart"
        assert view(clock=own).clock_rules(ON).on_supplement == "pause"

    def test_other_dated_values_that_came_with_it(self):
        notice = {"apology-notice": {"2018-06-21": {"value": 1}, "2027-01-01": {"value": 2}}}
        assert view(clock_values=notice).setting("apology-notice", date(2026, 12, 31), 5) == 1
        assert view(clock_values=notice).setting("apology-notice", date(2027, 1, 1), 5) == 2
        assert view().setting("apology-notice", ON, 5) == 5


class TestFeeRules:
    COUNCIL = {
        "percent": 100,
        "channel": "online",
        "set_by": "council",
        "except_purposes": ["appraisal"],
        "values": {
            "2026-01-01": {"value": True, "source": "NQ 77/2025"},
            "2027-01-01": {"value": False, "source": "NQ 9/2026"},
        },
    }
    UNREAD = {
        "percent": None,
        "entitlement": "digital-citizen",
        "values": {"2026-08-15": {"value": True, "to": "2027-02-28", "source": "NQ 66.22/2026"}},
    }

    def test_a_waiver_holds_between_its_dates_with_its_legal_reason(self):
        shown = view(fee_rules={"council": self.COUNCIL})
        assert shown.fee_rules(date(2025, 12, 31)) == ()
        assert shown.fee_rules(date(2027, 1, 1)) == ()
        (rule,) = shown.fee_rules(ON)
        assert (rule.legal_reason, rule.percent, rule.channel, rule.set_by) == (
            "NQ 77/2025",
            100,
            "online",
            "council",
        )
        assert rule.except_purposes == ("appraisal",)

    def test_a_waiver_of_unknown_size_is_said_and_never_counted(self):
        shown = view(fee_rules={"digital": self.UNREAD})
        assert shown.fee_rules(ON) == ()
        assert shown.fee_hints(ON) == ("NQ 66.22/2026",)
        assert shown.fee_hints(date(2027, 2, 28)) == ("NQ 66.22/2026",)
        assert shown.fee_hints(date(2027, 3, 1)) == ()

    def test_a_waiver_for_some_procedures_leaves_the_others(self):
        some = {**self.COUNCIL, "procedures": ["another-one"]}
        assert view(fee_rules={"council": some}).fee_rules(ON) == ()


class TestDoors:
    def test_a_door_is_open_from_its_day(self):
        doors = view()
        assert [door.door for door in doors.doors_open(date(2025, 6, 30))] == ["counter"]
        assert [door.door for door in doors.doors_open(ON)] == ["counter", "local_portal"]
        assert doors.doors_open(ON)[1].trial

    def test_it_is_fileable_through_our_own_open_doors_only(self):
        doors = view(doors=[{"door": "counter"}, {"door": "national_portal"}])
        assert doors.is_fileable(ON, "in_person")
        assert not doors.is_fileable(ON, "online")  # the national portal is not ours
        assert view().is_fileable(ON, "online")
        assert not view().is_fileable(date(2025, 6, 30), "online")

    def test_a_channel_the_record_does_not_offer_is_closed(self):
        assert not view(channels=["in_person"]).is_fileable(ON, "online")

    def test_a_historical_procedure_takes_nothing(self):
        assert not view(status="historical").is_fileable(ON, "in_person")

    def test_a_record_without_doors_has_the_counter(self):
        assert view(doors=[]).is_fileable(ON, "in_person")


class TestLawNotes:
    NOTE = {
        "kind": "suspended",
        "from": "2026-12-01",
        "to": "2026-12-31",
        "text_vi": "Tạm ngưng",
        "unverified": True,
    }

    def test_a_coming_change_is_announced_and_a_past_one_is_silent(self):
        notes = view(law_notes=[self.NOTE])
        assert [note.kind for note in notes.law_notes(ON)] == ["suspended"]
        assert notes.law_notes(date(2027, 1, 1)) == ()
        assert notes.law_notes(ON)[0].unverified == ("",)


def test_doubts_are_found_by_what_they_are_about():
    doubtful = view(unverified=["fees", "required_documents: Giấy chứng sinh", "steps.role"])
    assert doubtful.doubts("required_documents") == ("required_documents: Giấy chứng sinh",)
    assert doubtful.doubts("steps", "fees") == ("fees", "steps.role")
    assert doubtful.doubts("result") == ()


def test_an_owner_nobody_named_is_this_platform_and_marked():
    assert view().owner.issues_result
    assert view().owner.unverified
    other = view(owner={"system": "land", "name_vi": "Hệ thống đất đai"}).owner
    assert not other.issues_result
    assert other.name.vi == "Hệ thống đất đai"


class TestLists:
    def test_what_spreadsheets_write_is_read(self):
        semicolons = csv("1.000005;Cấp;Bộ;Sở;Rừng", header="code;name_vi;issued_by;executed_by;field_vi")
        vietnamese = csv("1.000005,Cấp", header="Mã thủ tục,Tên thủ tục")
        for raw in (csv("1.000005,Cấp,Bộ,Sở,Rừng"), b"\xef\xbb\xbf" + semicolons, vietnamese):
            (row,) = read_list(raw).rows
            assert (row["code"], row["name_vi"]) == ("1.000005", "Cấp")

    def test_every_wrong_line_is_told_with_its_number(self):
        found = read_list(
            csv(
                "1.000005,Cấp,,,",
                ",Không mã,,,",
                "1.2,Excel đã cắt,,,",
                "1.000006,,,,",
                "1.000005,Lần nữa,,,",
                "1.000007,Thiếu ô",
                f"1.000008,{'x' * 2001},,,",
            )
        )
        assert [(p.line, p.code) for p in found.problems] == [
            (3, "missing_code"),
            (4, "code_form"),
            (5, "missing_name"),
            (6, "twice"),
            (7, "cells"),
            (8, "too_long"),
        ]
        assert [row["code"] for row in found.rows] == ["1.000005"]

    @pytest.mark.parametrize(
        ("raw", "why"),
        [
            (b"", "code"),
            (b"\x89PNG\r\n\x1a\n\xff", "UTF-8"),
            (b"code,name_vi\n\x00", "text"),
            (b"a,b\n1,2", "code, name_vi"),
            (b"code,name_vi\n", "no line"),
            (b'code,name_vi\n1.000005,"never closed', "malformed"),
            (b"x" * (BYTES_MAX + 1), "large"),
        ],
    )
    def test_what_is_no_list_is_said_in_a_sentence(self, raw, why):
        with pytest.raises(Unreadable, match=why):
            read_list(raw)
