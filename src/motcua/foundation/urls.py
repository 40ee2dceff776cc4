"""Addresses of the foundation itself: the look (theme of the desk, gallery of components)."""

from django.urls import include, path

urlpatterns = [path("ui/", include("motcua.foundation.ui.urls"))]
