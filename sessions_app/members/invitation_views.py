"""Inviting somebody, and the invitations that wait for an answer."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sessions_app import mail
from sessions_app.clinics.permissions import Permission, requires
from sessions_app.members import invitation_actions as actions
from sessions_app.members.access import invitation_or_404
from sessions_app.members.deciding import TooLate
from sessions_app.members.forms import InviteForm
from sessions_app.members.models import Invitation
from sessions_app.members.people import invitations_in, kept_by
from sessions_app.refusals import say
from sessions_app.vocabulary.roles import Role

TAKEN = {
    "invitation_one_waiting": (
        "email",
        "This address is invited already. Send it again or withdraw it on the page «Invitations».",
    )
}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite an address to a role; the link is shown once where no mail server is set."""
    own = {one.clinic_id: one for one in kept_by(request).values()}
    sent = request.POST if request.method == "POST" else None
    form = InviteForm(sent, clinics=[one.clinic for one in own.values()])
    if form.is_bound and form.is_valid():
        email, role = form.cleaned_data["email"], Role(form.cleaned_data["role"])
        by, link_to = own[form.clinic.pk], _links(request)
        try:
            done = actions.invite(email=email, role=role, by=by, link_to=link_to)
            return _sent(request, done)
        except IntegrityError as refusal:
            say(form, refusal, Invitation, TAKEN)
    context = {"form": form, "mail": mail.configured()}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "members/invite.html", context, status=status)


@require_safe
@requires(Permission.MANAGE_PEOPLE)
def invitations(request: HttpRequest) -> HttpResponse:
    """List the invitations that are not answered, the latest first."""
    now, own = timezone.now(), kept_by(request)
    listed = [(one, one.state(now)) for one in invitations_in(own)]
    context = {"listed": listed, "several": len(own) > 1}
    return render(request, "members/invitations.html", context)


@require_POST
@requires(Permission.MANAGE_PEOPLE)
def resend(request: HttpRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """Send an invitation again, with a new link."""
    invitation, by = invitation_or_404(request, invitation_id)
    try:
        done = actions.resend(invitation, by=by, link_to=_links(request))
    except TooLate as late:
        messages.error(request, str(late))
        return redirect("members:invitations")
    return _sent(request, done)


@require_POST
@requires(Permission.MANAGE_PEOPLE)
def withdraw(request: HttpRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """Take an invitation back."""
    invitation, by = invitation_or_404(request, invitation_id)
    try:
        actions.withdraw(invitation, by=by)
        messages.success(request, f"Withdrawn: the link sent to {invitation.email} is dead.")
    except TooLate as late:
        messages.error(request, str(late))
    return redirect("members:invitations")


def _sent(request: HttpRequest, done: actions.Sent) -> HttpResponse:
    """Say that it went out; or show the link, which nobody can be shown again."""
    if done.link:
        role, clinic = done.invitation.role_label.lower(), done.invitation.clinic.name
        context = {
            "link": done.link, "email": done.invitation.email, "lets": f"in as {role} of {clinic}",
            "until": done.invitation.expires_at, "back": reverse("members:invitations"),
        }  # fmt: skip
        return render(request, "members/link.html", context)
    messages.success(request, f"Invited: a letter to {done.invitation.email} is on its way.")
    return redirect("members:invitations")


def _links(request: HttpRequest) -> Any:
    def link_to(invitation: Invitation, secret: str) -> str:
        where = reverse("members:open_link", args=[invitation.pk, secret])
        return request.build_absolute_uri(where)

    return link_to
