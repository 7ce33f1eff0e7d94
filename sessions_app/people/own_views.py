"""«Your sign-in»: what a person has to sign in with, where they are signed in, the password."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sessions_app.audit.security_log import Noticed, note
from sessions_app.people import entrance, factor_actions, passkeys, sign_in_actions
from sessions_app.people.factors import SETTING_UP, factors_of, is_missing, is_required, may_change
from sessions_app.people.own_forms import PasswordForm, ProveForm
from sessions_app.people.person import person
from sessions_app.people.proving import prove
from sessions_app.people.session_store import MARK
from sessions_app.people.sign_ins import own_sign_ins

NO_PASSKEY = "This passkey did not work here. Type your password instead."


@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show the person's own factors and sign-ins."""
    factors, required = factors_of(person(request)), is_required(request)
    context = {
        "factors": factors,
        "required": required,
        "to_set_up": is_missing(request),
        "setting_up": SETTING_UP in request.session,
        "may_change": may_change(request),
        "may_remove": not required or len(factors.own) > 1,
        "sign_ins": own_sign_ins(person(request), request.session.get(MARK, "")),
    }
    return render(request, "people/own.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proving(request: HttpRequest) -> HttpResponse:
    """Ask for the password or a passkey once more, before the sign-in is changed."""
    if request.method != "POST":
        form = ProveForm(request, initial={"next": request.GET.get("next", "")})
        return _ask_for_proof(request, form)
    if "credential" in request.POST:
        form = ProveForm(request, initial={"next": request.POST.get("next", "")})
        if not _is_own_passkey(request):
            return _ask_for_proof(request, form, status=422, problem=NO_PASSKEY)
        wanted = request.POST.get("next", "")
    else:
        form = ProveForm(request, request.POST)
        if not form.is_valid():
            return _ask_for_proof(request, form, status=422)
        wanted = form.cleaned_data["next"]
    prove(request)
    return redirect(entrance.own_page(request, wanted, otherwise="people:own"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Change the own password; every other sign-in of the person ends."""
    form = PasswordForm(request, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        new = form.cleaned_data["new"]
        sign_in_actions.set_own_password(request, user=person(request), password=new)
        messages.success(request, "Your password is changed. Your other sign-ins have ended.")
        return redirect("people:own")
    status = 422 if form.is_bound else 200
    return render(request, "people/change_password.html", {"form": form}, status=status)


@require_POST
def end_sign_in(request: HttpRequest, mark: uuid.UUID) -> HttpResponse:
    """End one of the own sign-ins; the present one ends like a sign-out."""
    if not sign_in_actions.end_sign_in(person(request), mark=mark):
        raise Http404
    messages.success(request, "Ended. That browser has to sign in again.")
    return redirect("people:own")


@require_POST
def end_other_sign_ins(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else."""
    here = request.session.get(MARK)
    ended = sign_in_actions.end_sign_ins(person(request), but=here, by=person(request))
    told = "1 other sign-in has ended." if ended == 1 else f"{ended} other sign-ins have ended."
    messages.success(request, told if ended else "You were signed in nowhere else.")
    return redirect("people:own")


def _ask_for_proof(
    request: HttpRequest, form: ProveForm, status: int = 200, problem: str = ""
) -> HttpResponse:
    wanted = form["next"].value() or ""
    context = {"form": form, "problem": problem, "wanted": wanted}
    context["factors"] = factors_of(person(request))
    return render(request, "people/prove.html", context, status=status)


def _is_own_passkey(request: HttpRequest) -> bool:
    try:
        shown = passkeys.checked_authentication(request.POST["credential"])
    except passkeys.NotProved:
        note(Noticed.NO_PASSKEY, request)
        return False
    if shown.user != person(request):
        return False
    if factor_actions.use_passkey(shown.row, count=shown.count):
        return True
    note(Noticed.PASSKEY_WENT_BACK, request, account=str(shown.user.pk))
    return False
