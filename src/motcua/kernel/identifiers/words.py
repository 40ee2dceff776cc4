"""The sentences for every problem code of the identifiers, Vietnamese and English, each with the way out."""

from motcua.kernel.text import Bilingual

WORDS = {
    "personal_number_digits": Bilingual(
        "Số định danh cá nhân chỉ gồm chữ số. Bạn nhập 12 chữ số in trên thẻ căn cước.",
        "A personal number has digits only. Enter the 12 digits printed on the identity card.",
    ),
    "personal_number_length": Bilingual(
        "Số định danh cá nhân có đúng 12 chữ số. Bạn kiểm tra lại số trên thẻ căn cước.",
        "A personal number has exactly 12 digits. Check the number on the identity card.",
    ),
    "personal_number_old": Bilingual(
        "Đây là số chứng minh nhân dân cũ (9 chữ số). Bạn nhập số định danh 12 chữ số trên thẻ căn cước "
        "hoặc VNeID.",
        "This is an old 9-digit identity number. Enter the 12-digit number from the identity card or VNeID.",
    ),
    "personal_number_province": Bilingual(
        "Ba chữ số đầu không phải mã tỉnh hay mã quốc gia. Bạn kiểm tra lại số trên thẻ căn cước.",
        "The first three digits are no code of a province or country. Check the number on the identity card.",
    ),
    "personal_number_century": Bilingual(
        "Chữ số thứ tư đến thứ sáu cho năm sinh ở tương lai. Bạn kiểm tra lại số trên thẻ căn cước.",
        "The fourth to sixth digits give a birth year in the future. Check the number on the identity card.",
    ),
    "tax_code_digits": Bilingual(
        "Mã số thuế chỉ gồm chữ số, ví dụ 0100109106 hoặc 0100109106-001. Bạn kiểm tra lại.",
        "A tax code has digits only, for example 0100109106 or 0100109106-001. Check it again.",
    ),
    "tax_code_length": Bilingual(
        "Mã số thuế có 10 chữ số (13 với đơn vị phụ thuộc, 12 với cá nhân, hộ kinh doanh). Bạn kiểm tra lại.",
        "A tax code has 10 digits (13 for a branch, 12 for persons and household businesses). Check it "
        "again.",
    ),
    "tax_code_check": Bilingual(
        "Mã số thuế này không đúng, có thể bạn gõ nhầm một chữ số. Bạn xem lại trên giấy đăng ký.",
        "This tax code is not right; a digit may be mistyped. Look it up on the registration certificate.",
    ),
    "phone_length": Bilingual(
        "Số điện thoại chưa đủ hoặc có ký tự lạ. Bạn nhập như 0912 345 678; số nước ngoài bắt đầu bằng "
        "dấu +.",
        "The phone number is incomplete or has odd characters. Enter it like 0912 345 678; start foreign "
        "numbers with +.",
    ),
    "phone_wrong": Bilingual(
        "Không có số điện thoại nào như vậy. Số di động có 10 chữ số, bắt đầu bằng 03, 05, 07, 08 hoặc 09.",
        "No such phone number exists. A mobile number has 10 digits and starts with 03, 05, 07, 08 or 09.",
    ),
    "agency_code_empty": Bilingual(
        "Chưa có mã cơ quan. Bạn nhập mã như H26.15.", "The agency code is missing, such as H26.15."
    ),
    "agency_code_length": Bilingual(
        "Mã cơ quan dài quá 35 ký tự. Bạn kiểm tra lại.",
        "The agency code is longer than 35 characters. Check it again.",
    ),
    "agency_code_characters": Bilingual(
        "Mã cơ quan chỉ gồm chữ A–Z và chữ số, các nhóm cách nhau bằng dấu chấm, ví dụ H26.15.",
        "An agency code has A–Z and digits only, its groups parted by dots, for example H26.15.",
    ),
    "agency_code_first_group": Bilingual(
        "Nhóm đầu của mã cơ quan là một chữ cái A–Y và hai chữ số, ví dụ H26. Bạn kiểm tra lại.",
        "The first group of an agency code is a letter A–Y and two digits, for example H26. Check it again.",
    ),
    "card_empty": Bilingual(
        "Máy chưa đọc được mã QR. Bạn quét lại thẻ, hoặc nhập bằng tay.",
        "The scanner read nothing. Scan again, or type the data.",
    ),
    "card_not_a_card": Bilingual(
        "Mã QR này không phải của thẻ căn cước. Bạn quét mã ở góc trên bên phải của thẻ, hoặc nhập bằng tay.",
        "This QR code is not that of an identity card. Scan the one at the card's upper right, or type "
        "the data.",
    ),
    "card_number": Bilingual(
        "Số định danh trong mã QR không đúng. Bạn quét lại; nếu vẫn vậy, nhập bằng tay theo mặt thẻ.",
        "The personal number in the QR code is not right. Scan again; if it stays so, type it from the "
        "card's face.",
    ),
    "card_old_number": Bilingual(
        "Số giấy tờ cũ trong mã QR không đúng. Bạn quét lại, hoặc nhập bằng tay theo mặt thẻ.",
        "The old number in the QR code is not right. Scan again, or type the data from the card's face.",
    ),
    "card_name": Bilingual(
        "Họ tên trong mã QR không đọc được. Bạn quét lại, hoặc nhập bằng tay theo mặt thẻ.",
        "The name in the QR code cannot be read. Scan again, or type it from the card's face.",
    ),
    "card_birth": Bilingual(
        "Ngày sinh trong mã QR không phải một ngày có thật. Bạn quét lại, hoặc nhập bằng tay theo mặt thẻ.",
        "The birth date in the QR code is no real day. Scan again, or type it from the card's face.",
    ),
    "card_sex": Bilingual(
        "Giới tính trong mã QR không đọc được. Bạn quét lại, hoặc nhập bằng tay theo mặt thẻ.",
        "The sex in the QR code cannot be read. Scan again, or type it from the card's face.",
    ),
    "card_issued": Bilingual(
        "Ngày cấp trong mã QR không phải một ngày có thật. Bạn quét lại, hoặc nhập bằng tay theo mặt thẻ.",
        "The issue date in the QR code is no real day. Scan again, or type it from the card's face.",
    ),
    "card_birth_year_differs": Bilingual(
        "Năm sinh trên thẻ khác với năm trong số định danh. Bạn đối chiếu với người nộp.",
        "The birth year on the card differs from the one in the number. Check it with the person.",
    ),
    "card_sex_differs": Bilingual(
        "Giới tính trên thẻ khác với số định danh. Bạn đối chiếu với người nộp.",
        "The sex on the card differs from the one in the number. Check it with the person.",
    ),
}


def problem_sentence(code: str, lang: str = "vi") -> str:
    """The sentence for a code of this package in "vi" or "en"; KeyError for a code that does not exist."""
    return WORDS[code].say(lang)
