"""The camera at the desk reads the QR of a chip ID card, in a browser that cannot read codes itself."""

import base64
import io

import pytest
import segno
from playwright.sync_api import expect

from tests.journeys.test_officers_take_in_and_finish import CARD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# A camera that sees one picture, a little aslant as a hand holds a card; everything behind it is the real page.
CAMERA = """
delete window.BarcodeDetector;
navigator.mediaDevices.getUserMedia = async () => {
  const seen = new Image(); seen.src = "data:image/png;base64,%s"; await seen.decode();
  const canvas = document.createElement("canvas"); canvas.width = 1280; canvas.height = 960;
  const pen = canvas.getContext("2d");
  const draw = () => {
    pen.setTransform(1, 0, 0, 1, 0, 0); pen.fillStyle = "#777"; pen.fillRect(0, 0, 1280, 960);
    pen.translate(640, 480); pen.rotate(0.12); pen.drawImage(seen, -seen.width / 2, -seen.height / 2);
    requestAnimationFrame(draw);
  };
  draw();
  return canvas.captureStream(15);
};
"""


def test_the_camera_fills_in_who_stands_there(desk, judged):
    picture = io.BytesIO()
    segno.make(CARD, error="m", encoding="utf-8").save(picture, kind="png", scale=7, border=4)
    page = desk("receptionist")
    page.add_init_script(CAMERA % base64.b64encode(picture.getvalue()).decode())
    page.get_by_role("link", name="Tiếp nhận").first.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Dùng máy ảnh").click()
    expect(page.locator(".visitor")).to_contain_text("Nguyễn Thị Lan")
    judged(page)


def test_without_a_camera_she_is_told(desk):
    page = desk("receptionist")
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('none', 'NotFoundError'); };"
    )
    page.get_by_role("link", name="Tiếp nhận").first.click()
    page.get_by_role("button", name="Dùng máy ảnh").click()
    expect(page.get_by_role("alert")).to_contain_text("Không mở được máy ảnh")
