from django.urls import path

from motcua.signing import views

app_name = "signing"

urlpatterns = [
    path("trial/<slug:tree>/<slug:name>.crt", views.certificate, name="trial_certificate"),
    path("trial/<slug:tree>/<slug:name>.crl", views.revocation_list, name="trial_crl"),
    path("trial/<slug:tree>/ocsp", views.ocsp, name="trial_ocsp"),
    path("trial/<slug:tree>/tsa", views.timestamps, name="trial_tsa"),
]
