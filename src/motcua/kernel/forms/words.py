"""The sentences of the form: problems with answers, and small words for showing them. `{label}` is the question."""

from motcua.kernel.text import Bilingual

WORDS = {
    "required": Bilingual("Bạn chưa điền “{label}”.", "Please fill in “{label}”."),
    "required_choice": Bilingual("Bạn chưa chọn “{label}”.", "Please choose “{label}”."),
    "required_consent": Bilingual(
        "Bạn đọc rồi đánh dấu vào ô “{label}” để tiếp tục.", "Please read and tick “{label}” to go on."
    ),
    "required_rows": Bilingual(
        "“{label}” cần ít nhất {min} mục. Bạn bấm thêm mục rồi điền.",
        "“{label}” needs at least {min} entries. Add an entry and fill it in.",
    ),
    "address_commune": Bilingual(
        "“{label}” chưa có xã, phường. Bạn chọn xã, phường trong danh sách.",
        "“{label}” has no commune or ward. Choose one from the list.",
    ),
    "address_detail": Bilingual(
        "“{label}” chưa có số nhà, đường hoặc thôn, tổ. Bạn ghi thêm để gửi được giấy tờ.",
        "“{label}” has no house number, street or hamlet. Add it so that papers can reach you.",
    ),
    "date_wrong": Bilingual(
        "“{label}” chưa phải một ngày có thật. Bạn nhập ngày/tháng/năm, ví dụ 21/11/2026.",
        "“{label}” is no real day. Enter day/month/year, for example 21/11/2026.",
    ),
    "date_early": Bilingual(
        "“{label}” phải từ ngày {limit} trở đi. Bạn kiểm tra lại ngày.",
        "“{label}” must be {limit} or later. Check the date.",
    ),
    "date_late": Bilingual(
        "“{label}” phải từ ngày {limit} trở về trước. Bạn kiểm tra lại ngày.",
        "“{label}” must be {limit} or earlier. Check the date.",
    ),
    "date_future": Bilingual(
        "“{label}” không thể sau hôm nay ({limit}). Bạn kiểm tra lại ngày.",
        "“{label}” cannot be after today ({limit}). Check the date.",
    ),
    "date_past": Bilingual(
        "“{label}” không thể trước hôm nay ({limit}). Bạn kiểm tra lại ngày.",
        "“{label}” cannot be before today ({limit}). Check the date.",
    ),
    "date_before_other": Bilingual(
        "“{label}” không thể trước “{other}” ({limit}). Bạn kiểm tra lại hai ngày này.",
        "“{label}” cannot be before “{other}” ({limit}). Check the two dates.",
    ),
    "date_after_other": Bilingual(
        "“{label}” không thể sau “{other}” ({limit}). Bạn kiểm tra lại hai ngày này.",
        "“{label}” cannot be after “{other}” ({limit}). Check the two dates.",
    ),
    "number_wrong": Bilingual(
        "“{label}” phải là một số. Bạn chỉ nhập chữ số, ví dụ 1.500.",
        "“{label}” must be a number. Enter digits only, for example 1500.",
    ),
    "number_whole": Bilingual(
        "“{label}” phải là số nguyên, không có phần lẻ. Bạn nhập lại.",
        "“{label}” must be a whole number. Enter it without decimals.",
    ),
    "number_low": Bilingual(
        "“{label}” không được nhỏ hơn {limit}. Bạn kiểm tra lại số.",
        "“{label}” cannot be less than {limit}. Check the number.",
    ),
    "number_high": Bilingual(
        "“{label}” không được lớn hơn {limit}. Bạn kiểm tra lại số.",
        "“{label}” cannot be more than {limit}. Check the number.",
    ),
    "too_short": Bilingual(
        "“{label}” cần ít nhất {limit} ký tự. Bạn ghi rõ thêm.",
        "“{label}” needs at least {limit} characters. Please write a little more.",
    ),
    "too_long": Bilingual(
        "“{label}” dài quá {limit} ký tự nên phần cuối đã bị cắt. Bạn viết gọn lại.",
        "“{label}” is longer than {limit} characters and was cut at the end. Please shorten it.",
    ),
    "pattern": Bilingual(
        "“{label}” chưa đúng cách viết. Bạn xem lời hướng dẫn dưới câu hỏi rồi nhập lại.",
        "“{label}” is not written as expected. Read the hint under the question and enter it again.",
    ),
    "name_wrong": Bilingual(
        "“{label}” chỉ gồm chữ cái, dấu cách, dấu nháy và gạch nối. Bạn ghi họ tên như trên giấy tờ.",
        "“{label}” may have letters, spaces, apostrophes and hyphens only. Write the name as on the papers.",
    ),
    "email_wrong": Bilingual(
        "“{label}” chưa phải địa chỉ thư điện tử. Bạn nhập như ten@example.com, hoặc để trống nếu không có.",
        "“{label}” is no e-mail address. Enter one like name@example.com, or leave it empty if you have "
        "none.",
    ),
    "agency_wrong": Bilingual(
        "“{label}” không có trong danh sách cơ quan. Bạn chọn lại trong danh sách.",
        "“{label}” is not among the agencies. Choose one from the list.",
    ),
    "option_unknown": Bilingual(
        "“{label}” có lựa chọn không còn trong danh sách. Bạn chọn lại.",
        "“{label}” has a choice that is not in the list. Please choose again.",
    ),
    "choices_few": Bilingual(
        "“{label}” cần chọn ít nhất {limit} mục. Bạn chọn thêm.", "Choose at least {limit} of “{label}”."
    ),
    "choices_many": Bilingual(
        "“{label}” chỉ được chọn nhiều nhất {limit} mục. Bạn bỏ bớt.",
        "Choose at most {limit} of “{label}”; untick some.",
    ),
    "rows_few": Bilingual(
        "“{label}” cần ít nhất {limit} mục. Bạn bấm thêm mục rồi điền.",
        "“{label}” needs at least {limit} entries. Add an entry and fill it in.",
    ),
    "rows_many": Bilingual(
        "“{label}” chỉ nhận nhiều nhất {limit} mục. Bạn bỏ bớt, hoặc nộp thêm một hồ sơ nữa.",
        "“{label}” takes at most {limit} entries. Remove some, or file another dossier.",
    ),
    "check": Bilingual(
        "“{label}” chưa khớp với các câu trả lời khác. Bạn kiểm tra lại.",
        "“{label}” does not fit the other answers. Please check them.",
    ),
    "wrong": Bilingual(
        "“{label}” có dữ liệu không đọc được. Bạn nhập lại.",
        "“{label}” cannot be read. Please enter it again.",
    ),
    "row": Bilingual("{label}, mục {row}", "{label}, entry {row}"),
    "yes": Bilingual("Có", "Yes"),
    "no": Bilingual("Không", "No"),
    "agreed": Bilingual("Đồng ý", "Agreed"),
    "blank": Bilingual("Không khai", "Not given"),
}
