"""Logging sessions and reading them."""

from django.urls import path

from sessions_app.sessions import views

app_name = "sessions"
urlpatterns = [
    path("enrolments/<uuid:enrolment_id>/sessions/start/", views.start, name="start"),
    path("enrolments/<uuid:enrolment_id>/sessions/log/", views.log, name="log"),
    path("enrolments/<uuid:enrolment_id>/sessions/not-given/", views.not_given, name="not_given"),
    path("sessions/<uuid:session_id>/", views.session, name="session"),
    path("sessions/<uuid:session_id>/finish/", views.finish, name="finish"),
    path("sessions/<uuid:session_id>/not-given/", views.call_off, name="call_off"),
    path("sessions/<uuid:session_id>/follow-up/", views.follow_up, name="follow_up"),
]
