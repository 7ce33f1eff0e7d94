"""Signing in with a password, and signing out."""

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sessions_app.people import entrance
from sessions_app.people.forms import SignInForm
from sessions_app.people.means import Means

FORM_NOT_SAVED = "form_not_saved"
"""Marks the address of the sign-in page for who sent a form when the sign-in had ended."""

FORM_KEPT = "form_kept"
"""The same where the form is kept, and shown again to the same person after the sign-in."""


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for e-mail address and password; go on to the second step, or to the page wanted."""
    if request.method != "POST":
        form = SignInForm(request, initial={"next": request.GET.get("next", "")})
        return show(request, form)
    form = SignInForm(request, request.POST)
    if not form.is_valid():
        return show(request, form, status=422)
    wanted = form.cleaned_data["next"]
    return entrance.after_first_step(request, form.user, means=Means.PASSWORD, wanted=wanted)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this sign-in; the browser session and all in it are gone."""
    auth.logout(request)
    answer = redirect(settings.LOGOUT_REDIRECT_URL)
    # Pages that Back would still show go, and what scripts had put by. Not the cookies: among
    # them is the mark of the device, by which other people's wrong tries leave this one alone.
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def show(
    request: HttpRequest, form: SignInForm, status: int = 200, problem: str = ""
) -> HttpResponse:
    """Show the sign-in page; `problem` says why another way than the form did not work."""
    context = {
        "form": form,
        "problem": problem,
        "form_not_saved": FORM_NOT_SAVED in request.GET,
        "form_kept": FORM_KEPT in request.GET,
        "hours": settings.SESSION_COOKIE_AGE // 3600,
        "wanted": form["next"].value() or "",
        "hospital": settings.HOSPITAL_SIGN_IN["name"] if settings.HOSPITAL_SIGN_IN else "",
    }
    return render(request, "people/sign_in.html", context, status=status)
