"""What a dashboard is asked about: which clinics and days, and which of their sessions.

A scope stands in the address of a page and in the links from its numbers to their rows. A day is
a day of the clinic; a week begins on Monday, and the first and the last may be cut short.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from sessions_app.clinics.models import Clinic
from sessions_app.outcomes.completeness import RatedBy
from sessions_app.protocols.registry import Course
from sessions_app.vocabulary.techniques import Technique

WEEKS_AT_FIRST = 26
LONGEST = timedelta(days=3660)
"""Ten years and a little: what a page may be asked about at once."""
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""Days that a calendar of sessions can mean; weeks around them are days as well."""


@dataclass(frozen=True)
class Span:
    """One week of one clinic: its Monday, and the first and the past-last instant asked about."""

    clinic_id: uuid.UUID
    monday: date
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Scope:
    """The clinics, the days from ``first`` to ``last``, and what else sessions must be.

    ``courses`` are the arms asked about, of every version; empty is every arm. ``given_by`` is
    the person who gave the session, ``ward`` where the patient is now. ``rated_by`` keeps pairs
    of scores, so it leaves counts of sessions as they are.
    """

    clinics: tuple[Clinic, ...]
    first: date
    last: date
    protocol: str = ""
    arm: str = ""
    courses: tuple[Course, ...] = ()
    technique: Technique | None = None
    given_by: uuid.UUID | None = None
    ward: str = ""
    rated_by: RatedBy | None = None

    @property
    def clinic_ids(self) -> tuple[uuid.UUID, ...]:
        """The ids of its clinics."""
        return tuple(clinic.pk for clinic in self.clinics)

    @property
    def mondays(self) -> tuple[date, ...]:
        """The weeks, by their first day, oldest first."""
        first = monday(self.first)
        return tuple(
            first + timedelta(weeks=n) for n in range((monday(self.last) - first).days // 7 + 1)
        )

    @property
    def spans(self) -> tuple[Span, ...]:
        """Each week of each clinic, in the clinic's own time, cut to the days asked about."""
        return tuple(self._span(clinic, week) for clinic in self.clinics for week in self.mondays)

    @property
    def whole(self) -> tuple[Span, ...]:
        """All the days of each clinic at once, in the clinic's own time."""
        after = self.last + timedelta(days=1)
        return tuple(
            Span(one.pk, monday(self.first), midnight(self.first, one), midnight(after, one))
            for one in self.clinics
        )

    def _span(self, clinic: Clinic, week: date) -> Span:
        first = max(week, self.first)
        after = min(week + timedelta(weeks=1), self.last + timedelta(days=1))
        return Span(clinic.pk, week, midnight(first, clinic), midnight(after, clinic))

    def of_week(self, week: date) -> "Scope":
        """The same, of one of its weeks alone."""
        last = min(week + timedelta(days=6), self.last)
        return replace(self, first=max(week, self.first), last=last)

    def query(self, **more: Any) -> str:
        """Return the scope as it stands in an address, with what else is asked beside it."""
        said: list[tuple[str, Any]] = [("clinic", clinic.slug) for clinic in self.clinics]
        said += [("from", self.first.isoformat()), ("to", self.last.isoformat())]
        told = {
            "protocol": self.protocol,
            "arm": self.arm,
            "technique": self.technique and self.technique.value,
            "therapist": self.given_by,
            "ward": self.ward,
            "by": self.rated_by and self.rated_by.value,
            **more,
        }
        said += [(name, value) for name, value in told.items() if value not in (None, "")]
        return urlencode(said)


def monday(day: date) -> date:
    """Return the first day of a day's week."""
    return day - timedelta(days=day.weekday())


def first_at_first(today: date) -> date:
    """Return where 26 weeks begin that end with the week of today."""
    return monday(today) - timedelta(weeks=WEEKS_AT_FIRST - 1)


def midnight(day: date, clinic: Clinic) -> datetime:
    """Return the instant at which a day of the clinic begins."""
    return datetime(day.year, day.month, day.day, tzinfo=clinic.zone)
