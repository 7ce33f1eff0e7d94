"""The numbers of the safety rules as they hold in the clinic, and changing one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, can, requires
from sessions_app.clinics.threshold_actions import set_threshold
from sessions_app.clinics.threshold_forms import ThresholdForm
from sessions_app.clinics.threshold_model import ClinicThreshold
from sessions_app.clinics.thresholds import Held, held_in
from sessions_app.safety.catalogue import THRESHOLDS


@require_safe
@requires(Permission.VIEW_THRESHOLDS)
def thresholds(request: HttpRequest) -> HttpResponse:
    """Show what holds in the clinic beside the default, since when, by whom and why."""
    may_set = can(acting(request), Permission.SET_THRESHOLDS)
    context = {"thresholds": _held(request), "may_set": may_set, "clinic": acting(request).clinic}
    return render(request, "clinics/thresholds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SET_THRESHOLDS)
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Write down what a clinician decided about one threshold."""
    if key not in THRESHOLDS:
        raise Http404
    held = next(one for one in _held(request, key=key) if one.threshold.key == key)
    form = ThresholdForm(request.POST if request.method == "POST" else None, held=held)
    if form.is_bound and form.is_valid():
        set_threshold(key=key, by=acting(request), **form.cleaned_data)
        messages.success(request, "Saved: it holds from now on, in every session of the clinic.")
        return redirect("clinics:thresholds")
    status = 422 if form.is_bound else 200
    return render(request, "clinics/threshold.html", {"form": form, "held": held}, status=status)


def _held(request: HttpRequest, **only: str) -> list[Held]:
    decisions = ClinicThreshold.objects.visible_to(request.user).filter(**only)
    return held_in(decisions.select_related("recorded_by").newest_first())
