"""Addresses of the assistant, under /hoi-dap/."""

from django.urls import path

from motcua.assistant import views

app_name = "assistant"
urlpatterns = [
    path("", views.talk, name="talk"),
    path("danh-gia/", views.rate, name="rate"),
    path("gap-can-bo/", views.person, name="person"),
    path("ket-thuc/", views.end, name="end"),
    path("to-khai/<str:conversation>/", views.declare, name="declare"),
]
