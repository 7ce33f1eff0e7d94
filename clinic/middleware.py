"""What every request carries: its id, and in which clinic and role the person acts."""

import uuid
from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone

from clinic import errors
from sessions_app.audit.context import as_request
from sessions_app.clinics.membership import attach_membership
from sessions_app.people.device import remember
from sessions_app.people.factors import is_missing
from sessions_app.people.kept_actions import keep_form
from sessions_app.people.views import FORM_KEPT, FORM_NOT_SAVED
from sessions_app.people.waits import held_off

Answer = Callable[[HttpRequest], HttpResponse]

# What a page may ask of the device: a passkey, and nothing else.
_REFUSED = (
    "accelerometer", "autoplay", "camera", "display-capture", "geolocation",
    "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
BROWSER_MAY = ", ".join(
    [
        *(f"{feature}=()" for feature in _REFUSED),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)

OPEN_WITHOUT_A_FACTOR = {"clinics:switch"} | {
    f"people:{name}"
    for name in (
        "sign_in", "sign_in_with_passkey", "second_step", "to_hospital", "hospital_back",
        "sign_out", "own", "prove", "add_passkey", "add_code_app", "recovery_codes",
        "change_password", "state", "stay", "sign_in_again",
        "forgotten", "open_password_link", "new_password",
    )
}  # fmt: skip
"""Where a person may go who has to set up a second factor first."""

_SMALL = ("clinics:switch", "rounds:list")
"""One tap, and a search: nobody wants them back."""


def request_identity(get_response: Answer) -> Answer:
    """Give each request an id that its audit rows, log lines and answer share."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with as_request(uuid.uuid4().hex) as request_id:
            response = get_response(request)
        response["X-Request-ID"] = request_id
        # A patient's page belongs neither in a shared cache nor in the next user's history.
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = BROWSER_MAY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return middleware


def active_membership(get_response: Answer) -> Answer:
    """Put the active membership (clinic and role) on the signed-in user; its zone rules the day."""

    def middleware(request: HttpRequest) -> HttpResponse:
        membership = attach_membership(request)
        with timezone.override(membership.clinic.zone if membership else None):
            return get_response(request)

    return middleware


def known_device(get_response: Answer) -> Answer:
    """Let the browser remember who signed in on it: their tries are counted apart from then on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        arrived = request.user
        response = get_response(request)
        # `login` and `logout` put another person on the request, whatever sign-in called them.
        if request.user is not arrived and request.user.is_authenticated:
            remember(request, response, request.user.email)
        return response

    return middleware


def held_off_tries(get_response: Answer) -> Answer:
    """Answer 429 where a password was not even looked at, and say when to come back."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        wait = held_off(request)
        if wait and response.status_code in (200, 400, 422):
            response.status_code = 429
            response["Retry-After"] = str(wait)
        return response

    return middleware


class SignInRequired(LoginRequiredMiddleware):
    """Want a signed-in person; what was typed into a form is kept until they have signed in."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        """Lead to the sign-in page, with a mark that says what became of what was typed."""
        answer = super().handle_no_permission(request, view_func)
        if request.method == "POST":
            is_kept = _is_worth_keeping(request) and keep_form(request)
            answer["Location"] += f"&{FORM_KEPT if is_kept else FORM_NOT_SAVED}=1"
        return answer


def _is_worth_keeping(request: HttpRequest) -> bool:
    """Say whether a form is more than one tap or a search, and none with a password or a code.

    What is kept stands in the database as it was typed: no secret may (ADR 0019).
    """
    match = request.resolver_match
    if match is None:
        return True
    return "people" not in match.namespaces and match.view_name not in _SMALL


class SecondFactorFirst:
    """Lead who has to have a second factor, and has shown none, to where one is set up.

    Costs no query: what the clinic asks came with the membership, the rest is in the session.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Let through what a person without a factor may open: their own sign-in, and the exit."""
        match = request.resolver_match
        if not is_missing(request) or (match and match.view_name in OPEN_WITHOUT_A_FACTOR):
            return None
        return redirect("people:own")


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
