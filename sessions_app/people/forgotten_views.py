"""A forgotten password: asking for a link, and setting a new password by it."""

import uuid
from typing import Any

from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sessions_app import mail
from sessions_app.audit.security_log import Noticed, note
from sessions_app.people import counters, forgotten, try_actions
from sessions_app.people.forgotten_forms import ForgottenForm
from sessions_app.people.models import User
from sessions_app.people.opened_link import NEW_PASSWORD, forget, open_and_go_on, opened_link
from sessions_app.people.own_forms import NewPasswordForm
from sessions_app.people.password_link_actions import DeadLink, LinkTo, set_by_link
from sessions_app.people.password_links import open_person

SET = "Your new password is set, and every browser is signed out. Sign in with it."
FIRST_SET = "Your password is set. Sign in with it."


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take an address; the answer is the same whoever has an account."""
    sent = request.method == "POST" and mail.configured()
    form = ForgottenForm(request.POST if sent else None)
    if form.is_bound and form.is_valid():
        wait = forgotten.ask(request, form.cleaned_data["email"], link_to=links(request))
        if not wait:
            return redirect(reverse("people:forgotten") + "?asked=1")
        form.put_off(wait)
    context = {"form": form, "mail": mail.configured(), "asked": "asked" in request.GET}
    return render(request, "people/forgotten.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_safe
def open_link(request: HttpRequest, link_id: str, secret: str) -> HttpResponse:
    """Keep the link's hash and go on at once to the page that asks for a password."""
    return open_and_go_on(request, NEW_PASSWORD, link_id, secret, to="people:new_password")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """Take a new password from who opened a link; the sign-in comes afterwards, as ever."""
    link = opened_link(request, NEW_PASSWORD)
    person = open_person(link, timezone.now())
    if link is None or person is None:
        return _dead(request)
    form = NewPasswordForm(person, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            set_by_link(link, password=form.cleaned_data["new"])
        except DeadLink:
            return _dead(request)
        return _done(request, person)
    context = {"form": form, "person": person, "is_first": _is_first(person)}
    return render(
        request, "people/new_password.html", context, status=422 if form.is_bound else 200
    )


def links(request: HttpRequest) -> LinkTo:
    """Return what makes the address of a link, on the host that was asked."""

    def link_to(link_id: uuid.UUID, secret: str) -> str:
        where = reverse("people:open_password_link", args=[link_id, secret])
        return request.build_absolute_uri(where)

    return link_to


def _done(request: HttpRequest, person: User) -> HttpResponse:
    """Forget the link, and that this browser typed the old password wrong."""
    if request.user == person:
        auth.logout(request)  # this sign-in has ended with the others
    forget(request, NEW_PASSWORD)
    counted, own = counters.tries_of(request, person.email)
    try_actions.give_back({key: counted[key] for key in own}, own=own)
    messages.success(request, FIRST_SET if _is_first(person) else SET)
    return redirect("people:sign_in")


def _is_first(person: User) -> bool:
    """Say whether nobody can be signed in as this person: they never had a way to."""
    return person.last_login is None and not person.has_usable_password()


def _dead(request: HttpRequest) -> HttpResponse:
    note(Noticed.DEAD_LINK, request)
    told: dict[str, Any] = {"mail": mail.configured()}
    return render(request, "people/dead_password_link.html", told, status=404)
