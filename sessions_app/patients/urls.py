"""Registering and amending a chart, its clinical facts, and orders."""

from django.urls import path

from sessions_app.patients import views

app_name = "patients"
urlpatterns = [
    path("new/", views.register, name="register"),
    path("<uuid:patient_id>/amend/", views.amend, name="amend"),
    path("<uuid:patient_id>/facts/new/", views.choose_fact, name="choose_fact"),
    path("<uuid:patient_id>/facts/new/<slug:kind>/", views.record_fact, name="record_fact"),
    path("<uuid:patient_id>/facts/<uuid:fact_id>/again/", views.answer_fact, name="answer_fact"),
    path("<uuid:patient_id>/facts/<uuid:fact_id>/end/", views.end_fact, name="end_fact"),
    path("<uuid:patient_id>/orders/new/", views.record_order, name="record_order"),
    path("<uuid:patient_id>/orders/<uuid:order_id>/end/", views.end_order, name="end_order"),
]
