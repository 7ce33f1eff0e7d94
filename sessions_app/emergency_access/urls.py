"""Opening, ending and following emergency access."""

from django.urls import path

from sessions_app.emergency_access import views

app_name = "emergency_access"
urlpatterns = [
    path("", views.listed, name="list"),
    path("open/", views.open_chart, name="open"),
    path("end/", views.end_own, name="end_own"),
    path("<uuid:access_id>/end/", views.end, name="end"),
    path("<uuid:access_id>/seen/", views.seen, name="seen"),
]
