"""All addresses of the house: the house's own few, the machines' door, then the rooms'."""

from django.urls import path

from . import views
from .addresses import machine_addresses, room_addresses

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("language", views.language, name="set_language"),
    *machine_addresses(),
    *room_addresses(),
]

handler400 = "motcua.config.views.bad_request"
handler403 = "motcua.config.views.forbidden"
handler404 = "motcua.config.views.not_found"
handler500 = "motcua.config.views.server_error"
