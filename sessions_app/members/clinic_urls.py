"""The admin's pages about the clinic itself."""

from django.urls import path

from sessions_app.members import clinic_views

app_name = "keeping"
urlpatterns = [
    path("settings/", clinic_views.settings, name="settings"),
    path("open/", clinic_views.open_clinic, name="open_clinic"),
]
