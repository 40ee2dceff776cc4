"""Controls: Django's own form fields and single fields in the look of the house."""

from django import forms
from django.template import Context, Template

from motcua.foundation.ui.controls import control


class SampleForm(forms.Form):
    name = forms.CharField(label="Họ tên", help_text="Như trên thẻ")
    email = forms.EmailField(label="Thư điện tử", required=False)
    role = forms.ChoiceField(label="Vai trò", choices=[("", "Chọn vai trò"), ("head", "Trưởng phòng")])
    kind = forms.ChoiceField(label="Loại", choices=[("a", "Một"), ("b", "Hai")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Đồng ý")
    secret = forms.CharField(
        label="Mật khẩu", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    paper = forms.FileField(label="Giấy tờ", required=False)


def draw(form):
    page = Template("{% load ui %}{% for one in form %}{% bound_field one %}{% endfor %}")
    return page.render(Context({"form": form}))


def test_a_django_form_looks_like_the_rest():
    markup = draw(SampleForm({"name": "", "role": "head", "kind": "b", "secret": "x"}))
    assert 'id="f-name" name="name"' in markup and 'aria-describedby="f-name-help f-name-error"' in markup
    assert 'type="email"' in markup and markup.count("không bắt buộc") == 2
    assert '<option value="">Chọn vai trò</option>' in markup
    assert '<option value="head" selected>' in markup
    assert 'value="b" checked' in markup
    assert 'autocomplete="current-password"' in markup and 'value="x"' not in markup


def test_help_falls_back_to_the_kind_unless_silenced():
    assert "21/11/2026" in str(control("date", "on", "Ngày")["help"])
    assert control("date", "on", "Ngày", help="")["help"] == ""
    assert control("text", "on", "Chữ")["described_by"] == ""


def test_values_stand_as_people_write_them():
    assert control("date", "on", "Ngày", value="2026-11-02")["value"] == "02/11/2026"
    assert control("date", "on", "Ngày", value="31/2")["value"] == "31/2"
    assert control("money", "fee", "Phí", value=15000)["value"] == "15.000"
    assert control("area", "m2", "Diện tích", value=82.5)["value"] == "82,5"
    assert control("text", "a", "Chữ", value=None)["value"] == ""


def test_a_long_list_can_be_searched():
    many = [(str(n), f"Xã {n}") for n in range(20)]
    assert control("select", "c", "Xã", options=many)["many"] is True
    assert control("select", "c", "Xã", options=many[:5])["many"] is False
    grouped = control("select", "c", "Xã", groups=[("Quảng Ninh", many[:2])], value="1")
    assert grouped["groups"][0]["options"][1]["chosen"] is True


def test_a_camera_is_offered_only_where_pictures_are_taken():
    assert control("file", "p", "Giấy", accept=".pdf")["camera"] is False
    assert control("file", "p", "Giấy", accept=["image/jpeg"], max_mb=5)["max_bytes"] == 5 * 1024 * 1024
