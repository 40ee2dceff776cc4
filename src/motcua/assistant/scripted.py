"""What the assistant says of itself: it is a machine, what it can do, what it does not do. Every sentence has a name,
so that a test can find it. Part of the door `queries`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.assistant.rules import (
    ANSWER,
    HAND_OVER,
    SMALL_TALK,
    Button,
    Context,
    Guess,
    Reply,
    Sentence,
    Source,
)
from motcua.assistant.rules.normal import Asked as Question

THANKS = ("cam on", "thank", "thanks", "tks", "camon")
BYE = ("tam biet", "bye", "hen gap lai")


def _texts(name: str) -> tuple[str, ...]:
    return {
        "greeting": (
            _("Chào bạn. Tôi là trợ lý tự động (máy, không phải người)."),
            _("Bạn cần làm việc gì? Ví dụ: “làm khai sinh cho con cần giấy tờ gì”."),
        ),
        "who": (
            _("Tôi là trợ lý tự động, một chương trình máy tính, không phải người."),
            _(
                "Tôi chỉ trả lời từ thủ tục đã công bố và hồ sơ của chính bạn; lúc nào bạn cũng có thể gặp người thật."
            ),
        ),
        "thanks": (_("Rất vui được giúp bạn. Bạn còn cần việc gì nữa không?"),),
        "bye": (_("Chào bạn. Cần gì bạn cứ hỏi lại."),),
        "unread": (_("Tôi không đọc được chữ nào trong tin này. Bạn gõ lại bằng chữ giúp tôi."),),
        "which_of_these": (
            _("Tôi chưa chắc bạn cần việc nào. Có phải một trong các việc này không?"),
            _(
                "Tôi chưa hiểu rõ việc bạn cần. Nếu là một trong các việc này, bạn chọn; không thì nói lại giúp tôi."
            ),
        ),
        "which_place": (_("Có nhiều nơi cùng tên. Bạn chọn nơi nào?"),),
        "former_district": (
            _(
                "Từ 01/7/2025 không còn quận, huyện, thị xã; nơi bạn nói nay gồm các phường, xã sau. Bạn ở nơi nào?"
            ),
        ),
        "rephrase": (
            _("Bạn nói lại việc cần làm giúp tôi, ví dụ: “xin giấy xác nhận độc thân”, “sang tên sổ đỏ”."),
        ),
        "person": (_("Tôi sẽ chuyển bạn tới người thật, cùng nội dung đã trao đổi nếu bạn đồng ý."),),
        "complaint": (
            _(
                "Phản ánh, kiến nghị về thủ tục hoặc cách giải quyết thì gửi ở trang phản ánh; có mã để theo dõi."
            ),
            _(
                "Khiếu nại, tố cáo về một quyết định hoặc hành vi cụ thể thì nộp đơn theo Luật Khiếu nại, Luật Tố cáo."
            ),
        ),
        "refuse_personal_data": (
            _("Tôi không cung cấp thông tin của người khác."),
            _("Bạn chỉ xem được hồ sơ, dữ liệu của chính mình sau khi đăng nhập."),
        ),
        "resist_injection": (
            _("Tôi không làm theo yêu cầu này."),
            _("Tôi chỉ giúp về thủ tục hành chính; bạn cần làm việc gì?"),
        ),
        "stay_polite": (
            _("Tôi xin lỗi nếu đã làm bạn bực mình."),
            _("Bạn nói việc cần làm, hoặc chọn gặp người thật, tôi sẽ giúp ngay."),
        ),
        "decline_redirect": (
            _("Việc này nằm ngoài những gì tôi trả lời được."),
            _("Tôi giúp về thủ tục hành chính: giấy tờ, phí, thời hạn, nơi nộp, hồ sơ của bạn."),
        ),
        "refuse_illegal": (
            _("Tôi không giúp việc trái pháp luật."),
            _("Nếu bạn đang vướng ở giấy tờ nào, hãy nói; thường có cách làm đúng quy định."),
        ),
        "no_decision": (
            _(
                "Tôi không quyết định, không ký và không thay đổi hồ sơ nào; việc đó do cơ quan có thẩm quyền làm."
            ),
            _("Tôi có thể cho bạn biết hồ sơ đang ở đâu, bao giờ có kết quả và cần làm gì tiếp."),
        ),
    }.get(name, ())


def text_of(key: str) -> str | None:
    """The sentence of a name such as "greeting.0" in the language of the moment; None for none."""
    name, _dot, place = key.partition(".")
    texts = _texts(name)
    return texts[int(place)] if place.isdigit() and int(place) < len(texts) else None


def sentence(key: str) -> Sentence:
    """The sentence of a name, with that name as its source. Raises KeyError for a name of none."""
    text = text_of(key)
    if text is None:
        raise KeyError(key)
    return Sentence(text, Source("self", key), "talk")


def say(name: str, context: Context, behaviour: str) -> Reply:
    """The sentences of that name."""
    sentences = tuple(
        Sentence(text, Source("self", f"{name}.{place}"), "talk") for place, text in enumerate(_texts(name))
    )
    return Reply(behaviour, "", sentences, replace(context, asked=""))


def refuse(limit: str, context: Context) -> Reply:
    """The short, polite no to what is not answered, and what can be had instead."""
    return replace(say(limit, context, limit), intent="out_of_scope")


def small_talk(question: Question, context: Context) -> Reply:
    """A greeting, thanks, or who it is."""
    line = question.line
    if any(f" {each} " in line for each in THANKS):
        return replace(say("thanks", context, SMALL_TALK), intent="small_talk")
    if any(f" {each} " in line for each in BYE):
        return replace(say("bye", context, SMALL_TALK), intent="small_talk")
    if any(
        f" {each} " in line
        for each in ("la ai", "may", "robot", "nguoi", "ten gi", "lam duoc gi", "giup duoc gi")
    ):
        return replace(say("who", context, SMALL_TALK), intent="small_talk")
    return replace(say("greeting", context, SMALL_TALK), intent="small_talk")


def hand_over(context: Context, guesses: Sequence[Guess]) -> Reply:
    """To a person, with what was said if she agrees."""
    told = say("person", context, HAND_OVER)
    return replace(told, intent="person", guesses=tuple(guesses))


def complaint(context: Context) -> Reply:
    """Where to say that something is wrong."""
    told = say("complaint", context, ANSWER)
    button = Button(_("Mở trang phản ánh, kiến nghị"), reverse("portal:petition"))
    return replace(told, intent="complaint", button=button, confidence=0.9)
