"""Who looked at a chart."""

from django.urls import path

from sessions_app.reads import views

app_name = "reads"
urlpatterns = [
    path("patients/<uuid:patient_id>/looked-at/", views.of_patient, name="of_patient"),
]
