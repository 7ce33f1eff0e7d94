"""The clinic's dashboard, each of its questions as CSV, and the sessions behind its numbers."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sessions_app.clinics.membership import acting, held_by
from sessions_app.clinics.permissions import Permission, can, check_may, requires
from sessions_app.dashboards.clinic_dashboard import QUESTIONS, shared_of, shown_of
from sessions_app.dashboards.csv_text import OUTSIDE, as_download, csv_of
from sessions_app.dashboards.filters import filters
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.listed_form import FileForm, ListedForm
from sessions_app.dashboards.network.views import sees_several
from sessions_app.dashboards.rows.reading import read_once
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.scope_form import ScopeForm, known_to
from sessions_app.dashboards.selection import Selection, chosen
from sessions_app.dashboards.unchanged import heads_of, still_the_same, tag_of, tagged
from sessions_app.sessions.models import Session

ROWS_SHOWN = 50


@require_safe
@requires(Permission.VIEW_SUMMARY)
def summary(request: HttpRequest) -> HttpResponse:
    """Show every question of the clinic with its answer; «not modified» costs no counting."""
    today = timezone.now().astimezone(acting(request).clinic.zone).date()
    heads = heads_of(request)
    tag = tag_of(request, today, heads)
    if same := still_the_same(request, tag):
        return same
    form = _form(request)
    context: dict[str, Any] = {"form": form, "clinic": acting(request).clinic}
    if not form.is_valid():
        return render(request, "dashboards/summary.html", context, status=422)
    scope = form.scope()
    context |= {"scope": scope, "chosen": form.chosen(), "query": scope.query()}
    context["panels"] = panels = shown_of(scope, _links(request, scope), heads)
    context |= {"filters": filters(form), "waiting": sum(one.waits for one in panels)}
    context["may_see_patients"] = can(acting(request), Permission.VIEW_PATIENTS)
    context["sees_several"] = sees_several(request)
    context["may_replay"] = can(acting(request), Permission.REPLAY_RULES)
    return tagged(render(request, "dashboards/summary.html", context), tag)


@require_safe
@requires(Permission.VIEW_SUMMARY)
def panel_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Return the numbers of one question as CSV: those that are shown, or those one may share."""
    form = _form(request, FileForm)
    if code not in QUESTIONS:
        raise Http404
    if not form.is_valid():
        context = {"form": form, "clinic": acting(request).clinic}
        return render(request, "dashboards/summary.html", context, status=422)
    scope = form.scope()
    asked = [("Clinics", ", ".join(one.name for one in scope.clinics)), *_days(scope)]
    links, name = Links(scope, may_follow=False), f"{code}-{scope.first}-{scope.last}.csv"
    if request.GET.get("share"):
        shared = shared_of(code, scope, {one.name for one in form.known.courses})
        return as_download(csv_of(shared, [*asked, *form.chosen()], OUTSIDE), f"share-{name}")
    with read_once():
        panel = QUESTIONS[code](scope, links)
    return as_download(csv_of(panel, [*asked, *form.chosen()]), name)


@require_safe
@requires(Permission.VIEW_SUMMARY)
def sessions(request: HttpRequest) -> HttpResponse:
    """List the sessions behind a number, the newest first."""
    check_may(acting(request), Permission.VIEW_PATIENTS)
    form = _form(request, ListedForm)
    context: dict[str, Any] = {"form": form, "clinic": acting(request).clinic}
    if not form.is_valid() or not form.is_of(acting(request).clinic):
        return render(request, "dashboards/summary.html", context, status=422)
    scope, selection = form.scope(), Selection.asked(request.GET)
    mine = Session.objects.visible_to(request.user).select_related("patient", "given_by")
    found = chosen(mine, scope, selection)
    context["page"] = Paginator(found, ROWS_SHOWN).get_page(request.GET.get("page"))
    context |= {"scope": scope, "selected": selection.words(), "chosen": form.chosen()}
    asked = request.GET.copy()
    asked.pop("page", None)
    context |= {"query": asked.urlencode(), "back": scope.query()}
    return render(request, "dashboards/sessions.html", context)


def _form(request: HttpRequest, kind: type[ScopeForm] = ScopeForm) -> ScopeForm:
    """Return the filters as they stand in the address, over the person's own clinics."""
    here = acting(request)
    held = held_by(request)
    clinics = [one.clinic for one in held if can(one, Permission.VIEW_SUMMARY)]
    today = timezone.now().astimezone(here.clinic.zone).date()
    return kind(request.GET, known=known_to(clinics, today), here=here.clinic)


def _links(request: HttpRequest, scope: Scope) -> Links:
    here = acting(request)
    may_see = can(here, Permission.VIEW_PATIENTS)
    return Links(scope, may_follow=may_see and scope.clinic_ids == (here.clinic_id,))


def _days(scope: Scope) -> list[tuple[str, str]]:
    return [("From", scope.first.isoformat()), ("To", scope.last.isoformat())]
