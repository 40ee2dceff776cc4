from django.urls import path

from motcua.portal.views import (
    about,
    check,
    control,
    declare,
    dossiers,
    front,
    helping,
    papers,
    procedures,
    proof,
    section,
    start,
    supplement,
    verify,
)
from motcua.portal.views import track as tracking

app_name = "portal"

urlpatterns = [
    path("", front.front, name="front"),
    path("goi-y/", front.suggest, name="suggest"),
    path("viec/<slug:key>/", procedures.life_event, name="life_event"),
    path("thu-tuc/", procedures.index, name="procedures"),
    path("thu-tuc/<slug:slug>/", procedures.show, name="procedure"),
    path("tra-cuu/", tracking.track, name="track"),
    path("kiem-tra-chu-ky/", verify.verify, name="verify"),
    path("gioi-thieu/", about.about, name="about"),
    path("tro-giup/", about.help_page, name="help"),
    path("du-lieu-cua-ban/", about.privacy, name="privacy"),
    path("dung-duoc-cho-moi-nguoi/", about.accessibility, name="accessibility"),
    # how procedures are handled, and what people say of them
    path("kiem-soat-tthc/", control.control, name="control"),
    path("kiem-soat-tthc/phan-anh/", control.petitions, name="petitions"),
    path("kiem-soat-tthc/phan-anh/gui/", control.petition, name="petition"),
    path("kiem-soat-tthc/phan-anh/tra-cuu/", control.petition_followed, name="petition_followed"),
    path("kiem-soat-tthc/phan-anh/danh-gia/", control.petition_rated, name="petition_rated"),
    # what is mine
    path("ho-so/", dossiers.mine, name="mine"),
    path("ho-so/thong-bao/", dossiers.read_notices, name="read_notices"),
    path("ho-so/moi/<slug:slug>/", start.start, name="start"),
    path("ho-so/<str:public_id>/", dossiers.show, name="dossier"),
    path("ho-so/<str:public_id>/phieu/<str:letter>/", dossiers.letter, name="letter"),
    path("ho-so/<str:public_id>/phieu/<str:letter>/pdf/", dossiers.letter_file, name="letter_file"),
    path("ho-so/<str:public_id>/tep/<int:paper>/", dossiers.paper_file, name="file"),
    path("ho-so/<str:public_id>/ket-qua/", dossiers.result_file, name="result"),
    path("ho-so/<str:public_id>/ai-da-xem/", dossiers.who_saw, name="who_saw"),
    path("ho-so/<str:public_id>/bang-chung/", proof.proof, name="proof"),
    path("ho-so/<str:public_id>/rut/", dossiers.withdraw, name="withdraw"),
    path("ho-so/<str:public_id>/danh-gia/", dossiers.rate, name="rate"),
    path("ho-so/<str:public_id>/bo-sung/", supplement.supplement, name="supplement"),
    # declaring
    path("ho-so/<str:public_id>/khai/", declare.tasks, name="tasks"),
    path("ho-so/<str:public_id>/khai/xoa/", declare.discard, name="discard"),
    path("ho-so/<str:public_id>/khai/da-xem-thay-doi/", declare.changes_seen, name="changes_seen"),
    path("ho-so/<str:public_id>/khai/noi-nop/", start.where, name="where"),
    path("ho-so/<str:public_id>/khai/giay-to/", papers.papers, name="papers"),
    path("ho-so/<str:public_id>/khai/xem-lai/", check.check, name="check"),
    path("ho-so/<str:public_id>/khai/da-nop/", check.done, name="done"),
    path("ho-so/<str:public_id>/khai/muc/<slug:section>/", section.section, name="section"),
    path("ho-so/<str:public_id>/khai/muc/<slug:section>/luu/", section.autosave, name="autosave"),
    # helping somebody
    path("giup-nop/", helping.home, name="helping"),
    path("giup-nop/da-giup/<str:reference>/", helping.helped, name="helped"),
    path("giup-nop/<str:public_id>/dong-y/", helping.consent, name="consent"),
    path("giup-nop/<str:public_id>/phieu-dong-y/", helping.slip, name="slip"),
]
