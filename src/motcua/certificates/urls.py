from django.urls import path

from motcua.certificates.views import desk, figures, mine, phone

app_name = "certificates"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("huong-dan/", mine.guide, name="guide"),
    path("yeu-cau/<str:certificate_request>/", mine.one, name="one"),
    path("yeu-cau/<str:certificate_request>/viec/<slug:certificate_verb>/", mine.act, name="act"),
    path("yeu-cau/<str:certificate_request>/tep/<str:certificate>/", mine.download, name="download"),
    path("luu-dong/", mine.booths_public, name="booths_public"),
    path("dien-thoai/", phone.enter, name="enter"),
    path("dien-thoai/yeu-cau/", phone.go_on, name="phone"),
    path("quay/", desk.desk, name="desk"),
    path("quay/<str:certificate_request>/", desk.one, name="at_desk"),
    path("quay/<str:certificate_request>/phieu/", desk.slip, name="slip"),
    path("quay/<str:certificate_request>/viec/<slug:certificate_verb>/", desk.act, name="desk_act"),
    path("diem/", desk.booths, name="booths"),
    path("diem/<str:booth>/thoi/", desk.end_booth, name="end_booth"),
    path("so-lieu/", figures.open_figures, name="figures"),
    path("so-lieu/tep.csv", figures.open_file, name="figures_file"),
    path("so-lieu/co-quan/", figures.own_figures, name="own_figures"),
    path("so-lieu/co-quan/<slug:measure>/", figures.rows, name="rows"),
]
