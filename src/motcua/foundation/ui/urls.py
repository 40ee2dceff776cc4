from django.urls import path

from motcua.foundation.ui import views

app_name = "ui"
urlpatterns = [
    path("theme/", views.theme, name="theme"),
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/<slug:face>/", views.gallery, name="gallery_face"),
]
