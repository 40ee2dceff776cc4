"""Who the words of a pack's steps mean: an officer, one who signs, or somebody outside, and at which kind of agency.

Packs name roles as the law does (`lanh_dao_ubnd_cap_xa`). The beginning of the word says what the person does, the rest
where. A word whose beginning is not known here names nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

RECEPTION, OFFICER, SIGNER, OUTSIDE, APPLICANT = "reception", "processing", "signing", "external", "applicant"

# Beginning of the word -> what its holder may do. The longest beginning that fits decides.
_HEADS: Mapping[str, frozenset[str]] = {
    "nguoi_nop": frozenset({APPLICANT}),
    "can_bo": frozenset({RECEPTION, OFFICER}),
    "canh_sat": frozenset({OFFICER}),
    "cong_chuc": frozenset({RECEPTION, OFFICER}),
    "vien_chuc": frozenset({RECEPTION, OFFICER}),
    "chuyen_vien": frozenset({RECEPTION, OFFICER}),
    "tro_giup_vien": frozenset({OFFICER}),
    "nguoi_xac_minh": frozenset({OFFICER}),
    "hoi_dong": frozenset({OFFICER}),
    "doan": frozenset({OFFICER}),
    "to_xac_minh": frozenset({OFFICER}),
    "ban_chi_huy": frozenset({OFFICER}),
    "dien_luc": frozenset({RECEPTION, OFFICER}),
    "chu_dau_tu": frozenset({RECEPTION, OFFICER}),
    "chi_nhanh": frozenset({RECEPTION, OFFICER}),
    "van_phong": frozenset({RECEPTION, OFFICER}),
    "trung_tam": frozenset({RECEPTION, OFFICER}),
    "lanh_dao": frozenset({SIGNER}),
    "truong": frozenset({SIGNER, OUTSIDE}),
    "truong_noi_di": frozenset({OUTSIDE}),
    "truong_thon": frozenset({OUTSIDE}),
    "giam_doc": frozenset({SIGNER}),
    "chu_tich": frozenset({SIGNER}),
    "chi_huy": frozenset({SIGNER}),
    "hieu_truong": frozenset({SIGNER}),
    "thu_truong": frozenset({SIGNER}),
    "co_quan": frozenset({OUTSIDE}),
    "cong_an": frozenset({OUTSIDE}),
    "so": frozenset({OUTSIDE}),
    "ubnd": frozenset({OUTSIDE}),
}
# Part of the word -> the agencies where such a post is: (kind, level; None: any). The longest part that fits decides.
_PLACES: Mapping[str, tuple[tuple[str, str | None], ...]] = {
    "cap_xa": (("commune", None), ("centre", "commune")),
    "cong_an_xa": (("police", "commune"),),
    "quan_su_xa": (("military", None),),
    "ubnd_cap_xa": (("commune", None),),
    "cap_huyen": (("district", None), ("centre", None)),
    "bhxh": (("social_insurance", None),),
    "thue": (("tax", None),),
    "vpdkdd": (("land_registration", None),),
    "dang_ky_dat_dai": (("land_registration", None),),
    "mot_cua_so": (("department", None), ("centre", "province")),
    "chuyen_vien_so": (("department", None),),
    "lanh_dao_so": (("department", None),),
    "so_noi_vu": (("department", None),),
    "dien_luc": (("power", None),),
    "dang_ky_xe": (("police", None),),
    "khu_vuc": (("police", "commune"),),
    "xuat_nhap_canh": (("police", "province"), ("ministry", None)),
    "giay_phep_lai_xe": (("police", None), ("ministry", None)),
    "tu_phap_ho_tich": (("commune", None),),
}


@dataclass(frozen=True)
class Post:
    """What the holder may do (names of stages), and where such posts are (empty: anywhere)."""

    may: frozenset[str]
    places: tuple[tuple[str, str | None], ...]

    def is_at(self, agency: Mapping[str, object]) -> bool:
        """Whether an agency of that kind and level has such a post."""
        return not self.places or any(
            agency.get("kind") == kind and (level is None or agency.get("level") == level)
            for kind, level in self.places
        )


def post_of(role: str) -> Post | None:
    """The post that a word of a pack names; None for a word that names nobody known."""
    heads = [head for head in _HEADS if role == head or role.startswith(f"{head}_")]
    if not heads:
        return None
    framed = f"_{role}_"
    found = [part for part in _PLACES if f"_{part}_" in framed]
    return Post(_HEADS[max(heads, key=len)], _PLACES[max(found, key=len)] if found else ())
