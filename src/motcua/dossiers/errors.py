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


class StepIsLast(Refusal):
    code, status = "dossiers.step_is_last", 409
    message = _("Đây là bước cuối trước khi ký nên không còn bước nào để chuyển tiếp.")
    next_step = _("Trình kết quả để người có thẩm quyền ký.")


class OwnersResultNext(StepIsLast):
    code = "dossiers.owners_result_next"
    message = _("Đây là bước cuối ở đây; kết quả của thủ tục này do hệ thống chủ quản cấp.")
    next_step = _("Khi hệ thống chủ quản đã cấp, nhận kết quả và ghi số, ký hiệu của kết quả đó.")


class NoSuchStep(Refusal):
    code, status = "dossiers.no_such_step", 409
    message = _("Hồ sơ không thể sang bước đã chọn lúc này.")
    next_step = _("Mở lại hồ sơ để xem các bước có thể chọn.")


class OthersNotDone(Refusal):
    code, status = "dossiers.others_not_done", 409
    message = _("Kết quả còn chờ: {names}.")
    next_step = _("Chờ cơ quan đó trả lời, hoặc thu hồi việc đã giao và nêu lý do, rồi làm tiếp.")


class NotYours(Forbidden):
    code = "dossiers.not_yours"
    message = _("Việc này thuộc thẩm quyền của người khác.")
    next_step = _("Hỏi trưởng bộ phận nếu bạn được giao xử lý hồ sơ này.")


class OwnDossier(Forbidden):
    code = "dossiers.own_dossier"
    message = _("Đây là hồ sơ của chính bạn nên bạn không tiếp nhận, xử lý, ký hay trả kết quả hồ sơ này.")
    next_step = _(
        "Đồng nghiệp cùng bộ phận làm tiếp; bạn theo dõi như mọi người nộp ở “Hồ sơ của tôi” hoặc bằng mã tra cứu."
    )


class NotSealedYet(Refusal):
    code, status = "dossiers.not_sealed_yet", 409
    message = _("Kết quả đã được ký nhưng chưa được cấp số và đóng dấu của cơ quan.")
    next_step = _("Chờ văn thư của cơ quan giải quyết cấp số, đóng dấu rồi trả kết quả.")


class OwnersDesk(Refusal):
    code, status = "dossiers.owners_desk", 409
    message = _("Người được chọn có tên trong hồ sơ này nên không được giao xử lý.")
    next_step = _("Chọn một đồng nghiệp khác trong đơn vị.")


class ChangedMeanwhile(Conflict):
    code = "dossiers.changed_meanwhile"
    message = _("Hồ sơ vừa được người khác cập nhật trong lúc bạn đang làm.")
    next_step = _("Tải lại hồ sơ để xem thay đổi rồi quyết định tiếp; chưa có gì bị ghi đè.")


class TimeGoesBack(Conflict):
    code = "dossiers.time_goes_back"
    message = _("Thời điểm thực hiện sớm hơn việc đã ghi trước đó của hồ sơ nên chưa ghi nhận được.")
    next_step = _("Thử lại sau ít phút; nếu vẫn gặp, báo người quản trị kiểm tra đồng hồ máy chủ.")


class ClockRefuses(Refusal):
    code, status = "dossiers.clock_refuses", 409
    message = _("Đồng hồ thời hạn của hồ sơ không cho phép việc này. {reason}")
    next_step = _("Tải lại hồ sơ để xem cách tính ngày hẹn trả.")


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


class HelpedNumberWrong(Invalid):
    code = "dossiers.helped_number_wrong"
    message = _("Số định danh của người được giúp chưa đúng.")
    next_step = _("Nhập đủ 12 chữ số như trên thẻ căn cước, hoặc để trống nếu họ không có.")


class PhoneNeeded(Invalid):
    code = "dossiers.phone_needed"
    message = _("Chưa có số điện thoại nào của người này để gửi mã.")
    next_step = _("Nhập số điện thoại của họ, hoặc dùng phiếu đồng ý có chữ ký.")


