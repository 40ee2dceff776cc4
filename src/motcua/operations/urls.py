from django.urls import path

from motcua.operations import views

app_name = "operations"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("by/<slug:by>/", views.table, name="table"),
    path("by/<slug:by>/tep/", views.table_file, name="table_file"),
    path("purpose/", views.purpose, name="purpose"),
    path("rows/<slug:measure>/", views.rows, name="rows"),
    path("rows/<slug:measure>/tep/", views.rows_file, name="rows_file"),
]
