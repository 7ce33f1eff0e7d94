"""What every request carries: its id, and in which clinic and role the person acts."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from clinic import errors
from sessions_app.audit.context import as_request
from sessions_app.clinics.membership import attach_membership

Answer = Callable[[HttpRequest], HttpResponse]


def request_identity(get_response: Answer) -> Answer:
    """Give each request an id that its audit rows, log lines and answer share."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with as_request(uuid.uuid4().hex) as request_id:
            response = get_response(request)
        response["X-Request-ID"] = request_id
        # A patient's page belongs neither in a shared cache nor in the next user's history.
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response

    return middleware


def active_membership(get_response: Answer) -> Answer:
    """Put the active membership (clinic and role) on the signed-in user; its zone rules the day."""

    def middleware(request: HttpRequest) -> HttpResponse:
        membership = attach_membership(request)
        with timezone.override(membership.clinic.zone if membership else None):
            return get_response(request)

    return middleware


def refused_methods(get_response: Answer) -> Answer:
    """Give «method not allowed», for which Django has no error handler, its page in words."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405:
            return response
        page = errors.page(request, 405)
        page["Allow"] = response["Allow"]
        return page

    return middleware
