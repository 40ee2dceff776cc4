from django.urls import path

from motcua.sealing import views

app_name = "sealing"

urlpatterns = [
    path("", views.show, name="show"),
    path("goc.json", views.roots, name="roots"),
    path("khoa.json", views.keys, name="keys"),
    path("verify_journal.py", views.verifier, name="verifier"),
]
