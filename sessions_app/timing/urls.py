"""Doses and treatments beside the touch: record, correct, take back."""

from django.urls import path

from sessions_app.timing import views

app_name = "timing"
urlpatterns = [
    path("<uuid:patient_id>/times/", views.record, name="record"),
    path("<uuid:patient_id>/times/<uuid:timed_id>/correct/", views.correct, name="correct"),
    path("<uuid:patient_id>/times/<uuid:timed_id>/withdraw/", views.withdraw, name="withdraw"),
]
