"""What the reader of a draft has to look at: each doubt with its place in the document and in the form. No Django.

The sentences are kept with the draft, so they are Vietnamese and English at once and need no message catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from motcua.kernel.text import Bilingual

SENTENCES: dict[str, Bilingual] = {
    "no_title": Bilingual(
        "Không thấy tên biểu mẫu; hãy ghi tên thủ tục.", "The form has no title; write the procedure's name."
    ),
    "type": Bilingual(
        "Mẫu không nói câu này điền gì; đang để là chữ ngắn. Hãy chọn kiểu.",
        "The form does not say what is written here; taken as short text. Choose the type.",
    ),
    "identity_paper": Bilingual(
        "Mẫu hỏi giấy tờ tùy thân; bản soạn hỏi số định danh cá nhân 12 số như các tờ khai khác. Người không có số "
        "này (người nước ngoài) thì cần câu khác.",
        "The form asks for an identity paper; the draft asks for the 12-digit personal number as others do. "
        "Somebody without one (a foreigner) needs another question.",
    ),
    "name_of_whom": Bilingual(
        "Đây có thể là tên cá nhân hoặc tên tổ chức; đang để là họ tên người.",
        "This may be a person's or an organisation's name; taken as a person's.",
    ),
    "year_only": Bilingual(
        "Mẫu chỉ hỏi năm sinh; bản soạn hỏi cả ngày. Người chỉ nhớ năm thì cần thêm cách khai.",
        "The form asks for the year of birth; the draft asks for the day. Who knows the year only needs another way.",
    ),
    "options_borrowed": Bilingual(
        "Mẫu để trống chỗ này; các lựa chọn lấy từ tờ khai “{declaration}”. Hãy kiểm tra.",
        "The form leaves this open; the choices are those of the declaration “{declaration}”. Check them.",
    ),
    "one_or_many": Bilingual(
        "Mẫu không nói được chọn một hay nhiều ô; đang để chọn một.",
        "The form does not say whether one or several boxes may be ticked; taken as one.",
    ),
    "no_options": Bilingual("Câu chọn này chưa đọc được các lựa chọn.", "The choices of this question were not found."),
    "no_room": Bilingual(
        "Mẫu không chừa chỗ điền sau dòng này; có thể đây là đầu mục, không phải câu hỏi.",
        "The form leaves no room after this line; it may be a heading, not a question.",
    ),
    "sentence": Bilingual(
        "Đây là một câu văn có chỗ trống; hãy viết lại thành câu hỏi ngắn.",
        "This is a sentence with a gap; rewrite it as a short question.",
    ),
    "person": Bilingual(
        "Chưa chắc mục này hỏi về ai ({person}); hãy kiểm tra.",
        "It is not certain whom this asks about ({person}); check it.",
    ),
    "decimal": Bilingual(
        "Đơn vị {unit} thường có số lẻ; đang để là chữ ngắn.", "{unit} often has decimals; taken as short text."
    ),
    "thousands": Bilingual(
        "Mẫu ghi theo {unit}; nền tảng tính bằng đồng. Hãy sửa lời hỏi.",
        "The form counts in {unit}; the platform counts in đồng. Change the wording.",
    ),
    "fixed_rows": Bilingual(
        "Bảng trên mẫu có sẵn các dòng ({rows}); bản soạn để người khai tự thêm dòng.",
        "The table of the form has rows of its own ({rows}); the draft lets people add rows.",
    ),
    "same_twice": Bilingual(
        "Mẫu hỏi điều này hai lần; bản soạn giữ cả hai. Hãy bỏ câu thừa hoặc nói rõ khác nhau ở đâu.",
        "The form asks this twice; the draft keeps both. Drop one or say how they differ.",
    ),
    "required": Bilingual(
        "Mẫu không nói câu nào trong phần này bắt buộc; {count} câu đang để không bắt buộc. Hãy chọn từng câu.",
        "The form does not say what is required here; {count} question(s) are optional now. Choose for each.",
    ),
    "english": Bilingual(
        "{count} lời chưa có tiếng Anh; đang lặp lại tiếng Việt.",
        "{count} text(s) have no English yet; the Vietnamese stands in.",
    ),
    "standard_added": Bilingual(
        "Phần này theo mẫu chung của nền tảng; những câu mẫu giấy không hỏi: {labels}. Bỏ câu nào không cần.",
        "This part is the platform's standard; the paper form does not ask: {labels}. Drop what is not needed.",
    ),
    "paper_type": Bilingual(
        "Mẫu chỉ nêu tên giấy tờ: hãy ghi loại bản, số lượng, khi nào cần và căn cứ.",
        "The form only names the papers: write their kind, number, when they are needed and the legal ground.",
    ),
    "no_papers": Bilingual(
        "Mẫu không nêu giấy tờ kèm theo; hãy thêm theo quyết định công bố thủ tục.",
        "The form names no papers; add them from the decision that publishes the procedure.",
    ),
    "steps": Bilingual(
        "Mẫu không nói các bước giải quyết, thời hạn, phí: đang để khung chung. Hãy điền theo quyết định công bố.",
        "The form says nothing of steps, limit and fees: a general frame stands in. Fill them in from the decision.",
    ),
    "agreement": Bilingual(
        "Mẫu có chỗ cho người khác ký: {lines}. Hãy thêm câu hỏi hoặc giấy tờ cho sự đồng ý ấy.",
        "The form has room for others to sign: {lines}. Add a question or a paper for their consent.",
    ),
    "other_form": Bilingual(
        "Tên biểu mẫu “{title}” khác tên thủ tục; hãy xem có chọn nhầm tệp không.",
        "The form is called “{title}”, unlike the procedure; check that it is the right file.",
    ),
    "replaced": Bilingual(
        "Tờ khai đang có hiệu lực ({count} câu, có thể có giấy tờ và phí riêng) được thay bằng tờ khai đọc từ mẫu; "
        "xem “Điều đã đổi”.",
        "The declaration in force ({count} questions, perhaps with papers and fees of its own) is replaced by the one "
        "read from the form; see what changed.",
    ),
    "left_out": Bilingual(
        "{count} dòng của mẫu không thành câu hỏi: {lines}",
        "{count} line(s) of the form became no question: {lines}",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Doubt:
    """One thing to look at: its place in the document, which kind, and the words of the form it comes from."""

    place: str  # as the editor writes places: declaration.sections.0.fields.2
    code: str
    quote: str = ""
    at: int = 0  # paragraph or table of the form, counted from 1; 0 for none
    facts: tuple[tuple[str, str], ...] = ()
    field: str = ""  # the id of the question it is about: places move when rows do
    section: str = ""

    def say(self, lang: str = "vi") -> str:
        """The sentence, and where in the form."""
        told = SENTENCES[self.code].say(lang).format(**dict(self.facts))
        if not self.quote:
            return told
        where = (f"line {self.at}" if lang == "en" else f"dòng {self.at}") if self.at else ""
        shown = f"“{self.quote}”" + (f", {where}" if where else "")
        return f"{told} (the form: {shown})" if lang == "en" else f"{told} (mẫu: {shown})"

    def to_data(self, lang: str = "vi") -> dict[str, Any]:
        """As drafts keep it and `--json` prints it."""
        return {
            "place": self.place,
            "code": self.code,
            "text": self.say(lang),
            "line": self.at,
            "quote": self.quote,
            "field": self.field,
            "section": self.section,
        }
