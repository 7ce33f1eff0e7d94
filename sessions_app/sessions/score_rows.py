"""From what a person says of scores to their rows, and from the rows to what was said."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sessions_app.clinics.models import Membership
from sessions_app.sessions.models import FollowUpScore, Score, Session
from sessions_app.sessions.record import Rating, Ratings
from sessions_app.vocabulary.records import Reporter
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timepoints import TimePoint


def scores(
    session: Session,
    before: Ratings,
    after: Ratings,
    *,
    before_at: datetime | None = None,
    after_at: datetime | None = None,
) -> list[Score]:
    """One row for each scale that has a score, or a reason, before or after, with its time."""
    found = []
    for scale in Scale:
        if scale in before or scale in after:
            row = Score.of(session, scale)
            _put(row, "before", before.get(scale), before_at)
            _put(row, "after", after.get(scale), after_at)
            found.append(row)
    return found


def ratings_before(there: Iterable[Score]) -> Ratings:
    """Return the scores before a session, as they were told."""
    return {
        Scale(row.scale): Rating(value=row.before, reporter=Reporter(row.before_by))
        for row in there
        if row.before is not None
    }


def with_after(
    session: Session, there: Iterable[Score], after: Ratings, at: datetime
) -> list[Score]:
    """Put the after-scores on the rows that are there; return new rows for other scales."""
    by_scale = {Scale(row.scale): row for row in there}
    for scale, row in by_scale.items():
        _put(row, "after", after.get(scale), at)
    new = {scale: rating for scale, rating in after.items() if scale not in by_scale}
    return scores(session, {}, new, after_at=at)


def follow_up(
    session: Session, scale: Scale, time_point: TimePoint, rating: Rating, by: Membership
) -> FollowUpScore:
    """A score at another time point, in the member's clinic, still without its times."""
    return FollowUpScore(
        clinic_id=by.clinic_id,
        session_id=session.pk,
        scale=scale.value,
        time_point=time_point.value,
        value=rating.value,
        missing=rating.missing.value if rating.missing else "",
        reported_by=rating.reporter.value,
        recorded_by_id=by.user_id,
    )


def said(pairs: Iterable[Score]) -> dict[str, list[Any]]:
    """Return the scores for the audit trail: scale to [before, after], a reason where missing."""
    return {
        row.scale: [_value(row.before, row.before_missing), _value(row.after, row.after_missing)]
        for row in pairs
    }


def _put(row: Score, when: str, rating: Rating | None, at: datetime | None) -> None:
    if rating is None:
        return
    setattr(row, when, rating.value)
    setattr(row, f"{when}_missing", rating.missing.value if rating.missing else "")
    setattr(row, f"{when}_at", at)
    setattr(row, f"{when}_by", rating.reporter.value)


def _value(score: int | None, missing: str) -> int | str | None:
    return score if score is not None else missing or None
