from django.urls import path

from motcua.editing.views import condition, overview, preview, publishing, raw, rows

app_name = "editing"

urlpatterns = [
    path("", overview.index, name="list"),
    path("moi/", overview.begin, name="begin"),
    path("<str:draft>/", overview.show, name="show"),
    path("<str:draft>/chung/", rows.general, name="general"),
    path("<str:draft>/to-khai/", rows.form, name="form"),
    path("<str:draft>/phan/<slug:part>/", rows.list_part, name="part"),
    path("<str:draft>/muc/<str:place>/", rows.row, name="row"),
    path("<str:draft>/sap-xep/", rows.arrange, name="arrange"),
    path("<str:draft>/dieu-kien/<str:place>/", condition.condition, name="condition"),
    path("<str:draft>/yaml/<str:key>/", raw.raw, name="raw"),
    path("<str:draft>/xem-thu/", preview.preview, name="preview"),
    path("<str:draft>/chung-minh/", publishing.prove, name="prove"),
    path("<str:draft>/ket-qua/", publishing.proof, name="proof"),
    path("<str:draft>/khac/", publishing.difference, name="difference"),
    path("<str:draft>/cong-bo/", publishing.publish, name="publish"),
    path("<str:draft>/bo/", publishing.discard, name="discard"),
    path("<str:draft>/tai/<str:what>/", publishing.download, name="download"),
]
