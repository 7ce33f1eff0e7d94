"""What the form offers first: the last session's plan, else the arm's usual sites."""

from collections.abc import Iterable
from typing import Any

from sessions_app.protocols.registry import Course
from sessions_app.safety.findings import Verdict
from sessions_app.vocabulary.body_sites import PRESETS, BodySite, SitePreset
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure


def planned_sites(course: Course, plan: dict[str, Any], verdict: Verdict) -> dict[str, int]:
    """Return the sites to tick at first: the plan's, else the arm's usual ones, within limits."""
    if plan:
        return {code: int(pressure) for code, pressure in plan.get("sites", {}).items()}
    usual = int(course.arm.default_pressure or Pressure.RESTING)
    return {
        site.value: min(usual, verdict.limits[site].ceiling)
        for site in _head_to_foot(course.arm.usual_sites or course.arm.sites or ())
        if verdict.limits[site].ceiling > NO_CONTACT
    }


def _head_to_foot(sites: Iterable[BodySite]) -> list[BodySite]:
    chosen = set(sites)
    return [site for site in BodySite if site in chosen]


def presets(course: Course) -> tuple[SitePreset, ...]:
    """Return the named set of sites that is the arm's own, if there is one."""
    arm_sites = course.arm.usual_sites or course.arm.sites
    return tuple(one for one in PRESETS.values() if one.sites == arm_sites)
