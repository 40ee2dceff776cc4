from django.urls import path

from motcua.papers import views

app_name = "papers"

urlpatterns = [
    path("", views.index, name="list"),
    path("record-1.schema.json", views.record_schema, name="schema"),
    path("<slug:kind>/<slug:key>/", views.show, name="show"),
    path("<slug:kind>/<slug:key>/pdf/", views.sample_pdf, name="pdf"),
    path("<slug:kind>/<slug:key>/anh/<int:page>/", views.picture, name="picture"),
]
