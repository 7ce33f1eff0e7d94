"""All pages hang on the application; the project adds the error pages."""

from django.urls import include, path

urlpatterns = [path("", include("sessions_app.urls"))]

handler400 = "clinic.errors.bad_request"
handler403 = "clinic.errors.permission_denied"
handler404 = "clinic.errors.not_found"
handler500 = "clinic.errors.server_error"
