"""The supervisor's pages."""

from django.urls import path

from sessions_app.dashboards import arms_views, views, views_dashboard
from sessions_app.dashboards.network import views as network

app_name = "dashboards"
urlpatterns = [
    path("", views_dashboard.summary, name="summary"),
    path("<slug:code>.csv", views_dashboard.panel_csv, name="csv"),
    path("sessions/", views_dashboard.sessions, name="sessions"),
    path("network/", network.network, name="network"),
    path("network/<slug:code>.csv", network.panel_csv, name="network_csv"),
    path("arms/", arms_views.compare, name="arms"),
    path("eyes/", views.eyes, name="eyes"),
    path("reminders/", views.alert_budget, name="alert_budget"),
    path("replay/", views.replay, name="replay"),
]
