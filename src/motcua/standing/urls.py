from django.urls import path

from motcua.standing import views

app_name = "standing"

urlpatterns = [
    path("thu-hoi/", views.show, name="list"),
    path("thu-hoi.jws", views.signed_list, name="jws"),
    path("kiem-tra-khong-can-mang.html", views.offline, name="offline"),
    path("ho-so/<str:public_id>/", views.ruling, name="ruling"),
]
