from django.urls import path

from motcua.editing.views import overview

app_name = "editing"

urlpatterns = [
    path("", overview.index, name="list"),
]
