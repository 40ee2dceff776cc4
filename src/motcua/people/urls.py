from django.urls import path

from motcua.people import views

app_name = "people"

urlpatterns = [
    path("", views.search, name="search"),
    path("me/", views.me, name="me"),
    path("differences/<str:public_id>/", views.settle, name="settle"),
    path("<str:public_id>/", views.party, name="party"),
    path("<str:public_id>/why/", views.state_purpose, name="why"),
    path("<str:public_id>/correct/", views.correct, name="correct"),
    path("<str:public_id>/link/", views.link, name="link"),
]
