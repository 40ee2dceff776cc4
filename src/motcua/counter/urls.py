"""Addresses of the counter, under /counter/."""

from django.urls import path

from motcua.counter.views import batch, copies, dossier, intake, lateness, look, prints, search, upkeep, work

app_name = "counter"
urlpatterns = [
    path("", work.work, name="work"),
    path("lam/", batch.batch, name="batch"),
    path("lam/hoi/<str:name>/", batch.batch_ask, name="batch_ask"),
    path("lam/xong/<str:name>/", batch.batch_told, name="batch_told"),
    path("tiep/", work.following, name="following"),
    path("muc-dich/", dossier.purpose, name="purpose"),
    path("xin-loi/", lateness.apologies, name="apologies"),
    path("con-kip/", lateness.savable, name="savable"),
    path("tim/", search.search, name="search"),
    path("tiep-nhan/", intake.intake, name="intake"),
    path("tiep-nhan/nguoi/", intake.choose, name="choose"),
    path("tiep-nhan/<str:visit>/", intake.visit, name="visit"),
    path("tiep-nhan/<str:visit>/goi-y/", intake.suggest, name="suggest"),
    path("tiep-nhan/<str:visit>/<slug:slug>/", intake.declare, name="declare"),
    path("chung-thuc/", copies.copies, name="copies"),
    path("ho-so/<str:public_id>/", dossier.dossier, name="dossier"),
    path("ho-so/<str:public_id>/viec/<slug:verb>/", dossier.move, name="move"),
    path("ho-so/<str:public_id>/khac-nhau/", dossier.settle, name="settle"),
    path("ho-so/<str:public_id>/nhat-ky/", dossier.history, name="history"),
    path("ho-so/<str:public_id>/han/", dossier.derivation, name="derivation"),
    path("ho-so/<str:public_id>/giay/<int:paper>/", dossier.paper, name="paper"),
    path("ho-so/<str:public_id>/ket-qua/", dossier.result, name="result"),
    path("ho-so/<str:public_id>/in/phieu-kiem-soat/", prints.slip, name="slip"),
    path("ho-so/<str:public_id>/xem-truoc/<str:name>/", look.preview, name="preview"),
    path("ho-so/<str:public_id>/in/<str:letter>/", prints.letter, name="letter"),
    path("so/", prints.books, name="books"),
    path("so/theo-doi/", prints.register, name="register"),
    path("so/ban-giao/", prints.handover, name="handover"),
    path("tin-nhan/", upkeep.outbox, name="outbox"),
    path("viec-loi/", upkeep.dead, name="dead"),
    path("viec-loi/<slug:kind>/<int:work>/", upkeep.settle_dead, name="settle_dead"),
]
