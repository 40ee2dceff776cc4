from django.urls import path

from motcua.operations import views

app_name = "operations"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("by/<slug:by>/", views.table, name="table"),
    path("purpose/", views.purpose, name="purpose"),
    path("rows/<slug:measure>/", views.rows, name="rows"),
]
