"""Finding procedures: by address, by code, by page, by what people say."""

import time as machine_time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.catalogue import actions, queries
from motcua.catalogue.errors import OnlyListed, ProcedureNotFound
from motcua.foundation.errors import NotFound
from motcua.kernel.text import fold
from tests.catalogue.factories import AT, SYNONYMS, act, document, procedure, publish, publish_real_packs, row
from tests.support.kept import kept

pytestmark = pytest.mark.django_db
LAND = {"field_vi": "Đất đai", "level": "province", "name_en": "Land"}


def small_catalogue():
    publish(
        procedure(),
        procedure(
            "land-certificate-exchange",
            code="1.1",
            name_vi="Cấp đổi Giấy chứng nhận",
            short_name_vi="Cấp đổi Giấy chứng nhận quyền sử dụng đất",
            **LAND,
        ),
        procedure(
            "land-certificate-reissue",
            code="1.2",
            name_vi="Cấp lại Giấy chứng nhận",
            short_name_vi="Cấp lại Giấy chứng nhận quyền sử dụng đất do bị mất",
            **LAND,
        ),
        extra=[document("synonyms", "everyday", SYNONYMS)],
    )


class TestLookingUp:
    @pytest.mark.parametrize("slug", ["nowhere", "", "x" * 500, "a\x00b", "x-1-999999"])
    def test_what_is_not_there_is_a_sentence(self, slug):
        with pytest.raises(ProcedureNotFound):
            queries.by_slug(slug)
        with pytest.raises(ProcedureNotFound):
            queries.by_code(slug)

    def test_a_listed_procedure_has_no_content(self):
        actions.import_listed(act(), rows=[row()])
        with pytest.raises(OnlyListed):
            queries.view_for(queries.by_code("1.000005"), AT)

    def test_a_version_nobody_published_has_no_view(self):
        with pytest.raises(NotFound):
            queries.view_of(4711)

    def test_a_known_view_costs_no_query(self):
        publish(procedure())
        pinned = queries.by_slug("birth-registration").version_id
        queries.view_of(pinned)
        with CaptureQueriesContext(connection) as asked:
            assert queries.view_of(pinned) is queries.view_of(pinned)
            queries.view_for("birth-registration", AT)
        assert len(asked) == 0

    def test_before_its_day_a_procedure_is_not_in_force(self):
        publish(procedure(), valid_from=AT)
        with pytest.raises(ProcedureNotFound):
            queries.view_for("birth-registration", AT.replace(year=2020))


def test_ready_sentences_are_those_of_the_procedure_and_then_the_general_ones():
    def said(key):
        return [{"key": key, "text": {"vi": key, "en": key}}]

    publish(
        extra=[
            document("reasons", "general", {"procedure": None, "supplement": said("blurred")}),
            document("reasons", "birth", {"procedure": "birth-registration", "supplement": said("notice")}),
            document(
                "reasons", "death", {"procedure": "death", "supplement": said("other"), "refusal": said("no")}
            ),
        ]
    )
    found = queries.reasons("birth-registration", "supplement", AT)
    assert [(reason.key, reason.general) for reason in found] == [("notice", False), ("blurred", True)]
    assert queries.reasons("birth-registration", "refusal", AT) == []


class TestListing:
    def test_names_stand_in_vietnamese_order_and_pages_follow_each_other(self):
        names = ["Đăng ký", "Ân xá", "Ăn uống", "An ninh", "Dân số", "ăn ở"]
        publish(*(procedure(f"p{n}", code=None, short_name_vi=name) for n, name in enumerate(names)))
        found, after = [], None
        while page := queries.procedures(after=after, limit=2):
            found += [p.short_name_vi for p in page]
            after = (page[-1].sort_name, page[-1].pk)
        assert found == ["An ninh", "ăn ở", "Ăn uống", "Ân xá", "Dân số", "Đăng ký"]

    def test_filters(self):
        small_catalogue()
        actions.import_listed(act(), rows=[row()])
        slugs = lambda **given: [p.slug for p in queries.procedures(**given)]  # noqa: E731
        assert slugs(sector="ho-tich") == ["birth-registration"]
        assert slugs(level="commune") == ["birth-registration"]
        assert len(slugs(coverage=["listed"])) == 1
        assert slugs(text="KHAI sinh") == ["birth-registration"]
        assert slugs(text="1.001193") == ["birth-registration"]
        assert slugs(text="khai sinh đất") == []

    def test_sectors_count_what_has_content_apart(self):
        small_catalogue()
        actions.import_listed(act(), rows=[row(field_vi="Hộ tịch"), row("1.000006")])
        assert {(s.name_vi, s.with_content, s.listed) for s in queries.sectors()} == {
            ("Hộ tịch", 1, 1),
            ("Đất đai", 2, 0),
            ("Lâm nghiệp", 0, 1),
        }


