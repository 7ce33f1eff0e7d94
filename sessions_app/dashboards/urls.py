"""The supervisor's pages."""

from django.urls import path

from sessions_app.dashboards import arms_views, views

app_name = "dashboards"
urlpatterns = [
    path("", views.summary, name="summary"),
    path("arms/", arms_views.compare, name="arms"),
    path("reminders/", views.alert_budget, name="alert_budget"),
    path("replay/", views.replay, name="replay"),
]
