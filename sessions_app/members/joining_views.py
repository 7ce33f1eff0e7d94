"""What the link of an invitation leads to. Whoever holds it need not be signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sessions_app.audit.security_log import Noticed, note
from sessions_app.clinics.membership import choose, held_by
from sessions_app.members import invitation_actions as actions
from sessions_app.members.deciding import TooLate
from sessions_app.members.forms import ConfirmForm, JoinForm
from sessions_app.members.joining import Opened, join_as_new, opened
from sessions_app.people.opened_link import INVITATION, forget, open_and_go_on

HAS_ACCOUNT = "There is an account with the address of this invitation. Sign in with it instead."
HAS_ROLE = "You have a role in this clinic already. The invitation changes nothing."


@login_not_required
@never_cache
@require_safe
def open_link(request: HttpRequest, link_id: str, secret: str) -> HttpResponse:
    """Keep the link's hash and go on at once to the page that asks."""
    return open_and_go_on(request, INVITATION, link_id, secret, to="members:join")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Let who holds the link come in: as a new person, or with the account they have."""
    found = opened(request, timezone.now())
    if found is None or not found.can_be_used:
        note(Noticed.DEAD_LINK, request)
        status = 410 if found else 404
        return render(request, "members/dead_link.html", {"opened": found}, status=status)
    if request.user.is_authenticated:
        return _accept(request, found)
    return _join(request, found)


def _accept(request: HttpRequest, found: Opened) -> HttpResponse:
    """Ask who is signed in whether they take up the role."""
    sent = request.POST if request.method == "POST" else None
    form = ConfirmForm(sent, button="Accept")
    theirs = request.user.email == found.invitation.email  # type: ignore[union-attr]
    if theirs and form.is_bound and form.is_valid():
        try:
            role = actions.accept(found.invitation, user=request.user)  # type: ignore[arg-type]
            forget(request, INVITATION)
            held_by(request).append(role)
            choose(request, role.pk)
            messages.success(request, f"You are {role.role_label.lower()} in {role.clinic.name}.")
            return redirect("rounds:first")
        except IntegrityError:
            form.add_error(None, HAS_ROLE)
        except (TooLate, PermissionDenied) as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "opened": found, "theirs": theirs}
    status = 403 if not theirs else 422 if form.errors else 200
    return render(request, "members/accept.html", context, status=status)


def _join(request: HttpRequest, found: Opened) -> HttpResponse:
    """Take a name and a password from who has no account, and make one with the role."""
    sent = request.POST if request.method == "POST" else None
    form = JoinForm(sent, email=found.invitation.email)
    signing_in = f"{reverse('people:sign_in')}?next={reverse('members:join')}"
    if form.is_bound and form.is_valid():
        try:
            join_as_new(found.invitation, **form.cleaned_data, at=timezone.now())
            forget(request, INVITATION)
            messages.success(request, "Your account is ready. Sign in with it.")
            return redirect("people:sign_in")
        except IntegrityError:
            form.add_error(None, HAS_ACCOUNT)
        except TooLate as late:
            form.add_error(None, str(late))
    context = {"form": form, "opened": found, "signing_in": signing_in}
    status = 422 if form.errors else 200
    return render(request, "members/join.html", context, status=status)
