"""The page on which two arms of a protocol stand beside each other."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sessions_app.clinics.membership import acting
from sessions_app.clinics.models import Clinic
from sessions_app.clinics.permissions import Permission, requires
from sessions_app.dashboards.arms_charts import difference_plot, means_plot, table_rows
from sessions_app.dashboards.arms_forms import ArmsForm
from sessions_app.dashboards.arms_report import ArmsReport, TooMany, pairs, report_of
from sessions_app.dashboards.csv_text import as_download, text_of
from sessions_app.outcomes.published import published
from sessions_app.reports.compare_arms import WHY_IT_MISLEADS


@require_safe
@requires(Permission.VIEW_SUMMARY)
def compare(request: HttpRequest) -> HttpResponse:
    """Ask for two arms, and show whether they differ; with `format=csv` the same as a file."""
    clinic = acting(request).clinic
    today = timezone.now().astimezone(clinic.zone).date()
    form = ArmsForm(request.GET or None, pairs=pairs(), today=today)
    context: dict[str, Any] = {"clinic": clinic, "form": form, "why": WHY_IT_MISLEADS}
    if report := _report(clinic, form):
        if request.GET.get("format") == "csv" and not report.is_hidden:
            return as_download(text_of(table_rows(report)), "compare-arms.csv")
        context |= _shown(report) | {"file": _address(request)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "dashboards/arms.html", context, status=status)


def _report(clinic: Clinic, form: ArmsForm) -> ArmsReport | None:
    """Compare what is asked; what cannot be is told beside the form."""
    if form.is_valid():
        try:
            return report_of(clinic, form.asked())
        except TooMany as refused:
            form.add_error("first", str(refused))
    return None


def _shown(report: ArmsReport) -> dict[str, Any]:
    scale = report.asked.scale
    trials = [published(one.protocol.code, one.arm.code, scale) for one in report.asked.arms]
    return {
        "report": report,
        "difference": difference_plot(report),
        "means": means_plot(report),
        "trial": next(filter(None, trials), None),
    }


def _address(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked["format"] = "csv"
    return f"?{asked.urlencode()}"
