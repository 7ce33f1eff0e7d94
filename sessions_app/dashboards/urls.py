"""The supervisor's pages."""

from django.urls import path

from sessions_app.dashboards import arms_views, views, views_dashboard

app_name = "dashboards"
urlpatterns = [
    path("", views_dashboard.summary, name="summary"),
    path("<slug:code>.csv", views_dashboard.panel_csv, name="csv"),
    path("sessions/", views_dashboard.sessions, name="sessions"),
    path("arms/", arms_views.compare, name="arms"),
    path("eyes/", views.eyes, name="eyes"),
    path("reminders/", views.alert_budget, name="alert_budget"),
    path("replay/", views.replay, name="replay"),
]
