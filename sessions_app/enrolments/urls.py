"""Putting a patient on a protocol, and ending that."""

from django.urls import path

from sessions_app.enrolments import views

app_name = "enrolments"
urlpatterns = [
    path("patients/<uuid:patient_id>/enrol/", views.choose_arm, name="choose_arm"),
    path("patients/<uuid:patient_id>/enrol/<uuid:arm_id>/", views.enrol, name="enrol"),
    path("enrolments/<uuid:enrolment_id>/end/", views.end, name="end"),
]
