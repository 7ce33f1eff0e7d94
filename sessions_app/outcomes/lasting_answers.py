"""«Does it last?» in sentences; each says what it cannot show."""

from sessions_app.outcomes.durability import AtNumber, Lasting, Later
from sessions_app.outcomes.enough import MINIMUM_PATIENTS
from sessions_app.outcomes.spoken import as_sentence, counted, more_or_less, percent
from sessions_app.vocabulary.coded import Coded
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timepoints import TimePoint

THINNED = (
    "Those who were discharged or died are missing from the later ones, so this is not how one "
    "patient goes on."
)


class Along(Coded):
    """What the numbers count: the sessions of a course, or its weeks."""

    SESSIONS = "sessions", "before session", "session numbers"
    WEEKS = "weeks", "in week", "weeks"


def along(scale: Scale, found: tuple[AtNumber, ...], numbers: Along = Along.SESSIONS) -> str:
    """How was the score at the first number, and at the last one with enough patients?"""
    shown = [one for one in found if one.mean is not None]
    if len(shown) < 2:
        return (
            f"Needs two {numbers.meaning} with {MINIMUM_PATIENTS} patients each; "
            f"you have {len(shown) or 'none'}."
        )
    told = " and ".join(
        f"{one.mean:.2f} {numbers.label} {one.number} ({counted(one.patients, 'patient')})"
        for one in (shown[0], shown[-1])
    )
    return f"On average {scale.label.lower()} was {told}. {THINNED}"


def still_there(scale: Scale, found: Lasting) -> str:
    """How much of the change was still there at the next visit?"""
    if found.share is None or found.low is None or found.high is None:
        return as_sentence(found.hidden_because)
    return (
        f"When patients came again within 72 hours, {percent_of(found.share)} of the change in "
        f"{scale.label.lower()} was still there before the next session (95 % interval "
        f"{percent_of(found.low)} to {percent_of(found.high)}; {counted(found.pairs, 'pair')} "
        f"of sessions from {counted(found.patients, 'patient')})."
    )


def later_answer(scale: Scale, when: TimePoint, found: Later) -> str:
    """How was the score at a later time, beside right after the same sessions?"""
    later, at_once = found.later, found.at_once
    if later.mean is None or at_once.mean is None:
        return as_sentence(f"{when.label.lower()}: {later.hidden_because}")
    return (
        f"{when.label}: beside the score before the session, {scale.label.lower()} was "
        f"{more_or_less(scale, later.mean)} on average; right after the same sessions "
        f"{more_or_less(scale, at_once.mean)} ({counted(later.sessions, 'session')} from "
        f"{counted(later.patients, 'patient')}; {found.missing} without this score)."
    )


def percent_of(share: float) -> str:
    """A percentage that may lie below 0 or above 100."""
    if -0.01 < share < 0:
        return "just below 0 %"
    return percent(share) if share >= 0 else f"−{percent(-share)}"
