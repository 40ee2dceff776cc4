from django.urls import path

from motcua.issuing import views

app_name = "issuing"

urlpatterns = [
    path("khoa/", views.keys, name="keys"),
    path("khoa/<str:key>/thoi-dung/", views.withdraw_key, name="withdraw_key"),
    path("khoa/<str:key>/ma/", views.send_code, name="send_code"),
    path("tham-quyen/", views.authorities, name="authorities"),
    path("tham-quyen/<str:authority>/ket-thuc/", views.end_authority, name="end_authority"),
    path("so-van-ban/", views.register, name="register"),
    path("ban-trinh/<str:public_id>/<int:page>/", views.draft, name="draft"),
]
