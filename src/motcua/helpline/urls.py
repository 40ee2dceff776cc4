"""Addresses of the helpline, under /tong-dai/."""

from django.urls import path

from motcua.helpline import views
from motcua.helpline.views import calling, webhook

app_name = "helpline"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("gap/<str:conversation>/", views.ask, name="ask"),
    path("yeu-cau/<str:handover>/", views.show, name="handover"),
    path("yeu-cau/<str:handover>/<str:helpline_verb>/", views.move, name="move"),
    path("cuoc-goi/", calling.call, name="call"),
    path("cuoc-goi/<str:conversation>/", calling.call, name="calling"),
    path("cuoc-goi/<str:conversation>/ghi/", calling.log, name="log"),
    path("kenh/zalo/", webhook.zalo, name="zalo"),
]
