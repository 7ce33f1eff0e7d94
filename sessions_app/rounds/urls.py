"""Today's list, all patients, one chart, and its courses."""

from django.urls import path

from sessions_app.rounds import views

app_name = "rounds"
urlpatterns = [
    path("", views.first, name="first"),
    path("patients/", views.patients, name="list"),
    path("patients/<uuid:patient_id>/", views.chart, name="chart"),
    path("patients/<uuid:patient_id>/course/", views.course, name="course"),
]
