"""Adding, naming and removing a passkey or an authenticator app, and recovery codes."""

import json

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sessions_app.people import factor_actions, passkeys
from sessions_app.people.browsers import browser_in_words
from sessions_app.people.code_actions import is_code_of
from sessions_app.people.factors import PROVED, SETTING_UP, Factor, factors_of, is_required
from sessions_app.people.forms import CodeForm
from sessions_app.people.own_forms import NameForm, PasskeyForm
from sessions_app.people.person import person
from sessions_app.people.proving import freshly_proved
from sessions_app.people.qr_code import qr_path

_GET_AND_POST = ["GET", "HEAD", "POST"]
_NEW_APP = "new_code_app"
LAST_ONE = (
    "This is your only second factor, and your clinic asks for one. Add another one first; then "
    "this one can go."
)


@never_cache
@require_http_methods(_GET_AND_POST)
@freshly_proved
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Make a passkey on this device; the browser does it with the device's own lock."""
    name = browser_in_words(request.headers.get("User-Agent", ""))
    form = PasskeyForm(request.POST if request.method == "POST" else None, initial={"name": name})
    if form.is_bound and form.is_valid():
        try:
            credential = passkeys.checked_registration(form.cleaned_data["credential"])
        except passkeys.NotProved:
            form.refuse()
        else:
            name = form.cleaned_data["name"]
            factor_actions.add_passkey(person(request), name=name, credential=credential)
            request.session[PROVED] = True
            return _added(request, f"«{name}» is added. From now on you can sign in with it.")
    options = json.dumps(passkeys.creation_options(person(request)))
    context = {"form": form, "options": options}
    status = 422 if form.is_bound else 200
    return render(request, "people/add_passkey.html", context, status=status)


@never_cache
@require_http_methods(_GET_AND_POST)
@freshly_proved
def add_code_app(request: HttpRequest) -> HttpResponse:
    """Show the secret for an authenticator app, and want one code of it as a proof."""
    if factors_of(person(request)).has_code_app:
        messages.error(request, "You have an authenticator app already. Remove it first.")
        return redirect("people:own")
    secret = request.session.setdefault(_NEW_APP, generate_totp_secret())
    form = CodeForm(request.POST if request.method == "POST" else None, button="Add this app")
    form.fields["code"].help_text = "The six digits that your app shows now."
    if form.is_bound and form.is_valid():
        if is_code_of(secret, code=form.cleaned_data["code"]):
            factor_actions.add_code_app(person(request), secret=secret)
            del request.session[_NEW_APP]
            request.session[SETTING_UP] = True
            return _added(request, "Your authenticator app is added.")
        form.refuse()
    link = get_adapter().build_totp_url(person(request), secret)
    typed = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    context = {"form": form, "link": link, "secret": typed, "qr": qr_path(link)}
    return render(
        request, "people/add_code_app.html", context, status=422 if form.is_bound else 200
    )


@never_cache
@require_http_methods(_GET_AND_POST)
@freshly_proved
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make recovery codes and show them, this once."""
    factors = factors_of(person(request))
    if not factors.own:
        messages.error(request, "Add a passkey or an authenticator app first.")
        return redirect("people:own")
    codes: list[str] = []
    if request.method == "POST":
        codes = factor_actions.make_recovery_codes(person(request))
        if request.session.pop(SETTING_UP, False):
            request.session[PROVED] = True
    context = {"codes": [f"{one[:4]} {one[4:]}" for one in codes], "factors": factors}
    return render(request, "people/recovery_codes.html", context)


@never_cache
@require_http_methods(_GET_AND_POST)
def name_factor(request: HttpRequest, factor_id: int) -> HttpResponse:
    """Give a passkey another name."""
    factor = _own(request, factor_id)
    if not factor.is_passkey:
        raise Http404
    form = NameForm(
        request.POST if request.method == "POST" else None, initial={"name": factor.name}
    )
    if form.is_bound and form.is_valid():
        factor_actions.name_passkey(
            person(request), factor_id=factor_id, name=form.cleaned_data["name"]
        )
        return redirect("people:own")
    context = {"form": form, "factor": factor}
    status = 422 if form.is_bound else 200
    return render(request, "people/name_factor.html", context, status=status)


@never_cache
@require_http_methods(_GET_AND_POST)
@freshly_proved
def remove_factor(request: HttpRequest, factor_id: int) -> HttpResponse:
    """Ask once, then take a factor away; the last one that is required stays."""
    factor, required = _own(request, factor_id), is_required(request)
    if request.method == "POST":
        try:
            factor_actions.remove_factor(person(request), factor_id=factor_id, required=required)
        except Authenticator.DoesNotExist as gone:
            raise Http404 from gone
        except factor_actions.LastFactor:
            messages.error(request, LAST_ONE)
        else:
            messages.success(request, f"«{factor.name}» is removed.")
        return redirect("people:own")
    is_last = len(factors_of(person(request)).own) == 1
    context = {"factor": factor, "is_last": is_last, "required": required}
    return render(request, "people/remove_factor.html", context)


def _added(request: HttpRequest, told: str) -> HttpResponse:
    """Go on to recovery codes where there are none yet."""
    messages.success(request, told)
    has_codes = factors_of(person(request)).codes_left is not None
    return redirect("people:own" if has_codes else "people:recovery_codes")


def _own(request: HttpRequest, factor_id: int) -> Factor:
    factor = factors_of(person(request)).get(factor_id)
    if factor is None:
        raise Http404
    return factor
