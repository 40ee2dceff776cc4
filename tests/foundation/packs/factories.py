"""A small pack tree: one procedure, one province with one commune, and everything they need to be without fault."""

from pathlib import Path

FILES = {
    "national/pack.yaml": """
id: national
name: {vi: Toàn quốc, en: Nationwide}
kind: national
over: null
""",
    "national/sectors.yaml": """
id: sectors
sectors:
  - {key: ho-tich, name_vi: Hộ tịch, name_en: Civil status}
""",
    "national/systems/platform.yaml": """
id: platform
name_vi: Nền tảng
name_en: Platform
issues_result: true
source: null
""",
    "national/defaults/procedures.yaml": """
id: procedures
clock: {on_supplement: restart, on_payment: pause, extensions_max: 1}
""",
    "national/doors/counter.yaml": """
id: counter
door: counter
from: null
to: null
channels: [in_person]
note_vi: Nộp tại quầy.
source: null
""",
    "national/law-notes/new-law.yaml": """
id: new-law
kind: changed
from: '2027-03-01'
to: null
text_vi: Luật mới có hiệu lực.
text_en: A new law takes effect.
source: null
sectors: [Hộ tịch]
""",
    "national/values/transfer-cutoff.yaml": """
id: transfer-cutoff
meaning_vi: Giờ chuyển hồ sơ
meaning_en: Hour of transfer
unit: time
values:
  '2018-06-21': {value: '15:00', source: Nghị định 61/2018/NĐ-CP}
  '2025-07-01': {value: '16:00', source: Nghị định 118/2025/NĐ-CP}
""",
    "national/procedures/birth.yaml": """
id: birth
code: '1.001193'
slug: birth
name_vi: Đăng ký khai sinh
short_name_vi: Khai sinh
name_en: Birth registration
field_vi: Hộ tịch
level: commune
status: active
responsible_agency_type: UBND cấp xã
applicants: [cong_dan_viet_nam]
channels: [in_person, online]
online_level: full
owner: {system: platform}
time_limit: {value: 3, unit: working_days, notes: null}
fees:
  - {key: dung-han, money: duty, amount_vnd: 0, online_amount: 0, per: dossier, set_by: ministry,
       condition: null, source: null}
  - {key: ban-sao, money: fee, amount_vnd: 8000, online_amount: null, per: copy, set_by: ministry,
       condition: null, source: null}
required_documents:
  - {key: to-khai, name_vi: Tờ khai, type: original, quantity: 1}
  - {key: giay-chung-sinh, name_vi: Giấy chứng sinh, type: original, quantity: 1}
steps:
  - {key: nop, order: 1, stage: applicant, role: nguoi_nop, action_vi: Nộp, time_share: 0}
  - {key: ky, order: 2, stage: signing, role: lanh_dao, action_vi: Ký, time_share: 1}
result: {name_vi: Giấy khai sinh, type: certificate}
legal_basis: [60/2014/QH13]
sources: [https://dichvucong.gov.vn]
unverified: []
""",
    "national/areas/country.yaml": """
id: country
areas:
  - {code: VN, name_vi: Việt Nam, name_en: Viet Nam, kind: country, parent: null, gso_code: null,
       valid_from: null, valid_to: null}
""",
    "national/routing/competence.yaml": """
id: competence
rules:
  - {responsible: UBND cấp xã, agency: {kind: commune}}
by_level:
  commune: {kind: commune}
  both: {kind: commune}
  province: {kind: province}
  district-before-2025: {kind: district}
  ministry: {kind: ministry}
  other: {kind: province}
received_by:
  commune: {kind: centre}
  both: {kind: centre}
  province: {kind: centre}
  district-before-2025: {kind: centre}
  ministry: {kind: centre}
  other: {kind: centre}
""",
    "quang-ninh/pack.yaml": """
id: quang-ninh
name: {vi: Quảng Ninh, en: Quang Ninh}
kind: province
over: national
province: '22'
""",
    "quang-ninh/areas/all.yaml": """
id: all
areas:
  - {code: '22', name_vi: Quảng Ninh, name_en: Quang Ninh, kind: province, parent: VN, gso_code: '22',
       valid_from: null, valid_to: null}
  - {code: '06673', name_vi: Phường Bãi Cháy, name_en: Bai Chay, kind: ward, parent: '22',
       gso_code: '06673', valid_from: '2025-07-01', valid_to: null}
""",
    "quang-ninh/agencies/all.yaml": """
id: all
agencies:
  - {code: qn-ubnd, name_vi: UBND tỉnh, name_en: Province, kind: province, level: province, parent: null,
       area: '22', identification_code: H49, dossier_code: null, valid_from: null, valid_to: null}
  - {code: qn-bai-chay, name_vi: UBND phường, name_en: Ward, kind: commune, level: commune,
       parent: qn-ubnd, area: '06673', identification_code: null, dossier_code: H49.TN06673.UB,
       valid_from: '2025-07-01', valid_to: null}
  - {code: qn-bai-chay-centre, name_vi: Trung tâm, name_en: Centre, kind: centre, level: commune,
       parent: qn-bai-chay, area: '06673', identification_code: null, dossier_code: H49.TN06673,
       valid_from: '2025-07-01', valid_to: null}
""",
}


def write_packs(root: Path, **changed: str | None) -> Path:
    """Write the small tree under `root`. `changed` replaces, adds or (None) leaves out files by their path."""
    for name, text in {**FILES, **changed}.items():
        if text is None:
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), "utf-8")
    return root


def edit(path: Path, before: str, after: str) -> int:
    """Replace the one place where `before` stands; returns its line, from 1."""
    text = path.read_text("utf-8")
    assert text.count(before) >= 1, f"{before!r} is not in {path}"
    line = text[: text.index(before)].count("\n") + 1
    path.write_text(text.replace(before, after, 1), "utf-8")
    return line
