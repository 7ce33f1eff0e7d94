"""The ways in beside the password: a passkey, and the second step after a password."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sessions_app.audit.security_log import Noticed, note
from sessions_app.people import entrance, factor_actions, passkeys
from sessions_app.people.code_actions import TooSoon, use_code
from sessions_app.people.factors import factors_of
from sessions_app.people.forms import CodeForm, SignInForm
from sessions_app.people.means import Means
from sessions_app.people.models import User
from sessions_app.people.views import show

NO_PASSKEY = (
    "This passkey did not work here. It may have been removed, or belong to another account. "
    "Sign in with your e-mail address and password."
)
WENT_BACK = (
    "This passkey was refused: it looks as if a copy of it was used elsewhere. Sign in with your "
    "e-mail address and password, remove it on «Your sign-in», and make a new one."
)
USED_UP = (
    "You signed in with a recovery code. Still unused: {}. If your phone or key is lost, remove it "
    "on «Your sign-in», and add another one."
)
OVER = "Too long ago, or in another window: begin again with e-mail address and password."


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_with_passkey(request: HttpRequest) -> HttpResponse:
    """Give the browser its question (GET, for the script), and take its answer."""
    if request.method != "POST":
        return JsonResponse(passkeys.request_options())
    wanted = request.POST.get("next", "")
    try:
        shown = passkeys.checked_authentication(request.POST.get("credential", ""))
    except passkeys.NotProved:
        note(Noticed.NO_PASSKEY, request)
        return _refused(request, NO_PASSKEY)
    if not factor_actions.use_passkey(shown.row, count=shown.count):
        note(Noticed.PASSKEY_WENT_BACK, request, account=str(shown.user.pk))
        return _refused(request, WENT_BACK)
    return entrance.let_in(request, shown.user, means=Means.PASSKEY, wanted=wanted)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for a code of the app, or a recovery code, after the password."""
    half = entrance.half_signed_in(request)
    if half is None:
        messages.error(request, OVER)
        return redirect("people:sign_in")
    user, wanted = half
    factors = factors_of(user)
    posted = request.POST if request.method == "POST" else None
    form = CodeForm(posted, has_app=factors.has_code_app)
    if form.is_bound and form.is_valid():
        try:
            if means := use_code(user, code=form.cleaned_data["code"]):
                return _let_in(request, user, means, wanted)
            note(Noticed.WRONG_CODE, request, account=str(user.pk))
            form.refuse()
        except TooSoon as wait:
            note(Noticed.CODE_HELD_OFF, request, account=str(user.pk))
            form.put_off(wait.left)
    context = {"form": form, "factors": factors, "wanted": wanted}
    return render(request, "people/second_step.html", context, status=422 if form.is_bound else 200)


def _let_in(request: HttpRequest, user: User, means: Means, wanted: str) -> HttpResponse:
    """Let in; who used a recovery code has lost something, or is about to run out of codes."""
    answer = entrance.let_in(request, user, means=means, wanted=wanted)
    if means is Means.RECOVERY_CODE:
        messages.warning(request, USED_UP.format(factors_of(user).codes_left or "none"))
    return answer


def _refused(request: HttpRequest, problem: str) -> HttpResponse:
    form = SignInForm(request, initial={"next": request.POST.get("next", "")})
    return show(request, form, status=422, problem=problem)
