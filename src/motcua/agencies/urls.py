from django.urls import path

from motcua.agencies import leave, views

app_name = "agencies"

urlpatterns = [
    path("", views.tree, name="tree"),
    path("people/<str:public_id>/", views.person, name="person"),
    path("positions/<str:public_id>/end/", views.end, name="end"),
    path("leave/", leave.leave, name="leave"),
    path("leave/<str:public_id>/end/", leave.end, name="leave_end"),
    path("<str:public_id>/", views.agency, name="agency"),
    path("<str:public_id>/appoint/", views.appoint, name="appoint"),
]
