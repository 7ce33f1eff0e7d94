"""The settings of the clinic, and opening a further one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sessions_app.clinics.membership import acting, choose, held_by
from sessions_app.clinics.permissions import Permission, requires
from sessions_app.members.clinic_actions import change_clinic
from sessions_app.members.clinic_forms import ParticularsForm, SettingsForm
from sessions_app.members.opening import open_further_clinic
from sessions_app.members.settings import SETTINGS

MOVED = (
    "Days and weeks are counted in the new time zone from now on. Sessions keep their moment; one "
    "near midnight may stand on another day than before."
)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CHANGE_CLINIC)
def settings(request: HttpRequest) -> HttpResponse:
    """Show the clinic's settings and change them."""
    by = acting(request)
    now = {name: getattr(by.clinic, name) for name in SETTINGS}
    form = SettingsForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_bound and form.is_valid():
        changed = change_clinic(by=by, **form.cleaned_data)
        told = "Saved: the settings hold from now on." if changed else "Nothing was changed."
        messages.success(request, f"{told} {MOVED}" if "time_zone" in changed else told)
        return redirect("clinics:clinic")
    context = {"form": form, "clinic": by.clinic}
    status = 422 if form.is_bound else 200
    return render(request, "members/settings.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OPEN_CLINIC)
def open_clinic(request: HttpRequest) -> HttpResponse:
    """Open a further clinic, and act in it as its admin."""
    by = acting(request)
    sent = request.POST if request.method == "POST" else None
    form = ParticularsForm(sent, initial={"time_zone": by.clinic.time_zone})
    if form.is_bound and form.is_valid():
        role = open_further_clinic(by=by, **form.cleaned_data)
        held_by(request).append(role)
        choose(request, role.pk)
        messages.success(request, f"{role.clinic.name} is open, and you are its administrator.")
        return redirect("members:people")
    status = 422 if form.is_bound else 200
    return render(request, "members/open_clinic.html", {"form": form}, status=status)
