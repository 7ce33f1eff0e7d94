"""What the reminders cost and whether they are heeded, rule by rule; never person by person."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from sessions_app.safety.catalogue import CATALOGUE
from sessions_app.sessions.models import ReminderShown, Session
from sessions_app.vocabulary.records import SessionStatus
from sessions_app.vocabulary.severity import Level

PERIODS = (30, 90, 365)
USUAL_PERIOD = 90
LEAST_ANSWERS = 20
"""With fewer answers a share says nothing."""
MOST_OVERRIDDEN = 80
"""Per cent; a rule that is overridden more often is to be looked at: it may cry wolf."""

_ASKS = Q(level__in=[one.value for one in Level if one.rank >= Level.CONFIRM.rank])
_HELD = [SessionStatus.GIVEN.value, SessionStatus.IN_PROGRESS.value]
_TITLES = {rule.id: rule.title for rule in CATALOGUE}


@dataclass(frozen=True)
class RuleBudget:
    """One rule in a period: sessions in which it spoke, asked, and was overridden."""

    rule: str
    sessions: int
    shown: int
    asked: int
    judged: int
    overridden: int
    median_seconds: float | None

    @property
    def title(self) -> str:
        """The rule's title; its id where the catalogue has it no more."""
        return _TITLES.get(self.rule, self.rule)

    @property
    def per_100(self) -> float:
        """In how many of 100 sessions it was shown."""
        return 100 * self.shown / self.sessions

    @property
    def enough(self) -> bool:
        """Whether there are answers enough to judge it by."""
        return self.judged >= LEAST_ANSWERS

    @property
    def share(self) -> float:
        """How many of 100 answers went past it."""
        return 100 * self.overridden / self.judged if self.judged else 0.0

    @property
    def for_review(self) -> bool:
        """Whether it is overridden so often that somebody has to look at the rule."""
        return self.enough and self.share > MOST_OVERRIDDEN

    @property
    def time_words(self) -> str:
        """The median time to answer in words; empty where none is known."""
        if self.median_seconds is None:
            return ""
        minutes, seconds = divmod(round(self.median_seconds), 60)
        return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


@dataclass(frozen=True)
class AlertBudget:
    """All rules that spoke in a period, those for review first, then by how often."""

    days: int
    sessions: int
    reminders: int
    rules: tuple[RuleBudget, ...]

    @property
    def per_100(self) -> float:
        """Reminders in 100 sessions, each rule counted once a session."""
        return 100 * self.reminders / self.sessions if self.sessions else 0.0


def period(asked: str) -> int | None:
    """Return the days that an address asks for, the usual where it says nothing.

    None where it asks for days that are not offered.
    """
    wanted = asked or str(USUAL_PERIOD)
    return next((days for days in PERIODS if str(days) == wanted), None)


def budget_of(clinic_id: uuid.UUID, days: int, now: datetime) -> AlertBudget:
    """Return the clinic's budget of the last days, by sums of the database: three statements."""
    since = now - timedelta(days=days)
    held = Session.objects.filter(clinic_id=clinic_id, performed_at__gte=since).held()
    shown = ReminderShown.objects.filter(
        clinic_id=clinic_id, session__performed_at__gte=since, session__status__in=_HELD
    )
    sessions, medians = held.count(), _medians(shown)
    rules = [
        RuleBudget(sessions=sessions, median_seconds=medians.get(row["rule"]), **row)
        for row in _counts(shown)
    ]
    ordered = sorted(rules, key=lambda one: (not one.for_review, -one.shown, one.rule))
    return AlertBudget(days, sessions, sum(one.shown for one in rules), tuple(ordered))


def _counts(shown: QuerySet[ReminderShown]) -> Iterable[Any]:
    """Count sessions, not rows: a reminder of the start may stand again with the finish."""
    asked = _ASKS | Q(overridden=True)
    return shown.values("rule").annotate(
        shown=Count("session_id", distinct=True),
        asked=Count("session_id", distinct=True, filter=asked),
        judged=Count("session_id", distinct=True, filter=asked & Q(overridden__isnull=False)),
        overridden=Count("session_id", distinct=True, filter=Q(overridden=True)),
    )


def _medians(shown: QuerySet[ReminderShown]) -> dict[str, float]:
    """Return each rule's median time to answer: the middle one or two are fetched, no more."""
    timed = shown.filter(answer_seconds__isnull=False)
    ranked = timed.annotate(
        twice=2 * Window(RowNumber(), partition_by="rule", order_by="answer_seconds"),
        number=Window(Count("pk"), partition_by="rule"),
    ).filter(twice__gte=F("number"), twice__lte=F("number") + 2)
    middle: dict[str, list[int]] = {}
    for rule, seconds in ranked.values_list("rule", "answer_seconds"):
        middle.setdefault(rule, []).append(seconds or 0)
    return {rule: sum(both) / len(both) for rule, both in middle.items()}
