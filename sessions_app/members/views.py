"""The people of the admin's clinics: who works there, and what can be done about it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, requires
from sessions_app.members import actions
from sessions_app.members.access import person_or_404, role_or_404
from sessions_app.members.deciding import LastAdmin, TooLate
from sessions_app.members.deeds import (
    ACCOUNT_DEEDS,
    ROLE_DEEDS,
    Deed,
    deeds_for_account,
    deeds_for_role,
)
from sessions_app.members.forms import ConfirmForm, PeopleForm, RoleForm
from sessions_app.members.people import kept_by, roles_in, rows_for
from sessions_app.refusals import say
from sessions_app.vocabulary.roles import Role

PAGE = 50
LOOKED_FOR = "people_looked_for"
TAKEN = {"membership_one_role": (None, "This person has a role in that clinic already.")}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """List who works in the admin's clinics; what is looked for stays in the browser session."""
    clinics = [one.clinic for one in kept_by(request).values()]
    if request.method == "POST":
        form = PeopleForm(request.POST, clinics=clinics)
        if form.is_valid():
            request.session[LOOKED_FOR] = form.cleaned_data
            return _see(reverse("members:people") + "?found=1")
    else:
        typed = request.session.get(LOOKED_FOR) if "found" in request.GET else None
        form = PeopleForm(typed, clinics=clinics)
    return render(request, "members/people.html", _listed(request, form), status=_status(form))


def _listed(request: HttpRequest, form: PeopleForm) -> dict[str, Any]:
    """Return a page of the list, which several roles of a person may stand on."""
    today = timezone.localdate()
    found = roles_in(form.clinics, form.wanted(), today)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return {
        "form": form,
        "page": page,
        "rows": rows_for(page.object_list, today),
        "query": "found=1" if form.is_bound else "",
        "several": len(form.clinics) > 1,
    }


@require_safe
@requires(Permission.MANAGE_PEOPLE)
def person(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Show a person: particulars, roles in the admin's clinics, what can be done."""
    shown, own = person_or_404(request, person_id), kept_by(request)
    here, today = {one.clinic_id for one in shown.kept}, timezone.localdate()
    rows = rows_for(shown.roles, today)
    context = {
        "person": shown,
        "roles": [(row, deeds_for_role(row.role)) for row in rows],
        "has_factor": rows[0].has_factor,
        "account_deeds": deeds_for_account(shown.user),
        "may_add": [one.clinic for one in own.values() if one.clinic_id not in here],
    }
    return render(request, "members/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def give_role(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Give a person a role in one more of the admin's clinics, or again in one they left."""
    shown, own = person_or_404(request, person_id), kept_by(request)
    clinics = {one.clinic.slug: one for one in own.values()}
    form = RoleForm(_sent(request), clinics=[one.clinic for one in own.values()])
    if form.is_bound and form.is_valid():
        by, role = clinics[form.cleaned_data["clinic"]], Role(form.cleaned_data["role"])
        try:
            actions.give_role(shown.user, role=role, by=by)
            messages.success(request, f"{role.label} in {by.clinic.name} from now on.")
            return redirect("members:person", shown.user.pk)
        except IntegrityError as refusal:
            say(form, refusal, Membership, TAKEN)
    context = {"form": form, "person": shown, "heading": "Add a role"}
    return render(request, "members/role.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def change_role(request: HttpRequest, role_id: uuid.UUID) -> HttpResponse:
    """Give a member of a clinic another role."""
    role, by = role_or_404(request, role_id)
    form = RoleForm(_sent(request), initial={"role": role.role})
    if form.is_bound and form.is_valid():
        new = Role(form.cleaned_data["role"])
        if _done(form, lambda: actions.change_role(role, role=new, by=by)):
            messages.success(request, f"{new.label} in {by.clinic.name} from now on.")
            return redirect("members:person", role.user_id)
    context = {"form": form, "role": role, "heading": "Change a role"}
    return render(request, "members/role.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def role_deed(request: HttpRequest, role_id: uuid.UUID, deed: str) -> HttpResponse:
    """Ask before a role is deactivated, reactivated or ended, and do it."""
    role, by = role_or_404(request, role_id)
    wanted = _deed(ROLE_DEEDS, deed)
    return _ask(request, wanted, role, by, {"role": role, "user_id": role.user_id})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def account_deed(request: HttpRequest, person_id: uuid.UUID, deed: str) -> HttpResponse:
    """Ask before something is done about an account, and do it."""
    shown, own = person_or_404(request, person_id), kept_by(request)
    wanted = _deed(ACCOUNT_DEEDS, deed)
    by = own[(shown.kept or shown.roles)[0].clinic_id]
    context = {"person": shown, "user_id": shown.user.pk}
    return _ask(request, wanted, shown.user, by, context)


def _ask(
    request: HttpRequest, deed: Deed, about: Any, by: Membership, context: dict[str, Any]
) -> HttpResponse:
    form = ConfirmForm(_sent(request), button=deed.button)
    if form.is_bound and form.is_valid() and _done(form, lambda: deed.do(about, by=by)):
        messages.success(request, deed.done)
        return redirect("members:person", context["user_id"])
    context |= {"form": form, "deed": deed}
    return render(request, "members/deed.html", context, status=_status(form))


def _done(form: ConfirmForm | RoleForm, do: Callable[[], None]) -> bool:
    """Do it; say on the form why it could not be done."""
    try:
        do()
    except (LastAdmin, TooLate) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _deed(known: dict[str, Deed], code: str) -> Deed:
    if code not in known:
        raise Http404
    return known[code]


def _status(form: PeopleForm | ConfirmForm | RoleForm) -> int:
    return 422 if form.is_bound and form.errors else 200


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _see(where: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": where})
