from django.urls import path

from motcua.privacy import views

app_name = "privacy"

urlpatterns = [
    path("", views.home, name="home"),
    path("tai-ve/", views.take, name="take"),
    path("yeu-cau/", views.ask, name="ask"),
    path("lan-xem/<int:look>/", views.complain, name="complain"),
    path("tra-loi/", views.inbox, name="inbox"),
    path("tra-loi/<str:request_id>/", views.one, name="request"),
]
