"""Reading protocols."""

from django.urls import path

from sessions_app.protocols import views

app_name = "protocols"
urlpatterns = [
    path("", views.protocols, name="list"),
    path("<slug:code>/", views.protocol, name="protocol"),
]
