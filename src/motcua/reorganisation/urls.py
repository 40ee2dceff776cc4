from django.urls import path

from motcua.reorganisation import views

app_name = "reorganisation"

urlpatterns = [
    path("", views.all_of_them, name="list"),
    path("<slug:key>/", views.one, name="one"),
    path("<slug:key>/decide/", views.decide, name="decide"),
]
