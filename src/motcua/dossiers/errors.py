"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Forbidden, Invalid, NotFound, Refusal


class DossierNotFound(NotFound):
    code = "dossiers.not_found"
    message = _("Không tìm thấy hồ sơ này, hoặc bạn không có quyền xem.")
    next_step = _("Kiểm tra lại mã hồ sơ, hoặc hỏi nơi đã tiếp nhận hồ sơ.")


class MoveNotAllowed(Refusal):
    code, status = "dossiers.move_not_allowed", 409
    message = _("Hồ sơ đang ở trạng thái “{state}” nên chưa thể thực hiện việc này.")
    next_step = _("Tải lại hồ sơ để xem các việc làm được lúc này.")


class NotYours(Forbidden):
    code = "dossiers.not_yours"
    message = _("Việc này thuộc thẩm quyền của người khác.")
    next_step = _("Hỏi trưởng bộ phận nếu bạn được giao xử lý hồ sơ này.")


class ChangedMeanwhile(Conflict):
    code = "dossiers.changed_meanwhile"
    message = _("Hồ sơ vừa được người khác cập nhật trong lúc bạn đang làm.")
    next_step = _("Tải lại hồ sơ để xem thay đổi rồi quyết định tiếp; chưa có gì bị ghi đè.")


class DeclarationIncomplete(Invalid):
    code = "dossiers.declaration_incomplete"
    message = _("Tờ khai còn mục chưa đúng hoặc chưa đủ nên chưa nộp được.")
    next_step = _("Sửa các mục được nêu rồi nộp lại; nội dung đã nhập vẫn còn.")


class DeclarationTooLong(Invalid):
    code = "dossiers.declaration_too_long"
    message = _("Nội dung tờ khai quá dài nên chưa lưu được.")
    next_step = _("Rút gọn nội dung, hoặc đính kèm phần dài thành một giấy tờ.")


class PapersMissing(Invalid):
    code = "dossiers.papers_missing"
    message = _("Hồ sơ còn thiếu giấy tờ bắt buộc.")
    next_step = _("Tải lên hoặc chụp các giấy tờ được nêu rồi nộp lại.")


class NotFileable(Refusal):
    code, status = "dossiers.not_fileable", 409
    message = _("Thủ tục này hiện không nhận hồ sơ qua cửa này.")
    next_step = _("Xem trang thủ tục để biết nơi nhận hồ sơ đang mở.")


class ConsentNeeded(Refusal):
    code, status = "dossiers.consent_needed", 409
    message = _("Chưa có sự đồng ý của người được giúp nên chưa nộp được hồ sơ.")
    next_step = _("Nhập mã đã gửi đến điện thoại của họ, hoặc tải lên phiếu đồng ý có chữ ký.")


class NotHelped(Refusal):
    code, status = "dossiers.not_helped", 409
    message = _("Hồ sơ này do chính người dân tự nộp nên không cần sự đồng ý nộp hộ.")
    next_step = _("Nộp hồ sơ như bình thường, hoặc bắt đầu một hồ sơ nộp hộ mới.")


class WrongConsentCode(Invalid):
    code = "dossiers.wrong_consent_code"
    message = _("Mã đồng ý không đúng hoặc đã hết hạn.")
    next_step = _("Nhờ người được giúp đọc lại mã trong tin nhắn, hoặc gửi mã mới.")


class NoAgency(Refusal):
    code, status = "dossiers.no_agency", 409
    message = _("Chưa xác định được cơ quan có thẩm quyền cho thủ tục này tại nơi bạn chọn.")
    next_step = _("Chọn nơi nộp khác hoặc hỏi bộ phận một cửa.")


class AlreadyAsked(Refusal):
    code, status = "dossiers.supplement_already_asked", 409
    message = _("Hồ sơ này đã được yêu cầu bổ sung một lần; pháp luật chỉ cho phép yêu cầu một lần, đầy đủ.")
    next_step = _("Giải quyết trên hồ sơ hiện có, hoặc nêu căn cứ của luật chuyên ngành khi yêu cầu thêm.")


class NothingAsked(Invalid):
    code = "dossiers.nothing_asked"
    message = _("Yêu cầu bổ sung phải nêu ít nhất một nội dung cụ thể.")
    next_step = _("Chọn hoặc viết đầy đủ các nội dung cần bổ sung, một lần.")


class ReasonNeeded(Invalid):
    code = "dossiers.reason_needed"
    message = _("Cần nêu lý do rõ ràng để người dân hiểu.")
    next_step = _("Chọn lý do có sẵn hoặc viết một câu đầy đủ.")


class TooLateToExtend(Refusal):
    code, status = "dossiers.extend_not_possible", 409
    message = _("Không thể hẹn lại: chỉ được hẹn lại một lần và chậm nhất một ngày trước hạn trả.")
    next_step = _("Giải quyết hồ sơ sớm nhất có thể; việc chậm sẽ được ghi nhận đúng sự thật.")


class StepsLeft(Refusal):
    code, status = "dossiers.steps_left", 409
    message = _("Còn bước “{step}” chưa xong nên chưa trình kết quả được.")
    next_step = _("Hoàn thành các bước trước rồi trình kết quả.")


class FeeUnpaid(Refusal):
    code, status = "dossiers.fee_unpaid", 409
    message = _("Hồ sơ còn khoản phí, lệ phí chưa thu.")
    next_step = _("Ghi nhận thu tiền rồi trả kết quả.")


class RatingWrong(Invalid):
    code = "dossiers.rating_wrong"
    message = _("Mức đánh giá là một số từ 1 đến 5.")
    next_step = _("Chọn lại mức đánh giá.")


class FileRefused(Invalid):
    code = "dossiers.file_refused"
    message = _("Giấy tờ này không thuộc hồ sơ hoặc không còn sửa được.")
    next_step = _("Tải lại trang để xem danh sách giấy tờ hiện tại.")
