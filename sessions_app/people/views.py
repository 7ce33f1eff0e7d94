"""Signing in and out."""

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sessions_app.people import actions
from sessions_app.people.forms import SignInForm
from sessions_app.people.models import User

FORM_NOT_SAVED = "form_not_saved"
"""Marks the address of the sign-in page for who sent a form when the sign-in had ended."""

FORM_KEPT = "form_kept"
"""The same where the form is kept, and shown again to the same person after the sign-in."""


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for e-mail address and password; go on to the page that was asked for."""
    if request.method != "POST":
        form = SignInForm(request, initial={"next": request.GET.get("next", "")})
        return _show(request, form)
    form = SignInForm(request, request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    enter(request, form.user)
    return redirect(_own_page(request, form.cleaned_data["next"]))


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this sign-in; the browser session and all in it are gone."""
    auth.logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def enter(request: HttpRequest, user: User) -> None:
    """Sign a person in, and note it."""
    auth.login(request, user)
    actions.signed_in(user)


def _show(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "form_not_saved": FORM_NOT_SAVED in request.GET,
        "form_kept": FORM_KEPT in request.GET,
        "hours": settings.SESSION_COOKIE_AGE // 3600,
    }
    return render(request, "people/sign_in.html", context, status=status)


def _own_page(request: HttpRequest, wanted: str) -> str:
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)
