"""The network's page and its questions as CSV, for who sees the summary of several clinics."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sessions_app.clinics.membership import acting, held_by
from sessions_app.clinics.models import Clinic
from sessions_app.clinics.permissions import Permission, can, requires
from sessions_app.dashboards.csv_text import OUTSIDE, as_download, csv_of
from sessions_app.dashboards.kept import shown_outside
from sessions_app.dashboards.network.dashboard import QUESTIONS, panels_of
from sessions_app.dashboards.network.forms import NetworkForm, known_to_network
from sessions_app.dashboards.unchanged import heads_of, still_the_same, tag_of, tagged

LEAST_CLINICS = 2
REFUSED = (
    "All clinics together are shown to who sees the summary of two clinics or more. You see that "
    "of one."
)


@require_safe
@requires(Permission.VIEW_SUMMARY)
def network(request: HttpRequest) -> HttpResponse:
    """Show every question over all clinics of a person; «not modified» costs no counting."""
    clinics = _clinics(request)
    tag = tag_of(request, _today(request), heads_of(request))
    if same := still_the_same(request, tag):
        return same
    form = NetworkForm(request.GET, known=known_to_network(clinics, _today(request)))
    context: dict[str, Any] = {"form": form, "clinics": clinics}
    if not form.is_valid():
        return render(request, "dashboards/network.html", context, status=422)
    scope = form.scope()
    context |= {"scope": scope, "chosen": form.chosen(), "query": scope.query()}
    context["panels"] = [shown_outside(panel, scope.query()) for panel in panels_of(scope)]
    return tagged(render(request, "dashboards/network.html", context), tag)


@require_safe
@requires(Permission.VIEW_SUMMARY)
def panel_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Return one question as CSV: the numbers that are shown, and no small one."""
    clinics, today = _clinics(request), _today(request)
    form = NetworkForm(request.GET, known=known_to_network(clinics, today))
    if code not in QUESTIONS:
        raise Http404
    if not form.is_valid():
        context = {"form": form, "clinics": clinics}
        return render(request, "dashboards/network.html", context, status=422)
    (panel,) = panels_of(form.scope(), code)
    names = ", ".join(one.name for one in clinics)
    asked = [("Clinics", names), ("Up to", today.isoformat()), *form.chosen()]
    return as_download(csv_of(panel, asked, OUTSIDE), f"network-{code}-{today}.csv")


def sees_several(request: HttpRequest) -> bool:
    """Whether a person sees the summary of two clinics or more."""
    return len(_seen(request)) >= LEAST_CLINICS


def _clinics(request: HttpRequest) -> list[Clinic]:
    if not sees_several(request):
        raise PermissionDenied(REFUSED)
    return _seen(request)


def _seen(request: HttpRequest) -> list[Clinic]:
    held = held_by(request)
    return [one.clinic for one in held if can(one, Permission.VIEW_SUMMARY)]


def _today(request: HttpRequest) -> Any:
    return timezone.now().astimezone(acting(request).clinic.zone).date()