class PhoneOfMany(Refusal):
    code, status = "dossiers.phone_of_many", 429
    message = _("Hôm nay số điện thoại này đã nhận mã đồng ý cho {most} người khác nhau.")
    next_step = _("Dùng số điện thoại của chính người được giúp, hoặc phiếu đồng ý có chữ ký.")


class NotHelped(Refusal):
    code, status = "dossiers.not_helped", 409
    message = _("Hồ sơ này do chính người dân tự nộp nên không cần sự đồng ý nộp hộ.")
    next_step = _("Nộp hồ sơ như bình thường, hoặc bắt đầu một hồ sơ nộp hộ mới.")


class WrongConsentCode(Invalid):
    code = "dossiers.wrong_consent_code"
    message = _("Mã đồng ý không đúng hoặc đã hết hạn.")
    next_step = _("Nhờ người được giúp đọc lại mã trong tin nhắn, hoặc gửi mã mới.")


class TooManyCodes(Refusal):
    code, status = "dossiers.too_many_codes", 429
    message = _("Đã gửi mã đồng ý quá nhiều lần cho hồ sơ này.")
    next_step = _("Dùng phiếu đồng ý có chữ ký, hoặc bắt đầu lại hồ sơ nộp hộ.")


class NoAgency(Refusal):
    code, status = "dossiers.no_agency", 409
    message = _("Chưa xác định được cơ quan có thẩm quyền cho thủ tục này tại nơi bạn chọn.")
    next_step = _("Chọn nơi nộp khác hoặc hỏi bộ phận một cửa.")


class NotAReceiver(Refusal):
    code, status = "dossiers.not_a_receiver", 409
    message = _("Cơ quan này không tiếp nhận hồ sơ.")
    next_step = _("Chọn một trung tâm phục vụ hành chính công đang hoạt động.")


class ForwardRefused(Refusal):
    code, status = "dossiers.forward_refused", 409
    message = _("Không thể chuyển hồ sơ đến cơ quan này.")
    next_step = _("Chọn một cơ quan khác đang hoạt động và có thẩm quyền.")


class LendingRefused(Refusal):
    code, status = "dossiers.lending_refused", 409
    message = _("Chưa thể cho mượn dãy số này.")
    next_step = _("Chọn từ 1 đến {most} số, cho hôm nay hoặc một ngày trong tuần tới, của nơi bạn tiếp nhận.")


class BlockUnknown(NotFound):
    code = "dossiers.block_unknown"
    message = _("Không có dãy số đang cho mượn này.")
    next_step = _("Kiểm tra lại mã của dãy số; dãy đã trả thì không trả lại lần nữa.")


class AlreadyAsked(Refusal):
    code, status = "dossiers.supplement_already_asked", 409
    message = _("Hồ sơ này đã được yêu cầu bổ sung một lần; pháp luật chỉ cho phép yêu cầu một lần, đầy đủ.")
    next_step = _("Giải quyết trên hồ sơ hiện có, hoặc nêu căn cứ của luật chuyên ngành khi yêu cầu thêm.")


class TooLateToAsk(Refusal):
    code, status = "dossiers.supplement_too_late", 409
    message = _("Đã quá {days} ngày làm việc kể từ khi tiếp nhận nên không thể trả lại hồ sơ để bổ sung.")
    next_step = _("Giải quyết trên hồ sơ hiện có, hoặc nêu căn cứ của luật chuyên ngành khi yêu cầu.")


class StillTimeToAnswer(Refusal):
    code, status = "dossiers.still_time_to_answer", 409
    message = _("Chưa thể dừng vì không bổ sung: người nộp còn được trả lời đến hết ngày {by}.")
    next_step = _("Chờ hết thời hạn đã báo, hoặc dừng vì một lý do khác có căn cứ.")


