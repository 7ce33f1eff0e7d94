"""Signing in again in place: what a page that is still open asks for by itself, as JSON.

Nothing here says anything of a patient, and nothing to who is not signed in.
"""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sessions_app.people import kept, kept_actions, lasting, sign_in_actions
from sessions_app.people.forms import SignInForm
from sessions_app.people.means import Means
from sessions_app.people.second_factor import has_second_factor


@login_not_required
@never_cache
@require_GET
def state(request: HttpRequest) -> JsonResponse:
    """Say how long the sign-in lasts, whose it is and where; asking puts nothing off."""
    return _state(request)


@login_not_required
@never_cache
@require_POST
def stay(request: HttpRequest) -> JsonResponse:
    """Put the end of the sign-in off: somebody is at work on the page."""
    return _state(request)


@login_not_required
@never_cache
@require_POST
def sign_in_again(request: HttpRequest) -> JsonResponse:
    """Sign in by password under an open page; where more is asked, say that it takes a page."""
    form = SignInForm(request, request.POST)
    if not form.is_valid():
        said = [str(words) for errors in form.errors.values() for words in errors]
        return JsonResponse({"said": " ".join(said)}, status=422)
    if has_second_factor(form.user):
        return JsonResponse({"wants_page": True})
    sign_in_actions.sign_in(request, user=form.user, means=Means.PASSWORD)
    lasting.begin(request.session)
    return _state(request)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kept_form(request: HttpRequest, kept_id: uuid.UUID) -> HttpResponse:
    """Show a form that met an ended sign-in, to be sent again, or (POST) not wanted any more."""
    found = kept.kept_for(request, kept_id)
    typed = kept.typed_in(found) if found else None
    if found is None or typed is None:
        raise Http404
    if request.method == "POST":
        kept_actions.drop_kept(found)
        return redirect("rounds:first")
    context = {"kept": found, "typed": typed, "field": kept.KEPT_HERE}
    return render(request, "people/kept_form.html", context)


def _state(request: HttpRequest) -> JsonResponse:
    if not request.user.is_authenticated:
        return JsonResponse(
            {"left": 0, "person": "", "membership": "", "token": get_token(request)}
        )
    left = lasting.seconds_left(request.session, lasting.idle_minutes(request))
    membership = getattr(request.user, "membership", None)  # none yet in the moment of a sign-in
    told = {"left": left, "person": lasting.mark_of(request.user)}
    told["membership"] = str(membership.pk) if membership else ""
    return JsonResponse({**told, "token": get_token(request)})
