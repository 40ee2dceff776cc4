# ruff: noqa: E501 (the lines are those of the forms)
"""Paper forms as .docx, laid out as the official ones are: heads, dotted leaders, boxes, notes, tables, signatures.

The layouts follow the forms of civil status (Thông tư 04/2024/TT-BTP), household business (Thông tư 68/2025/TT-BTC,
Mẫu số 01), building permits (Nghị định 175/2024/NĐ-CP, Mẫu số 01) and residence (CT01, Thông tư 66/2023/TT-BCA).
`ASKS` says, by hand, which question of our own declaration each line of the paper stands for: what reading is measured by.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Cm

DOTS = "." * 40
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "---------------")


class Paper:
    """A form being written, line by line."""

    def __init__(self, title: str = "", code: str = "", *, head: bool = True) -> None:
        self.document = docx.Document()
        if code:
            self.line(code, centred=True)
        for text in NATION if head else ():
            self.line(text, bold=True, centred=True)
        if title:
            self.line(title, bold=True, centred=True)

    def line(self, text: str, *, bold: bool = False, centred: bool = False) -> None:
        paragraph = self.document.add_paragraph()
        for number, part in enumerate(text.split("**")):  # **bold** as in plain texts
            if part:
                paragraph.add_run(part).bold = bold or number % 2 == 1
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def lines(self, text: str) -> None:
        """Several at once."""
        for each in text.strip().splitlines():
            self.line(each.strip())

    def tabbed(self, *labels: str) -> None:
        """Labels with a dotted tab each, as newer forms draw their leaders."""
        paragraph = self.document.add_paragraph()
        width = 16 / len(labels)
        for number in range(len(labels)):
            stop = Cm(width * (number + 1))
            paragraph.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.DOTS)
        paragraph.add_run("".join(f"{label}\t" for label in labels))

    def table(self, rows: Iterable[Iterable[str]]) -> None:
        told = [list(row) for row in rows]
        table = self.document.add_table(rows=len(told), cols=max(len(row) for row in told))
        for number, row in enumerate(told):
            for place, text in enumerate(row):
                table.cell(number, place).text = text

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def birth() -> bytes:
    paper = Paper("TỜ KHAI ĐĂNG KÝ KHAI SINH")
    paper.lines(f"""
        Kính gửi: (1) {DOTS}
        Họ, chữ đệm, tên người yêu cầu: {DOTS}
        Nơi cư trú: (2) {DOTS}
        {DOTS}{DOTS}
        Giấy tờ tùy thân: (3) {DOTS}
        {DOTS}{DOTS}
        Quan hệ với người được khai sinh: {DOTS}
        **Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:**
        Họ, chữ đệm, tên: {DOTS}
        Ngày, tháng, năm sinh: ............................ ghi bằng chữ: .................................
        {DOTS}{DOTS}
        Giới tính:...................... Dân tộc:.................... Quốc tịch: ...................
        Nơi sinh: (4) {DOTS}
        {DOTS}{DOTS}
        Quê quán: {DOTS}
        **Họ, chữ đệm, tên người mẹ:** {DOTS}
        Năm sinh: (5) ..................Dân tộc: .................. Quốc tịch: ...................
        Nơi cư trú: (2) {DOTS}
        {DOTS}
        Họ, chữ đệm, tên người cha: {DOTS}
        Năm sinh: (5) ..................Dân tộc: .................. Quốc tịch: ...................
        Nơi cư trú: (2) {DOTS}
        Tôi cam đoan nội dung đề nghị đăng ký khai sinh trên đây là đúng sự thật, được sự thỏa thuận nhất trí của các bên liên quan theo quy định pháp luật.
        Tôi chịu hoàn toàn trách nhiệm trước pháp luật về nội dung cam đoan của mình.
        Làm tại: ................................, ngày .......... tháng ......... năm ..............
        **Người yêu cầu**
        (Ký, ghi rõ họ, chữ đệm, tên)
        .......................................
        Đề nghị cấp bản sao(6): Có □, Không □
        Số lượng:…….bản
        **Chú thích:**
        (1) Ghi rõ tên cơ quan đề nghị thực hiện đăng ký khai sinh.
        (2) Ghi theo nơi đăng ký thường trú; nếu không có thì ghi theo nơi đăng ký tạm trú, nơi đang sinh sống.
        (3) Ghi rõ số, cơ quan cấp, ngày cấp hộ chiếu, căn cước hoặc giấy tờ hợp lệ thay thế.
        (4) Trường hợp sinh tại cơ sở y tế thì ghi tên và địa chỉ trụ sở của cơ sở y tế đó.
        (5) Ghi đầy đủ ngày, tháng sinh của cha, mẹ (nếu có).
        (6) Đánh dấu X vào ô nếu có yêu cầu cấp bản sao và ghi rõ số lượng.
    """)
    return paper.bytes()


PLACE = """Số nhà, ngách, hẻm, ngõ, đường phố/tổ/xóm/ấp/thôn: ..............................
        Xã/Phường/Đặc khu: ..............................................................
        Tỉnh/Thành phố trực thuộc trung ương: ..........................................."""


def household_business() -> bytes:
    paper = Paper(code="Mẫu số 01")
    paper.line("……, ngày …… tháng …… năm ……", centred=True)
    paper.line("GIẤY ĐỀ NGHỊ ĐĂNG KÝ HỘ KINH DOANH", bold=True, centred=True)
    paper.lines(f"""
        Kính gửi: ………………………………………………………
        Tôi là (ghi họ tên bằng chữ in hoa): …………………………… Giới tính: ……………
        Sinh ngày: …… /…… /……… Dân tộc: …………… Quốc tịch: ……………
        Mã số thuế cá nhân (nếu có): ………………………………………………
        Số định danh cá nhân: ……………………………………………………………
        Nơi thường trú:
        {PLACE}
        Nơi ở hiện tại:
        {PLACE}
        Điện thoại (nếu có): ………………… Email (nếu có): …………………
        **Đăng ký hộ kinh doanh do tôi là chủ hộ với các nội dung sau:**
        **1. Tên hộ kinh doanh:**
        Tên hộ kinh doanh viết bằng tiếng Việt (ghi bằng chữ in hoa): ………………………
        Tên hộ kinh doanh viết bằng tiếng nước ngoài (nếu có): ………………………………
        Tên hộ kinh doanh viết tắt (nếu có): ……………………………………………
        **2. Địa chỉ trụ sở hộ kinh doanh:**
        {PLACE}
        Điện thoại: …………………………… Fax (nếu có): ………………
        Email (nếu có): …………………… Website (nếu có): ………………
        **3. Ngành, nghề kinh doanh:**
    """)
    paper.table(
        [
            ("STT", "Tên ngành", "Mã ngành", "Ngành, nghề kinh doanh chính (đánh dấu X)"),
            ("1", "", "", ""),
            ("2", "", "", ""),
        ]
    )
    paper.lines("""
        **4. Vốn kinh doanh:**
        Tổng số (bằng số; VNĐ): ……………………………………………………
        **5. Thông tin đăng ký thuế:**
        5.1. Địa chỉ nhận thông báo thuế (chỉ kê khai nếu khác địa chỉ trụ sở): ……………………
        5.2. Ngày bắt đầu hoạt động: …… /…… /………
        5.3. Tổng số lao động (dự kiến): ………………
        5.4. Địa điểm kinh doanh khác của hộ kinh doanh (nếu có):
    """)
    paper.table([("STT", "Tên địa điểm kinh doanh", "Địa chỉ"), ("1", "", ""), ("…", "", "")])
    paper.lines("""
        5.5. Phương pháp tính thuế (đánh dấu X vào một trong các ô):
        Kê khai ☐
        Khoán ☐
        **6. Chủ thể thành lập hộ kinh doanh (đánh dấu X vào ô thích hợp):**
        Cá nhân ☐          Các thành viên hộ gia đình ☐
        **7. Thông tin về các thành viên hộ gia đình tham gia thành lập hộ kinh doanh:**
    """)
    paper.table([
        ("STT", "Họ tên", "Ngày, tháng, năm sinh", "Giới tính", "Số định danh cá nhân", "Nơi thường trú", "Quan hệ với chủ hộ", "Chữ ký"),
        ("1", "", "", "", "", "", "", ""), ("2", "", "", "", "", "", "", ""),
    ])  # fmt: skip
    paper.lines("""
        Tôi xin cam kết:
        - Bản thân và các thành viên không thuộc diện pháp luật cấm kinh doanh;
        - Chịu trách nhiệm trước pháp luật về tính hợp pháp, chính xác và trung thực của nội dung đăng ký trên.
        **CHỦ HỘ KINH DOANH**
        (Ký và ghi họ tên)
    """)
    return paper.bytes()


def building() -> bytes:
    paper = Paper("ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG", code="Mẫu số 01")
    paper.line("(Sử dụng cho nhà ở riêng lẻ)", centred=True)
    paper.lines("Kính gửi: ..........................................................................")
    paper.lines("**1. Thông tin về chủ đầu tư:**")
    paper.tabbed("- Tên chủ đầu tư (tên chủ hộ): ")
    paper.tabbed("- Người đại diện: ", "Chức vụ (nếu có): ")
    paper.tabbed("- Địa chỉ liên hệ: số nhà: ", "đường/phố: ")
    paper.tabbed("phường/xã: ", "tỉnh/thành phố: ")
    paper.tabbed("- Số điện thoại: ")
    paper.lines("""
        **2. Thông tin công trình:**
        - Địa điểm xây dựng:
        Thửa đất số: ............................ Tờ bản đồ số: ........................ Diện tích thửa đất: ............ m2.
        Tại số nhà: ............................ đường/phố ............................
        phường/xã: ........................... tỉnh, thành phố: ......................
        **3. Tổ chức/cá nhân lập, thẩm tra thiết kế xây dựng:**
        **3.1. Tổ chức/cá nhân lập thiết kế xây dựng:**
        - Tên tổ chức/cá nhân: ............................
        - Mã số chứng chỉ năng lực/chứng chỉ hành nghề: ............................
        - Tên và mã số chứng chỉ hành nghề của các chủ nhiệm, chủ trì thiết kế: ............................
        **3.2. Tổ chức/cá nhân thẩm tra thiết kế xây dựng:**
        - Tên tổ chức/cá nhân: ............................
        - Mã số chứng chỉ năng lực/chứng chỉ hành nghề: ............................
        **4. Nội dung đề nghị cấp phép:**
        - Cấp công trình: ............................
        - Diện tích xây dựng tầng 1 (tầng trệt): ............ m2.
        - Tổng diện tích sàn: ............ m2 (trong đó ghi rõ diện tích sàn các tầng hầm, tầng trên mặt đất, tầng lửng, tum).
        - Chiều cao công trình: ............ m (trong đó ghi rõ chiều cao các tầng hầm, tầng trên mặt đất, tầng lửng, tum).
        - Số tầng: ............ (trong đó ghi rõ số tầng hầm, tầng trên mặt đất, tầng lửng, tum).
        **5. Dự kiến thời gian hoàn thành công trình:** ............ tháng.
        **6. Cam kết:** tôi xin cam đoan làm theo đúng giấy phép được cấp, nếu sai tôi xin hoàn toàn chịu trách nhiệm và bị xử lý theo quy định của pháp luật.
        Gửi kèm theo Đơn này các tài liệu:
        1. Bản sao giấy tờ chứng minh quyền sử dụng đất
        2. Bản vẽ thiết kế xây dựng
        3. ............................
        ......, ngày ..... tháng ..... năm ......
        **NGƯỜI LÀM ĐƠN/ĐẠI DIỆN CHỦ ĐẦU TƯ**
        (Ký, ghi rõ họ tên, đóng dấu (nếu có))
    """)
    return paper.bytes()


def residence() -> bytes:
    paper = Paper(
        "TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ", code="Mẫu CT01 ban hành kèm theo Thông tư số 66/2023/TT-BCA"
    )
    paper.lines("""
        Kính gửi(1): .......................................................
        1. Họ, chữ đệm và tên: ...............................................
        2. Ngày, tháng, năm sinh: ......../......../...............  3. Giới tính: ..............
        4. Số định danh cá nhân:
    """)
    paper.table([[""] * 12])
    paper.lines("""
        5. Số điện thoại liên hệ: ...........................  6. Email: .............................
        7. Họ, chữ đệm và tên chủ hộ: .................... 8. Mối quan hệ với chủ hộ: ................
        9. Số định danh cá nhân của chủ hộ:
    """)
    paper.table([[""] * 12])
    paper.lines("""
        10. Nội dung đề nghị(2): ..........................................
        .................................................................
        .................................................................
        11. Những thành viên trong hộ gia đình cùng thay đổi:
    """)
    paper.table([
        ("TT", "Họ, chữ đệm và tên", "Ngày, tháng, năm sinh", "Giới tính", "Số định danh cá nhân", "Mối quan hệ với chủ hộ"),
        ("", "", "", "", "", ""), ("", "", "", "", "", ""),
    ])  # fmt: skip
    paper.table([
        ("Ý KIẾN CỦA CHỦ HỘ(3)", "Ý KIẾN CỦA CHỦ SỞ HỮU CHỖ Ở HỢP PHÁP(3)", "Ý KIẾN CỦA CHA, MẸ HOẶC NGƯỜI GIÁM HỘ(3)", "....., ngày .... tháng .... năm ....\nNGƯỜI KÊ KHAI\n(Ký, ghi rõ họ tên)"),
    ])  # fmt: skip
    paper.lines("""
        Chú thích:
        (1) Cơ quan đăng ký cư trú.
        (2) Ghi rõ ràng, cụ thể nội dung đề nghị. Ví dụ: đăng ký thường trú; đăng ký tạm trú; tách hộ.
    """)
    return paper.bytes()


def marriage() -> bytes:
    paper = Paper("TỜ KHAI ĐĂNG KÝ KẾT HÔN")
    paper.line(
        "Kính gửi: (1)................................................................................."
    )
    questions = [
        "Họ, chữ đệm, tên", "Ngày, tháng, năm sinh", "Dân tộc", "Quốc tịch", "Nơi cư trú (2)", "Giấy tờ tùy thân (3)",
        "Kết hôn lần thứ mấy",
    ]  # fmt: skip
    paper.table([("Thông tin", "Bên nữ", "Bên nam"), *((question, "", "") for question in questions)])
    paper.lines("""
        Chúng tôi cam đoan những lời khai trên đây là đúng sự thật, việc kết hôn của chúng tôi là tự nguyện, không vi phạm quy định của Luật Hôn nhân và gia đình Việt Nam.
        Chúng tôi chịu hoàn toàn trách nhiệm trước pháp luật về nội dung cam đoan của mình.
        Làm tại: .............., ngày .......... tháng ......... năm ..............
    """)
    paper.table([("Bên nữ\n(Ký, ghi rõ họ, chữ đệm, tên)", "Bên nam\n(Ký, ghi rõ họ, chữ đệm, tên)")])
    paper.lines("""
        Đề nghị cấp bản sao(4): Có ☐, Không ☐
        Số lượng: ......... bản
        Chú thích:
        (2) Ghi theo nơi đăng ký thường trú.
    """)
    return paper.bytes()


FORMS = {
    "birth-registration": birth,
    "household-business-registration": household_business,
    "house-building-permit": building,
    "permanent-residence-registration": residence,
    "marriage-registration": marriage,
}

# Question of our declaration -> the words by which the paper asks it (the n-th time they stand there, from 1).
ASKS: dict[str, dict[str, tuple[str, int]]] = {
    "birth-registration": {
        "full_name": ("Họ, chữ đệm, tên người yêu cầu", 1), "address": ("Nơi cư trú", 1),
        "personal_number": ("Giấy tờ tùy thân", 1), "declarant_relation": ("Quan hệ với người được khai sinh", 1),
        "child_full_name": ("Họ, chữ đệm, tên", 1), "child_birth_on": ("Ngày, tháng, năm sinh", 1),
        "child_sex": ("Giới tính", 1), "child_ethnicity": ("Dân tộc", 1), "child_nationality": ("Quốc tịch", 1),
        "birth_place_address": ("Nơi sinh", 1), "child_hometown": ("Quê quán", 1),
        "mother_full_name": ("Họ, chữ đệm, tên người mẹ", 1), "mother_birth_on": ("Năm sinh", 1),
        "mother_ethnicity": ("Dân tộc", 2), "mother_nationality": ("Quốc tịch", 2), "mother_address": ("Nơi cư trú", 2),
        "father_full_name": ("Họ, chữ đệm, tên người cha", 1), "father_birth_on": ("Năm sinh", 2),
        "father_ethnicity": ("Dân tộc", 3), "father_nationality": ("Quốc tịch", 3), "father_address": ("Nơi cư trú", 3),
        "copies_wanted": ("Đề nghị cấp bản sao", 1), "copies_count": ("Số lượng", 1),
    },
    "household-business-registration": {
        "full_name": ("Tôi là", 1), "sex": ("Giới tính", 1), "birth_on": ("Sinh ngày", 1),
        "tax_code_old": ("Mã số thuế cá nhân", 1), "personal_number": ("Số định danh cá nhân", 1),
        "address": ("Nơi ở hiện tại", 1), "phone": ("Điện thoại", 1), "email": ("Email", 1),
        "business_name": ("Tên hộ kinh doanh viết bằng tiếng Việt", 1),
        "business_name_foreign": ("Tên hộ kinh doanh viết bằng tiếng nước ngoài", 1),
        "business_name_short": ("Tên hộ kinh doanh viết tắt", 1), "business_address": ("Địa chỉ trụ sở hộ kinh doanh", 1),
        "business_phone": ("Điện thoại", 2), "business_email": ("Email", 2), "business_website": ("Website", 1),
        "activities": ("Ngành, nghề kinh doanh", 1), "capital": ("Tổng số", 1),
        "tax_address": ("Địa chỉ nhận thông báo thuế", 1), "started_on": ("Ngày bắt đầu hoạt động", 1),
        "staff_count": ("Tổng số lao động", 1), "other_places": ("Địa điểm kinh doanh khác của hộ kinh doanh", 1),
        "tax_method": ("Phương pháp tính thuế", 1), "founder_kind": ("Chủ thể thành lập hộ kinh doanh", 1),
        "members": ("Thông tin về các thành viên hộ gia đình tham gia thành lập hộ kinh doanh", 1),
    },
    "house-building-permit": {
        "full_name": ("Tên chủ đầu tư", 1), "organisation_position": ("Chức vụ", 1), "address": ("Địa chỉ liên hệ", 1),
        "phone": ("Số điện thoại", 1), "site_address": ("Địa điểm xây dựng", 1), "plot_number": ("Thửa đất số", 1),
        "map_sheet": ("Tờ bản đồ số", 1), "site_area": ("Diện tích thửa đất", 1),
        "designer_name": ("Tên tổ chức/cá nhân", 1),
        "designer_code": ("Mã số chứng chỉ năng lực/chứng chỉ hành nghề", 1),
        "chief_designer": ("Tên và mã số chứng chỉ hành nghề của các chủ nhiệm, chủ trì thiết kế", 1),
        "reviewer_name": ("Tên tổ chức/cá nhân", 2),
        "reviewer_code": ("Mã số chứng chỉ năng lực/chứng chỉ hành nghề", 2), "work_grade": ("Cấp công trình", 1),
        "ground_area": ("Diện tích xây dựng tầng 1", 1), "floor_area": ("Tổng diện tích sàn", 1),
        "height": ("Chiều cao công trình", 1), "storeys": ("Số tầng", 1),
        "months_to_finish": ("Dự kiến thời gian hoàn thành công trình", 1),
    },
    "permanent-residence-registration": {
        "full_name": ("Họ, chữ đệm và tên", 1), "birth_on": ("Ngày, tháng, năm sinh", 1), "sex": ("Giới tính", 1),
        "personal_number": ("Số định danh cá nhân", 1), "phone": ("Số điện thoại liên hệ", 1), "email": ("Email", 1),
        "head_full_name": ("Họ, chữ đệm và tên chủ hộ", 1), "relation_to_head": ("Mối quan hệ với chủ hộ", 1),
        "head_personal_number": ("Số định danh cá nhân của chủ hộ", 1), "request_text": ("Nội dung đề nghị", 1),
        "members": ("Những thành viên trong hộ gia đình cùng thay đổi", 1),
    },
    "marriage-registration": {
        "partner_full_name": ("Họ, chữ đệm, tên", 1), "partner_birth_on": ("Ngày, tháng, năm sinh", 1),
        "partner_ethnicity": ("Dân tộc", 1), "partner_nationality": ("Quốc tịch", 1),
        "partner_address": ("Nơi cư trú", 1), "partner_personal_number": ("Giấy tờ tùy thân", 1),
        "partner_marriage_order": ("Kết hôn lần thứ mấy", 1), "full_name": ("Họ, chữ đệm, tên", 2),
        "birth_on": ("Ngày, tháng, năm sinh", 2), "own_ethnicity": ("Dân tộc", 2), "own_nationality": ("Quốc tịch", 2),
        "address": ("Nơi cư trú", 2), "personal_number": ("Giấy tờ tùy thân", 2),
        "own_marriage_order": ("Kết hôn lần thứ mấy", 2), "copies_wanted": ("Đề nghị cấp bản sao", 1),
        "copies_count": ("Số lượng", 1),
    },
}  # fmt: skip
