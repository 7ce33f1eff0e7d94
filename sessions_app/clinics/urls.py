"""The clinic's page and the switcher."""

from django.urls import path

from sessions_app.clinics import views

app_name = "clinics"
urlpatterns = [
    path("", views.clinic, name="clinic"),
    path("switch/", views.switch, name="switch"),
]
