"""Addresses of the queue, under /queue/."""

from django.urls import path

from motcua.queue.views import hall, lead, phone

app_name = "queue"
urlpatterns = [
    path("", lead.show, name="figures"),
    path("tep/", lead.file, name="file"),
    path("dong/<slug:measure>/", lead.rows, name="rows"),
    path("dong/<slug:measure>/tep/", lead.rows_file, name="rows_file"),
    path("thiet-bi/", lead.devices, name="devices"),
    path("thiet-bi/<str:device>/dong/", lead.close_device, name="close_device"),
    path("may/<str:token>/", hall.let_in, name="let_in"),
    path("lay-so/", hall.kiosk, name="kiosk"),
    path("lay-so/<slug:service>/", hall.kiosk_service, name="kiosk_service"),
    path("phieu/<str:reference>/", hall.slip, name="slip"),
    path("man-hinh/", hall.screen, name="screen"),
    path("so/<str:reference>/", phone.ticket, name="ticket"),
]
