from django.urls import path

from motcua.retention import views

app_name = "retention"

urlpatterns = [
    path("", views.board, name="board"),
    path("lap/", views.propose, name="propose"),
    path("giu/", views.hold, name="hold"),
    path("thoi-giu/<str:hold>/", views.let_go, name="let_go"),
    path("<str:destruction>/", views.show, name="list"),
    path("<str:destruction>/bien-ban/", views.printed, name="print"),
    path("<str:destruction>/<slug:verb>/", views.decide, name="decide"),
]