# what people type -> what must stand on top, in any order
EVERYDAY = {
    "chuyển nhà": ["temporary-residence-registration", "permanent-residence-registration"],
    "khai sinh": ["birth-registration"],
    "làm giấy khai sinh": ["birth-registration"],
    "mất sổ đỏ": ["land-certificate-reissue"],
    "cưới": ["marriage-registration"],
    "ly hôn": ["foreign-divorce-annotation"],
    "xây nhà": ["house-building-permit"],
    "mở quán": ["household-business-registration"],
    "trợ cấp người già": ["social-pension"],
    "sao y": ["certified-copy-from-original"],
    "chứng thực": ["certified-copy-from-original", "signature-certification", "transaction-certification"],
    "xin học lớp 6": ["lower-secondary-enrolment"],
    "chết": ["death-registration"],
    "tạm trú": ["temporary-residence-registration"],
    "bán rượu": ["alcohol-retail-licence"],
    "sang tên đất": ["land-transfer-registration"],
    "độc thân": ["marital-status-certificate"],
    "người khuyết tật": [
        "disability-certificate",
        "disability-certificate-reissue",
        "monthly-social-allowance",
    ],
    "hộ nghèo": ["poor-household-recognition"],
    "cccd": ["id-card-14-and-over"],
}


class TestSearching:
    def first(self, text, **given):
        found = queries.search(text, **given)
        return found[0] if found else None

    @pytest.mark.parametrize(
        ("text", "slug"),
        [
            ("dang ky khai sinh", "birth-registration"),
            ("làm giấy khai sinh", "birth-registration"),
            ("LAM GIAY KHAI SINH", "birth-registration"),
            ("tôi muốn đẻ con thì làm gì", "birth-registration"),
            ("khai sin", "birth-registration"),
            ("birth registration", "birth-registration"),
            ("mất sổ đỏ", "land-certificate-reissue"),
            ("mat so do", "land-certificate-reissue"),
            ("1.001193", "birth-registration"),
            ("Sinh con", "birth-registration"),
            ("having a child", "birth-registration"),
        ],
    )
    def test_people_find_what_they_mean(self, text, slug):
        small_catalogue()
        assert self.first(text).slug == slug

    def test_it_says_which_words_led_there(self):
        small_catalogue()
        assert self.first("mat so do thi lam sao").why == "mất sổ đỏ"
        assert self.first("dang ky khai sinh").why == ""

    @pytest.mark.parametrize("text", ["", "   ", "zzzzqqqq", "???", "\x00", "<script>", "%" * 1000])
    def test_nothing_is_found_without_harm(self, text):
        small_catalogue()
        assert queries.search(text) == []

    def test_of_two_that_fit_the_one_that_can_be_filed_comes_first(self):
        small_catalogue()
        actions.import_listed(act(), rows=[row("3.000001", "Đăng ký khai sinh")])
        found = queries.search("đăng ký khai sinh")
        assert [hit.coverage for hit in found[:2]] == ["generic", "listed"]
        assert not any(hit.is_listed for hit in queries.search("đăng ký khai sinh", include_listed=False))

    def test_a_publication_and_an_import_are_found_at_once(self):
        assert queries.search("khai sinh") == []
        publish(procedure())
        assert len(queries.search("khai sinh")) == 1
        actions.import_listed(act(), rows=[row("3.000001", "Trích lục khai sinh")])
        assert len(queries.search("khai sinh")) == 2

    def test_life_events_name_their_procedures_from_memory(self):
        small_catalogue()
        (event,) = queries.life_events()
        assert event.title.en == "Having a child"
        with CaptureQueriesContext(connection) as asked:
            names = [hit.name.vi for hit in queries.hits_of([*event.procedures, "unknown"])]
        assert names[0] == "Đăng ký khai sinh"
        assert len(names) == 2
        assert len(asked) <= 2

    @pytest.mark.sqlite  # searched in memory; what people ask is tried on both
    def test_twenty_everyday_questions_find_what_is_meant_with_and_without_tones(self):
        kept("catalogue: real packs", publish_real_packs)
        for text, slugs in EVERYDAY.items():
            for asked in (text, fold(text)):
                found = [hit.slug for hit in queries.search(asked, limit=60)]
                assert set(found[: len(slugs)]) == set(slugs), (asked, found[:5])
                assert len(found) <= 15, (asked, found)

    @pytest.mark.sqlite  # searched in memory; what people ask is tried on both
    def test_a_life_event_is_known_by_what_people_say(self):
        kept("catalogue: real packs", publish_real_packs)
        for text, key in {
            "chuyen nha": "chuyen-nha",
            "tôi muốn chuyển nhà thì làm gì": "chuyen-nha",
            "cưới": "ket-hon",
            "xây nhà": "xay-nha",
            "người khuyết tật": "khuyet-tat",
        }.items():
            assert queries.life_event_said(text).id == key, text
        assert queries.life_event_said("bán rượu") is None
        # the trade, the farm and the pharmacy share a syllable with it and no meaning
        found = {hit.slug for hit in queries.search("chuyển nhà", limit=60)}
        assert not found & {
            "land-use-purpose-change-permit",
            "school-transfer",
            "pharmacy-business-certificate",
        }

    def test_the_packs_of_the_house_answer_as_people_ask(self):
        kept("catalogue: real packs", publish_real_packs)
        for text, slug in [
            ("dang ky khai sinh", "birth-registration"),
            ("làm giấy khai sinh", "birth-registration"),
            ("mất sổ đỏ", "land-certificate-reissue"),
            ("sinh con", "birth-registration"),
            ("dang ki ket hon", "marriage-registration"),
            ("giay doc than", "marital-status-certificate"),
            ("xin phép xây nhà", "house-building-permit"),
            ("công chứng", "certified-copy-from-original"),
        ]:
            assert self.first(text).slug == slug, text

    @pytest.mark.sqlite  # searched in memory; what people ask is tried on both
    def test_every_procedure_of_the_house_can_be_shown_and_judged(self):
        kept("catalogue: real packs", publish_real_packs)
        views = queries.views(AT)
        assert len(views) >= 174
        for view in views:
            assert view.name.vi and view.declaration.sections and view.papers is not None
            assert view.clock_rules(AT) and view.limit and view.doors_open(AT.date()) is not None
            assert not view.shares or sum(view.shares) == pytest.approx(1)
        assert sum(view.is_fileable(AT.date(), "online") for view in views) > 100

    @pytest.mark.slow
    def test_six_thousand_procedures_answer_in_milliseconds(self):
        kept("catalogue: real packs", publish_real_packs)
        words = ["cấp", "giấy", "phép", "đăng ký", "thay đổi", "khai sinh", "đất", "xây dựng", "kinh doanh"]
        rows = [
            row(f"4.{n:06}", f"Thủ tục {words[n % 9]} {words[n % 7]} {words[n % 5]} loại {n}")
            for n in range(5400)
        ]
        actions.import_listed(act(), rows=rows)
        queries.warm()
        started = machine_time.monotonic()
        for text in ("đăng ký khai sinh", "cấp giấy phép xây dựng", "mất sổ đỏ"):
            assert queries.search(text)
        assert (machine_time.monotonic() - started) / 3 < 0.1
