"""What a person says of a session: scores, what was done, and the answer to the reminders."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from sessions_app.safety.situation import PlannedSession
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.reasons import MissingReason, StopReason
from sessions_app.vocabulary.records import Interruption, Position, Product, Reaction, Reporter
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.techniques import Technique

NOTES = (
    ("subjective", "S: what the patient said"),
    ("objective", "O: what was seen and felt"),
    ("assessment", "A: response"),
    ("plan_note", "P: next time, messages to the team"),
)


@dataclass(frozen=True)
class Rating:
    """One score, or the reason why there is none: exactly one of the two."""

    value: int | None = None
    missing: MissingReason | None = None
    reporter: Reporter = Reporter.PATIENT

    def __post_init__(self) -> None:
        """Refuse a score that is also missing, and a missing score without its reason."""
        if (self.value is None) == (self.missing is None):
            raise ValueError("a rating is a score or a reason why there is none")


Ratings = Mapping[Scale, Rating]


@dataclass(frozen=True)
class Care:
    """What is planned, or was done, in a session. Pressures are per site, 0 to 5."""

    techniques: frozenset[Technique] = frozenset()
    pressures: Mapping[BodySite, int] = field(default_factory=dict)
    minutes: int | None = None
    position: Position | None = None
    product: Product | None = None
    interruptions: tuple[Interruption, ...] = ()
    reaction: Reaction | None = None
    reaction_text: str = ""
    stopped_early_reason: StopReason | None = None
    stopped_early_text: str = ""
    subjective: str = ""
    objective: str = ""
    assessment: str = ""
    plan_note: str = ""

    def planned(self) -> PlannedSession:
        """Return what the safety rules look at in it."""
        return PlannedSession(
            techniques=self.techniques,
            pressures=dict(self.pressures),
            minutes=self.minutes,
            position=self.position,
            product=self.product,
            stopped_early=self.stopped_early_reason is not None,
        )

    def columns(self) -> dict[str, Any]:
        """Return the session's columns, as they are stored and audited."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        del values["pressures"]
        values["techniques"] = sorted(one.value for one in self.techniques)
        values["interruptions"] = [one.value for one in self.interruptions]
        for name in ("position", "product", "reaction", "stopped_early_reason"):
            values[name] = values[name].value if values[name] else ""
        return values


@dataclass(frozen=True)
class Answers:
    """What was answered to the reminders.

    `shown` is the digest of the verdict that was on the form: an answer counts only for what was
    in fact shown. `reason` is for choices beyond a limit, or for starting in spite of a stop.
    `seconds` went by since the question was first on the form, None where nobody knows.
    `what_happened`, or that it is `not_known`, answers a pain that rose. `is_another` says that the
    session is one more, whatever else lies in its time; whoever does not ask leaves it so.
    """

    shown: str = ""
    confirmed: bool = False
    reason: str = ""
    seconds: int | None = None
    what_happened: str = ""
    not_known: bool = False
    is_another: bool = True
