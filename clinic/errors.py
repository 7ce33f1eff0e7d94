"""Error pages: what is wrong and what to do next, never what a patient's record says."""

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from sessions_app.audit.context import request_id
from sessions_app.audit.security_log import Noticed, note, note_failure

_PAGES = {
    400: (
        "That request could not be read",
        "Something in the address or the form was not as this page expects it.",
        "Go back, reload the page and try again.",
    ),
    403: (
        "Not allowed in your role",
        "Your role in this clinic does not cover this.",
        "Ask a supervisor or an admin of the clinic.",
    ),
    404: (
        "Nothing here",
        "There is no such page, or it belongs to another clinic.",
        "Check the address and the clinic shown in the header, or begin at the first page.",
    ),
    405: (
        "That does not work at this address",
        "This address takes another kind of request than the one that was sent.",
        "Go to the first page and find the way from there.",
    ),
    409: (
        "Something has changed meanwhile",
        "What was sent does not fit what is there now, so nothing was saved.",
        "Go to the first page and look at how it stands.",
    ),
    429: (
        "Too many pages at once",
        "So many pages were asked for in your name within a minute that this one was not made.",
        "Wait a few seconds and reload the page. If it was not you, sign out and tell an admin.",
    ),
    500: (
        "Something went wrong on our side",
        "The page could not be made. Nothing that was saved before is lost.",
        "Go back: what you typed is usually still there. If it happens again, give the reference.",
    ),
}

# Tried in Chromium: Back fetches the form with a new seal and fills in what was typed.
_SEND_AGAIN = (
    "Go back in the browser: the form comes with a new seal, and most browsers still show what you "
    "typed. Check it and send it again."
)


def page(request: HttpRequest, status: int, explanation: str = "", **more: Any) -> HttpResponse:
    """Render the error page of a status; `explanation` replaces the general one."""
    context = _context(status) | more
    if explanation:
        context["explanation"] = explanation
    return render(request, "error.html", context, status=status)


def _context(status: int) -> dict[str, Any]:
    heading, explanation, what_next = _PAGES[status]
    return {
        "status": status,
        "heading": heading,
        "explanation": explanation,
        "what_next": what_next,
        "reference": request_id(),
    }


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    note(Noticed.UNREADABLE, request, error=type(exception).__name__)
    return page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with the reason that the refusal gave; who has another clinic may switch."""
    note(Noticed.NOT_ALLOWED, request)
    held = getattr(request, "memberships", [])
    if not held:
        return page(request, 403, str(exception), what_next="Ask an admin to add you to a clinic.")
    if len(held) == 1:
        return page(request, 403, str(exception))
    switch = f"{_PAGES[403][2]} In another of your clinics it may differ: switch in the header."
    return page(request, 403, str(exception), what_next=switch)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, the same for what is absent and what is another clinic's."""
    if request.resolver_match:  # an address of ours, so somebody asked for a row
        note(Noticed.NOT_THERE, request)
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500; it must not need the database, so it carries no navigation."""
    note_failure(sys.exc_info()[1], request)
    return HttpResponse(render_to_string("error.html", _context(500)), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without its token: most often a page that was open since yesterday."""
    note(Noticed.NO_SEAL, request)
    explanation = (
        "The form's seal does not match this sign-in, so nothing was saved. "
        "This happens when you signed in anew in another tab, or when cookies are off."
    )
    return page(request, 403, explanation, heading="The form could not be accepted",
                what_next=_SEND_AGAIN)  # fmt: skip
