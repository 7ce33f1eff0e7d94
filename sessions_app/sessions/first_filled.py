"""What the session form is filled with at first: the plan, the clock, scores that were kept."""

from typing import TYPE_CHECKING, Any

from sessions_app.sessions.usual_plan import offered

if TYPE_CHECKING:
    from sessions_app.sessions.sheet import Sheet


def first_filled(sheet: "Sheet") -> dict[str, Any]:
    """Return the values that nobody has typed yet; scores only where somebody had told them."""
    session, zone = sheet.session, sheet.by.clinic.zone
    plan = offered(session, sheet.enrolment, sheet.course, lambda: sheet.known.standing)
    then = sheet.kept.seen_at if sheet.kept and sheet.phase == "whole" else sheet.now
    local = then.astimezone(zone)
    return {
        "techniques": plan["techniques"],
        "sites": plan["sites"],
        "position": session.position if session else "",
        "performed_on": local.date(),
        "performed_time": local.time(),
        **(sheet.kept.scores_typed if sheet.kept and session is None else {}),
    }