class NoWaitNamed(Refusal):
    code, status = "dossiers.no_wait_named", 409
    message = _("Thủ tục này không ghi thời hạn chờ bổ sung nên không dừng vì lý do không bổ sung được.")
    next_step = _("Dừng vì một lý do khác có căn cứ, hoặc bổ sung thời hạn chờ vào gói thủ tục.")


class NothingWaited(Refusal):
    code, status = "dossiers.nothing_waited", 409
    message = _("Hồ sơ không chờ người nộp bổ sung nên không dừng vì lý do này được.")
    next_step = _("Mở hồ sơ để xem hồ sơ đang ở đâu.")


class NothingAsked(Invalid):
    code = "dossiers.nothing_asked"
    message = _("Yêu cầu bổ sung phải nêu ít nhất một nội dung cụ thể.")
    next_step = _("Chọn hoặc viết đầy đủ các nội dung cần bổ sung, một lần.")


class ReasonNeeded(Invalid):
    code = "dossiers.reason_needed"
    message = _("Cần nêu lý do rõ ràng để người dân hiểu.")
    next_step = _("Chọn lý do có sẵn hoặc viết một câu đầy đủ.")


class TooLateToExtend(Refusal):
    code, status = "dossiers.extend_too_late", 409
    message = _(
        "Đã quá muộn để xin lỗi và hẹn lại: văn bản xin lỗi gửi chậm nhất {days} ngày trước ngày hẹn trả ({law}); "
        "với ngày hẹn {due} thì ngày cuối là {by}."
    )
    next_step = _("Giải quyết hồ sơ sớm nhất có thể; việc chậm sẽ được ghi nhận đúng sự thật.")


class AlreadyExtended(Refusal):
    code, status = "dossiers.extend_already", 409
    message = _("Không thể hẹn lại nữa: mỗi hồ sơ chỉ được hẹn lại {most} lần ({law}).")
    next_step = _("Giải quyết hồ sơ sớm nhất có thể; việc chậm sẽ được ghi nhận đúng sự thật.")


class NothingPromised(Refusal):
    code, status = "dossiers.nothing_promised", 409
    message = _("Hồ sơ không có ngày hẹn trả đang tính nên không có gì để hẹn lại.")
    next_step = _("Mở hồ sơ để xem cách tính thời hạn.")


class ApologyReasonNeeded(ReasonNeeded):
    code = "dossiers.apology_reason_needed"
    message = _("Văn bản xin lỗi phải nêu rõ lý do chậm ({law}).")
    next_step = _("Viết một câu đầy đủ để người dân hiểu vì sao chậm.")


class NewDateWrong(Invalid):
    code = "dossiers.new_date_wrong"
    message = _("Ngày hẹn mới phải là một ngày sau ngày hẹn trả hiện tại, trong vòng một năm.")
    next_step = _("Chọn lại ngày hẹn mới.")


class VersionStays(Refusal):
    code, status = "dossiers.version_stays", 409
    message = _("Hồ sơ đã tiếp nhận theo phiên bản trước và tiếp tục theo phiên bản đó: {why}")
    next_step = _("Giải quyết hồ sơ theo quy định của ngày tiếp nhận.")


class StepsLeft(Refusal):
    code, status = "dossiers.steps_left", 409
    message = _("Còn bước “{step}” chưa xong nên chưa trình kết quả được.")
    next_step = _("Hoàn thành các bước trước rồi trình kết quả.")


class OutcomeWrong(Invalid):
    code = "dossiers.outcome_wrong"
    message = _("Kết quả là đồng ý hoặc không đồng ý.")
    next_step = _("Chọn lại kết quả.")


class ResultIsOurs(Refusal):
    code, status = "dossiers.result_is_ours", 409
    message = _("Kết quả của thủ tục này được ký tại đây, không nhận từ hệ thống khác.")
    next_step = _("Trình kết quả để người có thẩm quyền ký.")


