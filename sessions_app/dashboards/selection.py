"""The sessions behind a number of a dashboard: what its link asks for, and how they are found."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import GreaterThanOrEqual

from sessions_app.dashboards.adherence_sums import with_label
from sessions_app.dashboards.among import Among
from sessions_app.dashboards.scope import Scope
from sessions_app.outcomes.completeness import LATE_AFTER, RatedBy
from sessions_app.outcomes.labels import Label
from sessions_app.outcomes.responders import Threshold
from sessions_app.protocols import registry
from sessions_app.protocols.models import Arm
from sessions_app.sessions.incident_model import Incident
from sessions_app.sessions.models import ReminderShown, Score
from sessions_app.sessions.querysets import SessionQuerySet
from sessions_app.vocabulary.incidents import IncidentKind
from sessions_app.vocabulary.reasons import MissingReason, NotGivenReason
from sessions_app.vocabulary.scales import Scale


@dataclass(frozen=True)
class Selection:
    """Which sessions of a scope stand behind a number; an empty word asks for nothing.

    ``what`` is a word of WHAT, ``course`` the id of an arm. ``before`` and ``after`` are bands of
    scores such as «4-6», ``lacking`` why a score is missing, on the ``side`` that is named or on
    either; they and ``pairs`` are of ``scale``. A scale alone asks that it was scored or missed.
    ``fell`` is a Threshold by which pain was lower, ``kind`` that of an incident, ``label`` how a
    session stands to its protocol.
    """

    what: str = ""
    course: str = ""
    week: str = ""
    reason: str = ""
    scale: str = ""
    before: str = ""
    after: str = ""
    lacking: str = ""
    side: str = ""
    pairs: str = ""
    fell: str = ""
    kind: str = ""
    label: str = ""

    @classmethod
    def asked(cls, asked: Mapping[str, Any]) -> "Selection":
        """Read what an address asks for; the form has told what cannot be asked."""
        told = {one.name: str(asked.get(one.name, ""))[:40] for one in fields(cls)}
        kept = {name: word for name, word in told.items() if word and KNOWN[name](word)}
        return cls(**kept)

    def words(self) -> list[str]:
        """Say what is selected, for the head of the list."""
        told = [WHAT[self.what][0]] if self.what else []
        if self.course:
            told.append(registry.course(uuid.UUID(self.course)).name)
        if self.week:
            told.append(f"week of {date.fromisoformat(self.week):%Y-%m-%d}")
        if self.reason:
            told.append(NotGivenReason(self.reason).label.lower())
        if self.label:
            told.append(Label(self.label).label.lower())
        if self.kind:
            told.append(IncidentKind(self.kind).label.lower())
        if self.scale:
            told.append(Scale(self.scale).label.lower())
        told += [f"{name} {band}" for name, band in self._bands if band]
        if self.pairs:
            told.append(PAIRS[self.pairs])
        if self.fell:
            told.append(f"pain lower by {Threshold(self.fell).label}")
        if self.lacking:
            told.append(f"a score is missing: {MissingReason(self.lacking).label.lower()}")
            told += [self.side] if self.side else []
        return told

    @property
    def _bands(self) -> tuple[tuple[str, str], ...]:
        return ("before", self.before), ("after", self.after)


def chosen(sessions: SessionQuerySet, scope: Scope, selection: Selection) -> SessionQuerySet:
    """Return the sessions of a scope, of one clinic, that a selection asks for, newest first.

    `sessions` are those in sight.
    """
    asked = scope.of_week(date.fromisoformat(selection.week)) if selection.week else scope
    told = sessions.alias(techniques_told=Cast("techniques", TextField()))
    found = told.filter(
        clinic_id__in=asked.clinic_ids,
        performed_at__gte=asked.spans[0].since,
        performed_at__lt=asked.spans[-1].until,
    ).filter(_filters(scope))
    if selection.what:
        found = found.filter(WHAT[selection.what][1])
    if selection.course:
        found = found.filter(arm_id=selection.course)
    if selection.label:
        arms = list(Arm.objects.values_list("pk", flat=True))
        found = found.filter(Among(with_label(asked, arms, Label(selection.label))))
    if selection.kind:
        found = found.filter(_beside(Incident, kind=selection.kind))
    if selection.reason:
        found = found.filter(not_given_reason=selection.reason)
    scores = _scores(scope, selection)
    found = found.filter(Exists(scores)) if scores is not None else found
    return found.newest_first()


def _filters(scope: Scope) -> Q:
    asked = Q()
    if scope.courses or scope.protocol or scope.arm:
        asked &= Q(arm_id__in=[one.arm_id for one in scope.courses])
    if scope.given_by:
        asked &= Q(given_by_id=scope.given_by)
    if scope.technique:
        asked &= Q(techniques_told__contains=f'"{scope.technique.value}"')
    if scope.ward:
        asked &= Q(patient__ward=scope.ward)
    return asked


def _scores(scope: Scope, selection: Selection) -> QuerySet[Score] | None:
    """Return the scores that a selection wants beside its sessions; None where it wants none."""
    wanted = (selection.before, selection.after, selection.lacking, selection.pairs)
    if not any((*wanted, selection.fell, selection.scale)):
        return None
    found = Score.objects.filter(clinic_id=OuterRef("clinic_id"), session_id=OuterRef("pk"))
    if selection.scale:
        found = found.filter(scale=selection.scale)
    for side, band in selection._bands:
        if band:
            low, high = band.split("-")
            found = found.filter(**{f"{side}__gte": int(low), f"{side}__lte": int(high)})
    if selection.lacking:
        sides = [selection.side] if selection.side else SIDES
        asked = (Q(**{f"{side}_missing": selection.lacking}) for side in sides)
        found = found.filter(reduce(or_, asked))
    if selection.pairs:
        found = found.filter(_BOTH) if selection.pairs == "both" else found.exclude(_BOTH)
    if selection.fell:
        found = found.filter(FELL[Threshold(selection.fell)])
    return found.filter(_rated(scope.rated_by)) if scope.rated_by else found


def _rated(by: RatedBy) -> Q:
    if by is RatedBy.MIXED:
        return ~Q(before_by=F("after_by"))
    return Q(before_by=by.value, after_by=by.value)


def _beside(model: type[Incident | ReminderShown], **wanted: Any) -> Exists:
    """Say whether a session has such rows beside it."""
    rows = model._default_manager.filter(clinic_id=OuterRef("clinic_id"), **wanted)
    return Exists(rows.filter(session_id=OuterRef("pk")))


_BOTH = Q(before__isnull=False, after__isnull=False)
WHAT: dict[str, tuple[str, Q]] = {
    "given": ("given", Q(status="given")),
    "counted": ("given by a role that the protocol names", Q(counted=True)),
    "another_role": (
        "given by another role than the protocol names",
        Q(status="given", counted=False),
    ),
    "not_given": ("not given", Q(status="not_given")),
    "in_progress": ("in progress", Q(status="in_progress")),
    "planned": ("planned: given or not", Q(status__in=["given", "not_given"])),
    "beyond": ("given, beyond a limit", Q(status="given", limit_broken=True)),
    "reaction": ("given, with a reaction described", Q(status="given") & ~Q(reaction_text="")),
    "incident": ("given, with an incident", Q(_beside(Incident), status="given")),
    "reminded": ("given, with a reminder shown", Q(_beside(ReminderShown), status="given")),
    "overridden": (
        "given in spite of a reminder",
        Q(_beside(ReminderShown, overridden=True), status="given"),
    ),
    "late_counted": (
        "written down late",
        Q(counted=True, recorded_at__gt=F("performed_at") + LATE_AFTER),
    ),
    "late": ("written down late", Q(recorded_at__gt=F("performed_at") + LATE_AFTER)),
}
"""What a link may ask for, in words and as a condition."""
SIDES = ("before", "after")
PAIRS = {"both": "with both scores", "lacking": "without both scores"}

FELL = {
    Threshold.THIRTY_PERCENT: Q(before__gt=0)
    & Q(GreaterThanOrEqual(F("before") * 7, F("after") * 10)),
    Threshold.TWO_POINTS: Q(before__gte=F("after") + 2),
}
"""`responders.responds` as a condition."""


def _is_week(word: str) -> bool:
    try:
        return date.fromisoformat(word).weekday() == 0
    except ValueError:
        return False


def _is_arm(word: str) -> bool:
    try:
        return bool(registry.course(uuid.UUID(word)))
    except (ValueError, Arm.DoesNotExist):
        return False


def _is_band(word: str) -> bool:
    low, dash, high = word.partition("-")
    return bool(dash) and all(n.isascii() and n.isdigit() and len(n) < 4 for n in (low, high))


KNOWN: dict[str, Callable[[str], bool]] = {
    "what": WHAT.__contains__,
    "course": _is_arm,
    "week": _is_week,
    "reason": NotGivenReason.codes().__contains__,
    "scale": Scale.codes().__contains__,
    "before": _is_band,
    "after": _is_band,
    "lacking": MissingReason.codes().__contains__,
    "side": SIDES.__contains__,
    "pairs": PAIRS.__contains__,
    "label": Label.codes().__contains__,
    "fell": Threshold.codes().__contains__,
    "kind": IncidentKind.codes().__contains__,
}
"""The words of an address, and which of them ask for something."""
