"""Small packs, published, for tests of the catalogue."""

from datetime import UTC, date, datetime
from pathlib import Path

from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.packs import store

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)  # Monday 10:00 in Viet Nam
ON = date(2026, 11, 2)
PACKS = Path(__file__).resolve().parents[2] / "packs"


def act(at=AT, act_id=None):
    return new_act(system("test"), at=at, purpose="test", act_id=act_id)


def procedure(slug="birth-registration", **body):
    return {
        "id": slug,
        "slug": slug,
        "code": "1.001193",
        "name_vi": "Thủ tục đăng ký khai sinh",
        "short_name_vi": "Đăng ký khai sinh",
        "name_en": "Birth registration",
        "field_vi": "Hộ tịch",
        "level": "commune",
        "status": "active",
        "responsible_agency_type": "UBND cấp xã",
        "channels": ["in_person", "online", "post"],
        "online_level": "full",
        "time_limit": {"value": 3, "unit": "working_days", "notes": "Không tính ngày niêm yết"},
        "fees": [
            {"key": "f", "money": "duty", "amount_vnd": None, "condition": "Quá hạn", "set_by": "council"}
        ],
        "required_documents": [
            {"key": "notice", "name_vi": "Giấy chứng sinh", "type": "original", "quantity": 1}
        ],
        "steps": [
            {"order": 1, "stage": "applicant", "action_vi": "Nộp hồ sơ", "time_share": 0},
            {"order": 2, "stage": "reception", "action_vi": "Tiếp nhận", "time_share": 0.25},
            {"order": 3, "stage": "processing", "action_vi": "Giải quyết", "time_share": 0.75},
        ],
        "doors": [{"door": "counter"}, {"door": "local_portal", "from": "2025-07-01", "trial": True}],
        "result": {"name_vi": "Giấy khai sinh"},
        **body,
    }


def document(kind, key, body, layers=("national",)):
    return {"kind": kind, "key": key, "body": {"id": key, **body}, "layers": list(layers)}


def publish(*procedures, at=AT, valid_from=None, extra=()):
    """Publish procedure bodies (and further documents) as the command does."""
    documents = [document("procedures", body["slug"], body) for body in procedures]
    store.take_in(act(at), documents=store.assemble([*documents, *extra]))
    return store.publish_all(act(at), valid_from=valid_from)


def publish_real_packs(at=AT):
    """The packs of the house, whole."""
    store.load(act(at), ["national", "quang-ninh-ha-long"], packs_dir=PACKS)
    return store.publish_all(act(at))


SYNONYMS = {
    "words": [
        {"say": ["làm giấy khai sinh", "đẻ con"], "procedures": ["birth-registration"]},
        {"say": ["mất sổ đỏ"], "procedures": ["land-certificate-reissue", "land-certificate-exchange"]},
    ],
    "terms": [{"say": ["sổ đỏ"], "means": "giấy chứng nhận quyền sử dụng đất"}],
    "life_events": [
        {
            "id": "sinh-con",
            "title": {"vi": "Sinh con", "en": "Having a child"},
            "procedures": ["birth-registration", "land-certificate-reissue"],
        }
    ],
}


def row(code="1.000005", name="Cấp giấy phép nuôi hổ", **more):
    return {
        "code": code,
        "name_vi": name,
        "issued_by": "Bộ",
        "executed_by": "Sở",
        "field_vi": "Lâm nghiệp",
    } | more


def csv(*rows, header="code,name_vi,issued_by,executed_by,field_vi"):
    return "\n".join([header, *rows]).encode()
