"""The label of each session beside its protocol: one truth for every page.

It labels, it never refuses: what happened is always recordable.
"""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from sessions_app.outcomes.adherence import GivenSession, Schedule, earliest_start, in_utc
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.coded import Coded
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.techniques import Technique


class Label(Coded):
    """How a given session stands to its protocol. A label is a remark, never a refusal."""

    IN_WINDOW = "in_window", "In window", "Neither early nor late."
    EARLY = "early", "Early", "Before the first day, or too soon after the session before."
    LATE = "late", "Late", "After the last day of the window."
    SHORT = "short", "Short", "Fewer minutes than the protocol accepts."
    LONG = "long", "Long", "More minutes than the protocol accepts."
    TECHNIQUE_OUTSIDE = "technique_outside", "Technique outside protocol", "Not in this arm's list."
    SITE_OUTSIDE = "site_outside", "Site outside protocol", "Not among this arm's sites."
    BEYOND_NUMBER = "beyond_number", "Beyond the number", "More sessions than the protocol plans."
    ROLE_OUTSIDE = (
        "role_outside", "Given by another role than the protocol says",
        "Not among this arm's roles.",
    )  # fmt: skip
    PRESSURE_BEYOND = (
        "pressure_beyond", "Pressure beyond the protocol's", "Firmer than this arm's most.",
    )  # fmt: skip


def labels(
    schedule: Schedule,
    allowed_techniques: frozenset[Technique] | None,
    allowed_sites: frozenset[BodySite] | None,
    starts_on: date,
    sessions: Sequence[GivenSession],
    tz: tzinfo,
    *,
    roles: frozenset[Role] | None = None,
    max_pressure: int | None = None,
) -> tuple[tuple[Label, ...], ...]:
    """The labels of each session, in the order given, each in the order of ``Label``.

    None for techniques, sites, roles or pressure is «any»; an empty set is «none» (an arm without
    touch). The number and the gap follow from the times, so a late entry renumbers the later ones.
    """
    window = schedule.starts_at(starts_on, tz), schedule.ends_at(starts_on, tz)
    starts = [in_utc(session.performed_at) for session in sessions]
    order = sorted(range(len(sessions)), key=starts.__getitem__)
    found: list[set[Label]] = [set() for _ in sessions]
    for place, i in enumerate(order):
        before = [starts[i] for i in order[:place][-1:]]
        found[i] = _content_labels(schedule, sessions[i], allowed_techniques, allowed_sites)
        found[i] |= _hand_labels(sessions[i], roles, max_pressure)
        found[i] |= _time_labels(schedule, starts[i], before, window)
        if _above(place + 1, schedule.max_sessions):
            found[i].add(Label.BEYOND_NUMBER)
    return tuple(tuple(label for label in Label if label in each) for each in found)


def outside(
    session: GivenSession,
    techniques: frozenset[Technique] | None,
    sites: frozenset[BodySite] | None,
    max_pressure: int | None,
) -> tuple[Label, ...]:
    """The labels that follow from what was done and the arm alone, and so never change."""
    found = _content_labels(Schedule(), session, techniques, sites)
    found |= _hand_labels(session, None, max_pressure)
    return tuple(label for label in OUTSIDE if label in found)


OUTSIDE = (Label.TECHNIQUE_OUTSIDE, Label.SITE_OUTSIDE, Label.PRESSURE_BEYOND)
"""Stored with a session when it is given; the others are reckoned when they are asked for."""


def _time_labels(
    schedule: Schedule,
    start: datetime,
    before: Sequence[datetime],
    window: tuple[datetime, datetime | None],
) -> set[Label]:
    """Early, late, or else in the window; ``before`` is the start just before this one, if any."""
    starts_at, window_end = window
    late = window_end is not None and start >= window_end
    early = start < earliest_start(schedule, starts_at, before)
    found = {label for label, true in ((Label.EARLY, early), (Label.LATE, late)) if true}
    return found or {Label.IN_WINDOW}


def _content_labels(
    schedule: Schedule,
    session: GivenSession,
    allowed_techniques: frozenset[Technique] | None,
    allowed_sites: frozenset[BodySite] | None,
) -> set[Label]:
    """What was done, against what the arm lists."""
    remarks = (
        (Label.SHORT, _above(schedule.minutes_low, session.minutes)),
        (Label.LONG, _above(session.minutes, schedule.minutes_high)),
        (Label.TECHNIQUE_OUTSIDE, _outside(session.techniques, allowed_techniques)),
        (Label.SITE_OUTSIDE, _outside(session.sites, allowed_sites)),
    )
    return {label for label, true in remarks if true}


def _hand_labels(
    session: GivenSession, roles: frozenset[Role] | None, max_pressure: int | None
) -> set[Label]:
    """Whose hands, and how firm, against what the arm says."""
    hands = frozenset(role for role in (session.role,) if role is not None)
    remarks = (
        (Label.ROLE_OUTSIDE, _outside(hands, roles)),
        (Label.PRESSURE_BEYOND, _above(session.firmest, max_pressure)),
    )
    return {label for label, true in remarks if true}


def _above(value: int | None, limit: int | None) -> bool:
    """Whether both are known and the first is larger."""
    return value is not None and limit is not None and value > limit


def _outside(used: frozenset[Coded], allowed: frozenset[Coded] | None) -> bool:
    """Whether something was used that is not allowed; None allows all, an empty set nothing."""
    return allowed is not None and not used <= allowed
