"""What the reminders want to know before a form is saved, and what of the answer is missing."""

from dataclasses import dataclass

from sessions_app.safety.catalogue import rule
from sessions_app.safety.findings import Finding
from sessions_app.safety.verdict import Break, Verdict
from sessions_app.sessions.policies import lacks_what_happened, must_answer, passes_limits
from sessions_app.sessions.record import Answers
from sessions_app.vocabulary.records import Position, Product
from sessions_app.vocabulary.techniques import Technique


@dataclass(frozen=True)
class BrokenLine:
    """One choice beyond a limit: its name, where it stands on the page, the limit, and why."""

    label: str
    link: str
    words: str
    why: str


@dataclass(frozen=True)
class Question:
    """What a form is asked back.

    `shown` is the digest that a tick answers. `is_refused` is a stop that this person cannot
    pass; `unticking_helps` says that it comes from the plan, not from the patient's facts alone.
    `stood` are the stops that a session being recorded was held against. `rise` is by how much
    pain rose, where that asks what happened.
    """

    stops: tuple[Finding, ...]
    stood: tuple[Finding, ...]
    breaks: tuple[BrokenLine, ...]
    shown: str
    ticked: bool
    is_refused: bool
    unticking_helps: bool
    asks_tick: bool
    asks_reason: bool
    lacks_tick: bool
    lacks_reason: bool
    rise: int = 0
    lacks_what_happened: bool = False

    @property
    def asks(self) -> bool:
        """Say whether anything is asked at all."""
        return self.is_refused or self.asks_tick or self.asks_reason

    @property
    def is_one_tick(self) -> bool:
        """Say whether a tick is all that is asked."""
        return not (self.is_refused or self.asks_reason or self.stops or self.breaks or self.stood)

    @property
    def holds_back(self) -> bool:
        """Say whether the form cannot be saved as it is, for a tick, a reason, or a stop."""
        return self.is_refused or self.lacks_tick or self.lacks_reason

    @property
    def fact_is_missing(self) -> bool:
        """Say whether a stop stands because something is not recorded."""
        return any(not finding.facts for finding in self.stops)

    @property
    def an_order_helps(self) -> bool:
        """Say whether a clinician's order can lift every stop that stands."""
        return bool(self.stops) and all(rule(one.rule).lift is not None for one in self.stops)


@dataclass(frozen=True)
class Asker:
    """What the answer depends on besides the verdict."""

    starting: bool
    may_start_despite: bool
    standing: Verdict
    confirmed_before: frozenset[str] = frozenset()
    rise: int = 0


def question_of(verdict: Verdict, asker: Asker, answers: Answers, *, trust: bool) -> Question:
    """Return what a verdict asks. `trust` lets a tick stand whatever it was set for."""
    stops = verdict.stops if asker.starting else ()
    refused = bool(stops) and not asker.may_start_despite
    helps = refused and not asker.standing.stops
    # Once the site is unticked, a tick is asked for what stands: it can be set at the same time.
    asked = asker.standing if helps else verdict
    same = answers.confirmed and (trust or answers.shown == asked.digest())
    asks_tick = must_answer(asked, asker.confirmed_before) and (helps or not refused)
    past = passes_limits(verdict, asker.confirmed_before)
    asks_reason = not refused and (bool(stops) or past)
    stood = () if asker.starting or not past else verdict.stops
    return Question(
        stops=stops,
        stood=stood,
        breaks=tuple(_line(each, verdict) for each in verdict.breaks),
        shown=answers.shown if same and answers.shown else asked.digest(),
        ticked=same,
        is_refused=refused,
        unticking_helps=helps,
        asks_tick=asks_tick,
        asks_reason=asks_reason,
        lacks_tick=asks_tick and not same,
        lacks_reason=asks_reason and not answers.reason,
        rise=asker.rise,
        lacks_what_happened=lacks_what_happened(answers, asker.rise),
    )


def _line(broken: Break, verdict: Verdict) -> BrokenLine:
    titles = {finding.rule: finding.title for finding in verdict.findings}
    why = ", ".join(dict.fromkeys(titles.get(rule, rule) for rule in broken.rules))
    return BrokenLine(broken.label, _place(broken), broken.limit_words, why)


def _place(broken: Break) -> str:
    """Return the id of the place on the page where the choice was made."""
    if broken.site is not None:
        return f"site-{broken.site.value}"
    places: dict[type, str] = {Technique: "techniques", Position: "position", Product: "product"}
    return f"id_{places.get(type(broken.what), 'minutes')}"
