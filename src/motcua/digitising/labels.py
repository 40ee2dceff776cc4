"""What stands printed on papers before the values that declarations ask for. Plain data; a label is compared folded.

The labels are those of our own papers (`packs/national/results`) and of forms as they are met in practice: the identity
card of the Law on Identity 26/2023/QH15, the birth notice of the Ministry of Health, certificates of civil status and
land. None was compared with the printed form in its source: a proposal is only ever a proposal.
"""

from __future__ import annotations

# Field → labels, on any paper, besides the field's own words in the declaration.
ANYWHERE: dict[str, tuple[str, ...]] = {
    "full_name": (
        "Họ, chữ đệm, tên người yêu cầu", "Họ và tên người nộp hồ sơ", "Người yêu cầu", "Người nộp hồ sơ",
        "Người đi khai sinh", "Người đi khai tử", "Chủ hộ kinh doanh",
    ),
    "personal_number": ("Số định danh của người đi khai", "Số định danh cá nhân của người yêu cầu"),
    "phone": ("Số điện thoại", "Điện thoại"),
    "email": ("Thư điện tử", "Email"),
    "mother_full_name": ("Họ, chữ đệm, tên người mẹ", "Họ và tên mẹ", "Họ tên mẹ"),
    "mother_birth_on": ("Ngày sinh của mẹ", "Ngày, tháng, năm sinh của mẹ"),
    "mother_personal_number": ("Số định danh của mẹ", "Số định danh cá nhân của mẹ"),
    "mother_ethnicity": ("Dân tộc của mẹ",),
    "mother_nationality": ("Quốc tịch của mẹ",),
    "father_full_name": ("Họ, chữ đệm, tên người cha", "Họ và tên cha", "Họ tên cha"),
    "father_birth_on": ("Ngày sinh của cha", "Ngày, tháng, năm sinh của cha"),
    "father_personal_number": ("Số định danh của cha", "Số định danh cá nhân của cha"),
    "father_ethnicity": ("Dân tộc của cha",),
    "father_nationality": ("Quốc tịch của cha",),
    "business_name": ("Tên hộ kinh doanh",),
    "capital": ("Vốn kinh doanh", "Tổng số vốn"),
}  # fmt: skip

# On a paper of identity: fact of the applicant → labels. They fill the fields that the pack says are that fact.
IDENTITY: dict[str, tuple[str, ...]] = {
    "full_name": ("Họ và tên", "Họ, chữ đệm và tên khai sinh", "Họ và tên / Full name", "Full name"),
    "personal_number": (
        "Số định danh cá nhân", "Số định danh cá nhân / Personal identification number", "Số / No.", "Số",
        "Personal identification number",
    ),
    "birth_on": (
        "Ngày sinh", "Ngày, tháng, năm sinh", "Ngày, tháng, năm sinh / Date of birth", "Ngày sinh / Date of birth",
        "Date of birth",
    ),
    "sex": ("Giới tính", "Giới tính / Sex", "Sex"),
}  # fmt: skip

_PERSON = {
    "full_name": ("Họ, chữ đệm, tên", "Họ và tên", "Họ, chữ đệm, tên khai sinh"),
    "birth_on": ("Ngày, tháng, năm sinh", "Ngày sinh"),
    "sex": ("Giới tính",),
    "ethnicity": ("Dân tộc",),
    "nationality": ("Quốc tịch",),
    "personal_number": ("Số định danh cá nhân",),
}


def _person(prefix: str) -> dict[str, tuple[str, ...]]:
    return {f"{prefix}_{name}": labels for name, labels in _PERSON.items()}


# Words in the paper's name (folded) → field → labels on such a paper.
PAPERS: dict[str, dict[str, tuple[str, ...]]] = {
    "giay chung sinh": {
        "child_full_name": ("Dự định đặt tên con là", "Dự kiến đặt tên con là", "Tên dự định đặt cho con"),
        "child_sex": ("Giới tính của con", "Giới tính"),
        "child_birth_on": ("Đã sinh con vào ngày", "Ngày sinh của con", "Ngày sinh"),
        "birth_facility": ("Cơ sở khám bệnh, chữa bệnh", "Tên cơ sở", "Tại"),
        "birth_notice_number": ("Số giấy chứng sinh", "Số"),
        "birth_notice_on": ("Ngày cấp",),
        "mother_personal_number": ("Số căn cước của mẹ", "Số định danh cá nhân"),
    },
    "giay khai sinh": {**_person("child"), **_person("pupil"), "pupil_birth_place": ("Nơi sinh",)},
    "trich luc khai sinh": {**_person("child"), **_person("pupil"), "pupil_birth_place": ("Nơi sinh",)},
    "ket hon": {
        "marriage_number": ("Số", "Số đăng ký"),
        "marriage_on": ("Ngày đăng ký", "Ngày đăng ký kết hôn"),
        "marriage_agency": ("Nơi đăng ký", "Nơi đăng ký kết hôn"),
    },
    "bao tu": {
        **_person("deceased"),
        "death_on": ("Ngày mất", "Đã chết ngày", "Ngày tử vong"),
        "proof_number": ("Số",),
        "proof_on": ("Ngày cấp",),
    },
    "quyen su dung dat": {
        "plot_number": ("Thửa đất số",),
        "parcel_number": ("Thửa đất số",),
        "map_sheet": ("Tờ bản đồ số",),
        "site_area": ("Diện tích",),
        "parcel_area": ("Diện tích",),
        "certificate_serial": ("Số phát hành",),
        "certificate_book": ("Số vào sổ cấp giấy", "Số vào sổ cấp Giấy chứng nhận"),
        "land_paper_number": ("Số phát hành",),
    },
}
