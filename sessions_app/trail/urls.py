"""The audit trail."""

from django.urls import path

from sessions_app.trail import views

app_name = "trail"
urlpatterns = [
    path("", views.events, name="events"),
    path("events.csv", views.export, name="export"),
    path("check/", views.check, name="check"),
]
