"""What the form offers first: the last session's plan, else the arm's usual sites."""

from collections.abc import Callable
from typing import Any

from sessions_app.enrolments.models import Enrolment
from sessions_app.protocols.registry import Course
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions.models import Session
from sessions_app.vocabulary.body_sites import HEAD_TO_FOOT, PRESETS, BodySite, SitePreset
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure


def last_plan(enrolment: Enrolment) -> dict[str, Any]:
    """Return techniques and sites of the course's last given session: the plan, never scores."""
    given = Session.objects.filter(clinic_id=enrolment.clinic_id, enrolment_id=enrolment.pk)
    last = given.given().newest_first().with_sites(enrolment.clinic_id).first()
    if last is None:
        return {}
    return {
        "techniques": last.techniques,
        "sites": {row.site: row.pressure for row in last.sites.all()},
    }


def planned_sites(course: Course, plan: dict[str, Any], verdict: Verdict) -> dict[str, int]:
    """Return the sites to tick at first: the plan's, else the arm's usual ones, within limits.

    A site without contact is never ticked beforehand, and none is pressed past its limit.
    """
    wished = {BodySite(code): int(pressure) for code, pressure in plan.get("sites", {}).items()}
    if not plan:
        usual = int(course.arm.default_pressure or Pressure.RESTING)
        wished = dict.fromkeys(course.arm.usual_sites or course.arm.sites or (), usual)
    ceilings = {site: verdict.limits[site].ceiling for site in wished}
    return {
        site.value: min(wished[site], ceilings[site])
        for site in HEAD_TO_FOOT
        if site in wished and ceilings[site] > NO_CONTACT
    }


def planned_techniques(course: Course, plan: dict[str, Any], verdict: Verdict) -> list[str]:
    """Return the techniques to tick at first: the plan's, else the arm's only one.

    What a reminder of today leaves out is never ticked beforehand.
    """
    arm = course.arm.techniques or ()
    wished = plan.get("techniques") or (list(arm) if len(arm) == 1 else [])
    left_out = {code.value for one in verdict.findings for code in one.forbidden_techniques}
    return [str(code) for code in wished if str(code) not in left_out]


def presets(course: Course) -> tuple[SitePreset, ...]:
    """Return the named set of sites that is the arm's own, if there is one."""
    arm_sites = course.arm.usual_sites or course.arm.sites
    return tuple(one for one in PRESETS.values() if one.sites == arm_sites)


def offered(
    session: Session | None, enrolment: Enrolment, course: Course, verdict: Callable[[], Verdict]
) -> dict[str, Any]:
    """Return what is ticked at first: what was begun as it was planned, else what is usual."""
    if session is not None:
        return {"techniques": [], "sites": {}, **session.plan}
    usual, today = last_plan(enrolment), verdict()
    return {
        "techniques": planned_techniques(course, usual, today),
        "sites": planned_sites(course, usual, today),
    }
