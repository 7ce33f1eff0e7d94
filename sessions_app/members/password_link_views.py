"""An admin's help for somebody who has forgotten their password."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sessions_app import mail
from sessions_app.clinics.permissions import Permission, requires
from sessions_app.members import account_actions as actions
from sessions_app.members.access import person_or_404
from sessions_app.members.deciding import TooLate
from sessions_app.members.forms import ConfirmForm
from sessions_app.members.people import Person, kept_by
from sessions_app.people.forgotten_views import links
from sessions_app.people.password_link_actions import VALID_FOR


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def make(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Ask first; then send the link, or show it once where no mail server is set."""
    shown, own = person_or_404(request, person_id), kept_by(request)
    by = own[(shown.kept or shown.roles)[0].clinic_id]
    sent = request.POST if request.method == "POST" else None
    form = ConfirmForm(sent, button="Send the link" if mail.configured() else "Make the link")
    if form.is_bound and form.is_valid():
        try:
            link = actions.send_password_link(shown.user, by=by, link_to=links(request))
            return _given(request, shown, link)
        except TooLate as late:
            form.add_error(None, str(late))
    context = {"form": form, "person": shown, "mail": mail.configured()}
    status = 422 if form.errors else 200
    return render(request, "members/password_link.html", context, status=status)


def _given(request: HttpRequest, shown: Person, link: str) -> HttpResponse:
    back = reverse("members:person", args=[shown.user.pk])
    if not link:
        messages.success(request, f"A letter with the link is on its way to {shown.user.email}.")
        return redirect(back)
    context = {
        "link": link, "email": shown.user.email, "until": timezone.now() + VALID_FOR, "back": back,
        "lets": "set a new password for the account",
    }  # fmt: skip
    return render(request, "members/link.html", context)
