"""Addresses of the editors' pages, under /soan-tro-ly/."""

from django.urls import path

from motcua.assistant.teaching.views import asked, lesson, teach

app_name = "teaching"
urlpatterns = [
    path("", asked.questions_page, name="questions"),
    path("nhom/<str:wording>/", asked.group_page, name="group"),
    path("nhom/<str:wording>/gac/", asked.aside, name="aside"),
    path("de-nghi/", asked.decline, name="decline"),
    path("them/<slug:label>/", teach.add, name="add"),
    path("ban/", lesson.index, name="lessons"),
    path("ban/<str:lesson>/", lesson.show, name="lesson"),
    path("ban/<str:lesson>/bo-muc/", lesson.take_out, name="take_out"),
    path("ban/<str:lesson>/so-sanh/", lesson.comparison, name="comparison"),
    path("ban/<str:lesson>/cong-bo/", lesson.publish, name="publish"),
    path("ban/<str:lesson>/bo/", lesson.discard, name="discard"),
]
