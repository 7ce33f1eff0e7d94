"""Signing in and out, and everything about the own sign-in."""

from django.urls import path

from sessions_app.people import (
    again_views,
    factor_views,
    forgotten_views,
    hospital_views,
    own_views,
    second_step_views,
    views,
)

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/state/", again_views.state, name="state"),
    path("sign-in/stay/", again_views.stay, name="stay"),
    path("sign-in/again/", again_views.sign_in_again, name="sign_in_again"),
    path("sign-in/kept/<uuid:kept_id>/", again_views.kept_form, name="kept_form"),
    path("sign-in/passkey/", second_step_views.sign_in_with_passkey, name="sign_in_with_passkey"),
    path("sign-in/second-step/", second_step_views.second_step, name="second_step"),
    path("sign-in/hospital/", hospital_views.to_hospital, name="to_hospital"),
    path("sign-in/hospital/back/", hospital_views.from_hospital, name="hospital_back"),
    path("sign-in/forgotten/", forgotten_views.ask, name="forgotten"),
    path("sign-in/new-password/", forgotten_views.new_password, name="new_password"),
    path(
        "sign-in/new-password/<str:link_id>/<str:secret>/",
        forgotten_views.open_link,
        name="open_password_link",
    ),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("your-sign-in/", own_views.own, name="own"),
    path("your-sign-in/prove/", own_views.proving, name="prove"),
    path("your-sign-in/password/", own_views.change_password, name="change_password"),
    path("your-sign-in/passkey/", factor_views.add_passkey, name="add_passkey"),
    path("your-sign-in/code-app/", factor_views.add_code_app, name="add_code_app"),
    path("your-sign-in/recovery-codes/", factor_views.recovery_codes, name="recovery_codes"),
    path("your-sign-in/factor/<int:factor_id>/", factor_views.name_factor, name="name_factor"),
    path(
        "your-sign-in/factor/<int:factor_id>/remove/",
        factor_views.remove_factor,
        name="remove_factor",
    ),
    path("your-sign-in/end/<uuid:mark>/", own_views.end_sign_in, name="end_sign_in"),
    path("your-sign-in/end-others/", own_views.end_other_sign_ins, name="end_other_sign_ins"),
]
