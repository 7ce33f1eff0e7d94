"""Logging sessions and reading them."""

from django.urls import path

from sessions_app.sessions import emergency_views, incident_views, views

app_name = "sessions"
urlpatterns = [
    path("enrolments/<uuid:enrolment_id>/sessions/start/", views.start, name="start"),
    path("enrolments/<uuid:enrolment_id>/sessions/log/", views.log, name="log"),
    path("enrolments/<uuid:enrolment_id>/sessions/not-given/", views.not_given, name="not_given"),
    path("sessions/<uuid:session_id>/", views.session, name="session"),
    path("sessions/<uuid:session_id>/finish/", views.finish, name="finish"),
    path("sessions/<uuid:session_id>/not-given/", views.call_off, name="call_off"),
    path("sessions/<uuid:session_id>/follow-up/", views.follow_up, name="follow_up"),
    path(
        "patients/<uuid:patient_id>/emergency/",
        emergency_views.open_emergency,
        name="open_emergency",
    ),
    path("emergencies/<uuid:emergency_id>/", emergency_views.emergency, name="emergency"),
    path(
        "emergencies/<uuid:emergency_id>/close/",
        emergency_views.close_emergency,
        name="close_emergency",
    ),
    path("sessions/<uuid:session_id>/incident/", incident_views.report, name="report_incident"),
    path("incidents/", incident_views.incidents, name="incidents"),
    path("incidents/<uuid:incident_id>/", incident_views.incident, name="incident"),
    path(
        "incidents/<uuid:incident_id>/followed-up/",
        incident_views.followed_up,
        name="incident_followed_up",
    ),
    path("incidents/<uuid:incident_id>/close/", incident_views.close, name="close_incident"),
]
