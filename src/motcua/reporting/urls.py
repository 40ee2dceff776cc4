from django.urls import path

from motcua.reporting.views import form, index, petitions, rating

app_name = "reporting"

urlpatterns = [
    path("", form.show, name="ii06a"),
    path("in/", form.printed, name="print"),
    path("csv/", form.as_csv, name="csv"),
    path("ho-so/", form.rows, name="rows"),
    path("chot/", form.close, name="close"),
    path("chi-so/", index.show, name="index"),
    path("chi-so/ho-so/<slug:measure>/", index.rows, name="index_rows"),
    path("danh-gia/", rating.show, name="rating"),
    path("phan-anh/", petitions.index, name="petitions"),
    path("phan-anh/<str:petition>/", petitions.show, name="petition"),
    path("phan-anh/<str:petition>/<slug:verb>/", petitions.act, name="petition_act"),
]
