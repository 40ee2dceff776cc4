"""What the words of a form mean: concepts that every form has, people it speaks of, lines that ask nothing. No Django.

All patterns are in folded letters, so that "Họ và tên", "HỌ VÀ TÊN" and "Ho va ten" are one. They are the language of
Vietnamese administrative forms (Nghị định 30/2020/NĐ-CP, annex I for heads and signatures), not of single procedures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from motcua.kernel.text import fold


@dataclass(frozen=True)
class Concept:
    """What a label asks, whoever it is asked of. `suffix` ends the ids of the house: mother_birth_on."""

    suffix: str
    type: str
    sensitivity: str
    pattern: re.Pattern[str]
    en: str
    fact: str = ""  # what prefills it when it is asked of the applicant
    doubt: str = ""  # the code of a doubt that always comes with it


def _c(
    suffix: str, kind: str, sensitivity: str, pattern: str, en: str, fact: str = "", doubt: str = ""
) -> Concept:
    return Concept(suffix, kind, sensitivity, re.compile(pattern), en, fact, doubt)


# The first that fits is taken: the narrower stand above the wider.
CONCEPTS = (
    _c(
        "full_name",
        "name",
        "personal",
        r"^(ho va ten|ho,? ten|ho,? (chu|ten) dem,?( va)? ten|ho ten( va)? chu dem)\b|^ten$"
        r"|^ten (cha|me|vo|chong|con|tre|ca nhan|thanh vien)\b(?! vat| giong)|^toi la$"
        r"|^toi ten( la)?$|^nguoi (khai|lam don|yeu cau|de nghi|dai dien)$"
        r"|^nguoi dai dien( theo phap luat)?$",
        "Full name",
        "applicant.full_name",
    ),
    _c(
        "full_name",
        "name",
        "personal",
        r"^(ten|ho ten|ho va ten) (chu (dau tu|ho|co so|so huu|su dung)|nguoi)\b",
        "Full name",
        "applicant.full_name",
        "name_of_whom",
    ),
    _c(
        "birth_on",
        "date",
        "personal",
        r"^(ngay,? thang,? nam sinh|ngay sinh|sinh ngay|nam sinh|ngay/thang/nam sinh|sinh nam)",
        "Date of birth",
        "applicant.birth_on",
    ),
    _c(
        "personal_number",
        "personal_number",
        "sensitive",
        r"^(so )?(dinh danh ca nhan|ma dinh danh|so (the )?(cccd|can cuoc|cmnd|cmtnd)|can cuoc cong dan|"
        r"cccd|chung minh nhan dan|the can cuoc|ma so dinh danh)(?!.*(noi|ngay|co quan) cap)",
        "Personal number",
        "applicant.personal_number",
    ),
    _c(
        "personal_number",
        "personal_number",
        "sensitive",
        r"^(giay to (tuy than|phap ly|chung minh nhan than)|so giay to (tuy than|phap ly)|loai giay to phap ly|"
        r"(so )?(cmnd|cccd|ho chieu|can cuoc)[^a-z]*(cmnd|cccd|ho chieu|can cuoc))",
        "Personal number",
        "applicant.personal_number",
        "identity_paper",
    ),
    _c(
        "sex",
        "choice",
        "personal",
        r"^(gioi tinh|nam/nu|nam, nu)$|^gioi tinh (cua|nguoi|tre|vo"
        r"|chong)\b",
        "Sex",
        "applicant.sex",
    ),
    _c("ethnicity", "choice", "sensitive", r"^dan toc\b", "Ethnicity", "applicant.ethnicity"),
    _c("nationality", "choice", "personal", r"^quoc tich\b", "Nationality"),
    _c("religion", "text", "sensitive", r"^ton giao\b", "Religion"),
    _c("hometown", "text", "personal", r"^(que quan|nguyen quan|que)\b", "Place of origin"),
    _c(
        "phone",
        "phone",
        "personal",
        r"^(so )?(dien thoai|dt|di dong|sdt)\b|\b(so dien thoai|dien thoai)( lien he)?$",
        "Telephone number",
        "applicant.phone",
    ),
    _c(
        "email",
        "email",
        "personal",
        r"^(dia chi )?(e-?mail|thu dien tu|hop thu)\b|\b(email|thu dien tu)$",
        "E-mail",
        "applicant.email",
    ),
    _c("website", "text", "open", r"^(website|trang (thong tin|mang)|web)\b", "Website"),
    _c("fax", "text", "open", r"^(so )?fax\b", "Fax"),
    _c(
        "personal_tax_code",
        "tax_code",
        "sensitive",
        r"^(ma so thue|mst) (ca nhan|thu nhap)",
        "Personal tax code",
    ),
    _c(
        "tax_code",
        "tax_code",
        "open",
        r"^(ma so (thue|doanh nghiep|ho kinh doanh)|mst|ma so dang ky ho kinh doanh)\b",
        "Tax code",
        "organisation.tax_code",
    ),
    _c(
        "permanent_address",
        "address",
        "personal",
        r"^(noi|dia chi)( dang ky)? (thuong tru|ho khau( thuong tru)?)|^ho khau thuong tru|^thuong tru\b",
        "Permanent address",
    ),
    _c("stay_address", "address", "personal", r"^(noi|dia chi)( dang ky)? tam tru", "Temporary address"),
    _c(
        "address",
        "address",
        "personal",
        r"^(noi (cu tru|o|lam viec|sinh song)|cho o|dia chi|noi o hien (tai|nay)|tru so|dia diem (xay dung"
        r"|kinh doanh|thuc hien|to chuc)|vi tri|tai dia chi)\b(?! (website|trang|email))"
        r"|\b(dia chi|tru so( chinh)?|noi cu tru)$",
        "Address",
        "applicant.address",
    ),
    _c("bank_account", "text", "sensitive", r"^so tai khoan|^tai khoan( ngan hang| so)?\b", "Bank account"),
    _c("bank_name", "text", "personal", r"^(ten )?ngan hang|^tai ngan hang|^mo tai\b", "Bank"),
    _c("occupation", "text", "personal", r"^nghe nghiep\b", "Occupation"),
    _c("position", "text", "personal", r"^chuc (vu|danh)\b", "Position"),
)

# People a form speaks of: how its label or heading calls them, and how ids of the house begin.
PEOPLE = (
    ("", r"nguoi (yeu cau|khai|ke khai|lam don|de nghi|nop( don| ho so)?|dang ky|viet don)|ban than|toi( la"
        r"| ten)?\b|chu (dau tu|ho kinh doanh)"
         r"|thong tin( chung)?( ve)? (nguoi|ca nhan) (khai|ke khai|de nghi|nop)"),
    ("represented", r"nguoi (uy quyen|duoc dai dien)"),
    ("child", r"(tre em|tre|nguoi duoc khai sinh|con (la|ten|duoc)|nguoi con)\b"),
    ("deceased", r"nguoi (chet|mat|da chet|da mat|duoc khai tu|qua doi)"),
    ("mother", r"\b(nguoi me|me de|me)\b"),
    ("father", r"\b(nguoi cha|cha de|cha|bo)\b"),
    ("head", r"\bchu ho\b"),
    ("owner", r"\bchu (so huu|nha|su dung)"),
    ("wife", r"\b(ben nu|vo)\b"),
    ("husband", r"\b(ben nam|chong)\b"),
    ("guardian", r"nguoi giam ho|nguoi duoc cu lam giam ho"),
    ("ward", r"nguoi duoc giam ho"),
    ("carer", r"nguoi (cham soc|nuoi duong|nhan cham soc)"),
    ("beneficiary", r"nguoi (huong|thu huong|duoc huong|de nghi huong)|doi tuong"),
    ("disabled", r"nguoi khuyet tat"),
    ("representative", r"nguoi dai dien"),
    ("seller", r"\bben (ban|chuyen nhuong|chuyen quyen|tang cho)"),
    ("buyer", r"\bben (mua|nhan chuyen nhuong|nhan chuyen quyen|duoc tang cho)"),
    ("subject", r"nguoi (duoi day|co ten duoi day|duoc (cap|xac nhan|dang ky|de nghi))|ca nhan sau day"),
)  # fmt: skip
_PEOPLE = tuple((name, re.compile(pattern)) for name, pattern in PEOPLE)
PEOPLE_VI = {
    "": "người khai", "represented": "người ủy quyền", "child": "trẻ", "deceased": "người mất", "mother": "mẹ",
    "father": "cha", "head": "chủ hộ", "owner": "chủ sở hữu", "wife": "vợ", "husband": "chồng",
    "guardian": "người giám hộ", "ward": "người được giám hộ", "carer": "người chăm sóc",
    "beneficiary": "người hưởng", "disabled": "người khuyết tật", "representative": "người đại diện",
    "seller": "bên chuyển quyền", "buyer": "bên nhận quyền", "subject": "người được nêu",
}  # fmt: skip
PEOPLE_EN = {
    "": "the applicant", "represented": "the represented person", "child": "the child", "deceased": "the deceased",
    "mother": "the mother", "father": "the father", "head": "the head of household", "owner": "the owner",
    "wife": "the wife", "husband": "the husband", "guardian": "the guardian", "ward": "the ward", "carer": "the carer",
    "beneficiary": "the beneficiary", "disabled": "the disabled person", "representative": "the representative",
    "seller": "the transferor", "buyer": "the transferee", "subject": "the person concerned",
}  # fmt: skip
# Whom "người dưới đây" means, by the name of the form.
SUBJECTS = (
    ("child", "khai sinh"), ("deceased", "khai tu"), ("ward", "giam ho"), ("disabled", "khuyet tat"),
    ("beneficiary", "tro cap"),
)  # fmt: skip

# What is not a person: under such a heading addresses and numbers are those of the thing.
THING = re.compile(
    r"ho kinh doanh|cong trinh|du an|doanh nghiep|to chuc|co so|thua dat|nha o|cong ty|hop tac xa|phuong tien|tai san"
)

# What else the words of a label say about its type, when no concept and no declaration knows it.
TYPES = (
    ("date", re.compile(r"^(tu |den )?ngay\b(?! nghe| cong)|\bngay (cap|bat dau|ket thuc|het han|ban hanh|ky"
        r"|dang ky)\b|^thoi (diem|gian (bat dau|ket thuc|tu|den))|^tu ngay|^den ngay|^cap ngay")),
    ("area", re.compile(r"^(tong )?dien tich\b")),
    ("money", re.compile(r"^(tong )?(so tien|von|kinh phi|tri gia|gia tri|gia ban|muc (huong|dong|tro cap|vay"
        r"|luong|thu|chi)|thu nhap|chi phi|doanh thu|le phi|tong von)\b")),
    ("number", re.compile(r"^(tong )?(so (luong|nguoi|lao dong|tang|ban|trang|to|nam|thang|ngay|con|tiet"
        r"|hoc sinh|thanh vien|phong|giuong|cho|xe|ho|don vi)|tuoi|thoi han)\b|^tong so (lao dong|nguoi"
        r"|thanh vien|trang|ban)|\b(lan )?thu may$")),
    ("long_text", re.compile(r"^(ly do|noi dung|trinh bay|mo ta|hoan canh|qua trinh|tom tat|dien bien|muc dich"
        r"|y kien|kien nghi|de nghi|yeu cau|nguyen nhan|can cu|nhu cau)\b")),
)  # fmt: skip
UNITS = {
    "m2": "area", "m²": "area", "ha": "area", "đồng": "money", "vnđ": "money", "vnd": "money", "triệu đồng": "money",
    "đồng/năm": "money", "đồng/tháng": "money", "tháng": "number", "bản": "number", "người": "number",
    "tầng": "number", "năm": "number", "ngày": "number", "tuổi": "number", "lao động": "number", "cm": "number",
}  # fmt: skip
SENSITIVE = re.compile(
    r"suc khoe|benh|khuyet tat|hiv|mang thai|ton giao|dan toc|tien an|tien su|tai khoan ngan hang|thu nhap|ngheo"
    r"|so (ho chieu|the bao hiem|bao hiem y te)|sinh trac|van tay"
)

# Lines that ask the citizen nothing.
NATION = re.compile(r"cong hoa xa hoi chu nghia viet nam|doc lap ?[-–.] ?tu do ?[-–.] ?hanh phuc")
FORM_CODE = re.compile(
    r"^\(?(mau( so)?:? ?[a-z0-9./đ-]{1,20}|ct ?\d{2}|phu luc\b.*|ban hanh kem theo.*|\(?kem theo .*(thong tu"
    r"|nghi dinh|quyet dinh).*)\)?"
)
ADDRESSED = re.compile(r"^kinh gui")
TITLE = re.compile(
    r"^(to khai|don|giay (de nghi|dang ky|xac nhan|cam|bao|uy quyen|khai)|phieu|ban (khai|cam ket|ke khai"
    r"|dang ky)|thong bao|van ban|bien ban|danh sach|de nghi|cam ket|bao cao)\b"
)
SIGNED = re.compile(
    r"\(\s*(ky|ky ten|dong dau)\b|^(ky ten|nguoi chung kien)$|^lam tai\b|^[…\w\s]{0,40},?\s*ngay ⋯$"
)
SIGNER = re.compile(
    r"^(nguoi (yeu cau|khai|ke khai|lam don|de nghi|viet don|nop don|dang ky|cam doan|uy quyen)|chu (ho"
    r"|ho kinh doanh|dau tu)|dai dien|thu truong|nguoi dai dien|tm\.|kt\.|xac nhan|y kien)\b"
)
STATED = re.compile(
    r"^(toi|chung toi)( xin| cung)? (cam doan|cam ket|chiu (hoan toan )?trach nhiem)|\b(xin )?(cam doan"
    r"|cam ket)\b.{0,80}\b(dung su that|trach nhiem|trung thuc|dung quy dinh|thuc hien|giay phep)|^cam (ket"
    r"|doan)$"
)
PAPERS = re.compile(
    r"(giay to|tai lieu|ho so|van ban|thanh phan).{0,40}(kem theo|gui kem|dinh kem)|^(kem theo|gui kem"
    r"|dinh kem)\b.{0,60}(don|to khai|giay|gom|tai lieu|ho so|:)"
)
OFFICE = re.compile(
    r"^(phan (danh cho|ghi cua|xac nhan)|danh (cho|rieng) (co quan|can bo)|xac nhan cua|y kien cua"
    r"|ket qua (tham dinh|xac minh|giai quyet) cua|co quan (tiep nhan|dang ky) ghi)\b"
)
AGREED = re.compile(r"^(y kien|xac nhan|su dong y|dong y) cua\b")
NOTES = re.compile(r"^(chu thich|ghi chu|huong dan( cach)?( ghi| khai| dien| viet)?|cach (ghi|khai)|luu y)\b")
TWICE = re.compile(
    r"^(ghi )?bang chu$|^viet bang chu$|^\(?bang chu\)?$"
)  # the same in words: a screen needs it once
ORDER = re.compile(r"^(stt|tt|so tt|so thu tu|chu ky.*|ky( ten)?|ky,? ghi ro.*)$")  # columns that ask nothing
YES = frozenset(("co", "dong y", "dung", "da"))
NO = frozenset(("khong", "khong dong y", "sai", "chua"))


def concept(label: str) -> Concept | None:
    """What a label asks, None when its words are of this form only."""
    told = fold(label)
    return next((one for one in CONCEPTS if one.pattern.search(told)), None)


def person(text: str) -> str | None:
    """Whom words speak of: "" the applicant, "mother" …; None for nobody in particular."""
    told = fold(text)
    found = [
        (match.start(), -len(match.group()), name)
        for name, pattern in _PEOPLE
        if (match := pattern.search(told))
    ]
    return min(found)[2] if found else None


def subject(title: str) -> str:
    """Whom "người dưới đây" means in a form of this name."""
    told = fold(title)
    return next((name for name, word in SUBJECTS if word in told), "subject")
