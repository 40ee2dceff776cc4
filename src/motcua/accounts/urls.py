from django.urls import path

from motcua.accounts.views import manage, own, second, sign_in

app_name = "accounts"

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/through/<slug:key>/", sign_in.through, name="through"),
    path("code/", second.code, name="code"),
    path("locked/", sign_in.locked, name="locked"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("register/", sign_in.register, name="register"),
    path("held/<str:public_id>/", own.held, name="held"),
    path("", own.overview, name="overview"),
    path("password/", own.password, name="password"),
    path("language/", own.language, name="language"),
    path("second-step/", second.enrol, name="second_step"),
    path("recovery-codes/", second.recovery_codes, name="recovery_codes"),
    path("all/", manage.accounts, name="all"),
    path("all/new/", manage.new, name="new"),
    path("all/<str:public_id>/", manage.one, name="one"),
]
