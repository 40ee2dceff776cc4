"""Sentences as the assistant composes them, out of the packs themselves: no database, no index."""

from functools import cache

import yaml

from motcua.assistant.rules import Sentence, Source
from motcua.config import paths

SLUGS = (
    "birth-registration", "marriage-registration", "permanent-residence-registration", "certified-copy-from-original",
    "household-business-registration", "house-building-permit", "land-transfer-registration",
    "monthly-social-allowance", "pharmacy-business-certificate", "lower-secondary-enrolment",
)  # fmt: skip
UNITS = {
    "working_days": "ngày làm việc", "calendar_days": "ngày", "hours": "giờ", "months": "tháng", "minutes": "phút",
}  # fmt: skip


@cache
def composed() -> tuple[Sentence, ...]:
    """What would be said of ten procedures: papers, fees, time limits, where, with conditions as they are written."""
    found = []
    for slug in SLUGS:
        body = yaml.safe_load(
            (paths.default_packs() / "national/procedures" / f"{slug}.yaml").read_text("utf-8")
        )
        source = Source("procedure", slug, "x", body["code"], "1", "2026-11-22")
        found += [Sentence(text, source) for text in _of(body) if "\n" not in text]
    return tuple(found)


def _of(body):
    name = body["short_name_vi"]
    yield f"Thủ tục “{name}” có mã {body['code']}, thuộc lĩnh vực {body['field_vi']}."
    yield f"Cơ quan giải quyết: {body['responsible_agency_type']}."
    limit = body.get("time_limit") or {}
    if limit.get("value") and limit["unit"] in UNITS:
        yield f"Thời hạn giải quyết: {limit['value']} {UNITS[limit['unit']]}, kể từ ngày nhận đủ hồ sơ."
        yield "Nộp ngày 20/11/2026 thì hẹn trả ngày 24/11/2026 nếu hồ sơ đã đủ giấy tờ."
    for fee in body.get("fees") or ():
        if fee.get("amount_vnd") is not None:
            amount = f"{fee['amount_vnd']:,}".replace(",", ".")
            when = f" nếu thuộc trường hợp {fee['condition']}" if fee.get("condition") else ""
            yield f"{'Lệ phí' if fee['money'] == 'duty' else 'Phí'}: {amount} đồng{when}."
    for paper in body.get("required_documents") or ():
        yield f"Bạn phải nộp {paper.get('quantity') or 1} bản: {' '.join(paper['name_vi'].split())}."
    yield "Nộp trực tuyến thì chưa phải đến phường, chờ ít nhất 24 giờ và tối đa 2 tháng."
    yield "Cấp mới trong 3 ngày, cấp lại trong 5 giờ; bên mua và bên bán cùng ký."
    yield "Không phải nộp bản sao nếu xuất trình được bản chính."
    yield "Trẻ em dưới 6 tuổi được miễn lệ phí, trừ trường hợp đăng ký quá hạn 60 ngày."
