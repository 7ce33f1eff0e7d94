"""What the form offers first: the last session's plan, else the arm's usual sites."""

from typing import Any

from sessions_app.protocols.registry import Course
from sessions_app.safety.verdict import Verdict
from sessions_app.vocabulary.body_sites import HEAD_TO_FOOT, PRESETS, BodySite, SitePreset
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure


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


def presets(course: Course) -> tuple[SitePreset, ...]:
    """Return the named set of sites that is the arm's own, if there is one."""
    arm_sites = course.arm.usual_sites or course.arm.sites
    return tuple(one for one in PRESETS.values() if one.sites == arm_sites)
