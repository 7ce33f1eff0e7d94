"""The clinic's page and the switcher."""

from django.urls import path

from sessions_app.clinics import threshold_views, views

app_name = "clinics"
urlpatterns = [
    path("", views.clinic, name="clinic"),
    path("switch/", views.switch, name="switch"),
    path("thresholds/", threshold_views.thresholds, name="thresholds"),
    path("thresholds/<str:key>/", threshold_views.change, name="set_threshold"),
]
