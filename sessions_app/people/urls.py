"""Signing in and out."""

from django.urls import path

from sessions_app.people import again_views, views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/state/", again_views.state, name="state"),
    path("sign-in/stay/", again_views.stay, name="stay"),
    path("sign-in/again/", again_views.sign_in_again, name="sign_in_again"),
    path("sign-in/kept/<uuid:kept_id>/", again_views.kept_form, name="kept_form"),
    path("sign-out/", views.sign_out, name="sign_out"),
]
