"""A form is taken in the clinic in which it was opened: another one may be chosen in another tab.

An address that names a row would say «nothing here» there; one that names none (a new patient, the
clinic's settings, an invitation) would write into the wrong clinic without a word.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from clinic import errors
from sessions_app.clinics.membership import acting, held_by

Answer = Callable[[HttpRequest], HttpResponse]

OF_CLINIC = "of_clinic"
"""The hidden field that says in which clinic a form was opened; a form without it is not held."""


def is_of_another_clinic(request: HttpRequest) -> bool:
    """Say whether a form was opened in another clinic than its person works in now."""
    said = request.POST.get(OF_CLINIC) if request.method == "POST" else None
    membership = getattr(request.user, "membership", None)
    return bool(said and membership and said != str(membership.clinic_id))


class SameClinic:
    """Refuse a form of one clinic from who has chosen another one since."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; what is refused is refused once it is known who acts where."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Say which clinic the form is of, and how to get back to it; nothing is written."""
        return _refused(request) if is_of_another_clinic(request) else None


def _refused(request: HttpRequest) -> HttpResponse:
    now = acting(request).clinic
    held = [one.clinic for one in held_by(request)]
    first = next((one.name for one in held if str(one.pk) == request.POST[OF_CLINIC]), "")
    opened = f"It was opened in {first or 'another clinic'}, and you now work in {now.name}."
    more = {"what_next": _BACK.format(first)} if first else {}
    heading = "This form is of another clinic"
    return errors.page(request, 409, f"{opened} Nothing was saved.", heading=heading, **more)


_BACK = (
    "Choose {} in the header, then go back in the browser to the form: most browsers still show "
    "what you typed."
)