class ResultIsTheirs(Refusal):
    code, status = "dossiers.result_is_theirs", 409
    message = _("Kết quả của thủ tục này do hệ thống chủ quản cấp, không trình ký ở đây.")
    next_step = _("Nhận kết quả từ hệ thống chủ quản và ghi số, ký hiệu của kết quả đó.")


class ResultNumberNeeded(Invalid):
    code = "dossiers.result_number_needed"
    message = _("Cần số, ký hiệu của kết quả do hệ thống chủ quản cấp.")
    next_step = _("Nhập số, ký hiệu ghi trên kết quả.")


class WayWrong(Invalid):
    code = "dossiers.way_wrong"
    message = _("Cách trả kết quả là tại quầy, qua bưu chính hoặc trực tuyến.")
    next_step = _("Chọn lại cách trả kết quả.")


class ReceiverNeeded(Invalid):
    code = "dossiers.receiver_needed"
    message = _("Cần họ và tên người được ủy quyền nhận kết quả.")
    next_step = _("Nhập họ và tên như trên giấy tờ của người nhận.")


class FeeUnpaid(Refusal):
    code, status = "dossiers.fee_unpaid", 409
    message = _("Hồ sơ còn khoản phí, lệ phí chưa thu.")
    next_step = _("Ghi nhận thu tiền rồi trả kết quả.")


class MoneyTooEarly(Refusal):
    code, status = "dossiers.money_too_early", 409
    message = _("Hồ sơ chưa được tiếp nhận nên chưa thu phí, lệ phí.")
    next_step = _("Tiếp nhận hồ sơ rồi thu tiền.")


class NothingToPay(Refusal):
    code, status = "dossiers.nothing_to_pay", 409
    message = _("Hồ sơ không còn khoản nào để thu.")
    next_step = _("Xem các khoản phí, lệ phí của hồ sơ; nhập số tiền của khoản chưa biết mức thu.")


class NothingPaid(Refusal):
    code, status = "dossiers.nothing_paid", 409
    message = _("Hồ sơ chưa có khoản nào đã thu để hoàn lại.")
    next_step = _("Xem các khoản phí, lệ phí của hồ sơ.")


class AmountWrong(Invalid):
    code = "dossiers.amount_wrong"
    message = _("Số tiền phải là số đồng nguyên của một khoản chưa biết mức thu.")
    next_step = _("Nhập lại số tiền.")


class ReceiptNeeded(Invalid):
    code = "dossiers.receipt_needed"
    message = _("Cần số biên lai, chứng từ của khoản tiền.")
    next_step = _("Nhập số biên lai, chứng từ.")


class RatingWrong(Invalid):
    code = "dossiers.rating_wrong"
    message = _("Mức đánh giá là một số từ 1 đến 5.")
    next_step = _("Chọn lại mức đánh giá.")


class FileRefused(Invalid):
    code = "dossiers.file_refused"
    message = _("Giấy tờ này không thuộc hồ sơ hoặc không còn sửa được.")
    next_step = _("Tải lại trang để xem danh sách giấy tờ hiện tại.")


class TooManyPapers(Invalid):
    code = "dossiers.too_many_papers"
    message = _("Hồ sơ đã có {most} giấy tờ, không thể thêm nữa.")
    next_step = _("Bỏ bớt giấy tờ không cần, hoặc gộp nhiều trang vào một tệp.")


class StillKept(Refusal):
    code, status = "dossiers.still_kept", 409
    message = _("Hồ sơ này chưa kết thúc, hoặc đang được giữ lại vì một việc khác.")
    next_step = _("Xem lý do giữ lại; chỉ hủy hồ sơ đã hết thời hạn lưu trữ.")


class PurposeNeeded(Forbidden):
    code = "dossiers.purpose_needed"
    message = _("Bạn theo dõi hồ sơ này mà không trực tiếp giải quyết, nên cần nêu mục đích trước khi xem.")
    next_step = _("Gửi kèm tiêu đề X-Purpose với một trong các mục đích: {known}.")
