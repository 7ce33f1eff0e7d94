"""Every address of the application: one include per package."""

from django.urls import include, path

urlpatterns = [
    path("", include("sessions_app.rounds.urls")),
    path("patients/", include("sessions_app.patients.urls")),
    path("patients/", include("sessions_app.timing.urls")),
    path("", include("sessions_app.people.urls")),
    path("people/", include("sessions_app.members.urls")),
    path("clinic/", include("sessions_app.members.clinic_urls")),
    path("clinic/", include("sessions_app.clinics.urls")),
    path("protocols/", include("sessions_app.protocols.urls")),
    path("", include("sessions_app.enrolments.urls")),
    path("", include("sessions_app.sessions.urls")),
    path("", include("sessions_app.reads.urls")),
    path("emergency-access/", include("sessions_app.emergency_access.urls")),
    path("audit/", include("sessions_app.trail.urls")),
    path("summary/", include("sessions_app.dashboards.urls")),
]
