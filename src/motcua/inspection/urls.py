from django.urls import path

from motcua.inspection import views

app_name = "inspection"

urlpatterns = [
    path("", views.board, name="board"),
    path("lap/", views.propose, name="propose"),
    path("<str:mandate>/", views.room, name="room"),
    path("<str:mandate>/mau/", views.draw, name="draw"),
    path("<str:mandate>/mau/<str:sample>/", views.sample, name="sample"),
    path("<str:mandate>/xem-lai/", views.overrides, name="overrides"),
    path("<str:mandate>/ho-so/<str:dossier>/", views.export, name="export"),
    path("<str:mandate>/<slug:verb>/", views.decide, name="decide"),
]
