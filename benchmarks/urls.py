"""The product's pages and two that do nothing: a bare answer, and the frame of every page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from clinic.urls import handler400, handler403, handler404, handler500, urlpatterns
from sessions_app.clinics.permissions import Permission, requires

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@requires(Permission.LOG_SESSION)
def hello(request: HttpRequest) -> HttpResponse:
    """Greet the person who is signed in, in the clinic where they act."""
    return HttpResponse(f"Hello {request.user}, {request.user.membership.role}")


@requires(Permission.LOG_SESSION)
def empty(request: HttpRequest) -> HttpResponse:
    """Draw the frame of every page, with nothing in it."""
    return render(request, "base.html")


urlpatterns = [*urlpatterns, path("hello/", hello), path("empty/", empty)]
