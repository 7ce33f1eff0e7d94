"""Each panel's answer in one sentence, from its numbers; what is hidden says what it needs.

Only «change from before to after» is told, never what brought it about; and whoever reads
«cannot be told» is told why.
"""

from collections.abc import Mapping, Sequence

from sessions_app.outcomes.bands import BandTable
from sessions_app.outcomes.completeness import Completeness, Sensitivity
from sessions_app.outcomes.enough import MINIMUM_PATIENTS
from sessions_app.outcomes.funnel import Funnel
from sessions_app.outcomes.responders import LEAST_BEFORE, Threshold, who_counts
from sessions_app.outcomes.spoken import (
    as_sentence,
    counted,
    least_to_most,
    more_or_less,
    percent,
    points,
    way,
)
from sessions_app.outcomes.summary import MeanChange
from sessions_app.outcomes.suppression import SMALLEST_SHOWN
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.scales import Scale

_LEAST = {
    Threshold.THIRTY_PERCENT: "at least 30 %",
    Threshold.TWO_POINTS: "at least 2 points",
}


def happening(planned: int, given: int, reasons: dict[NotGivenReason, int]) -> str:
    """Are planned sessions happening? ``planned`` is given and not given together."""
    if not planned:
        return "No session was planned in this time."
    words = f"Given: {given} of {counted(planned, 'planned session')} ({percent(given / planned)})"
    if not reasons:
        return f"{words}."
    most = max(reasons.values())
    often = " and ".join(f"«{why.label}»" for why in NotGivenReason if reasons.get(why) == most)
    return f"{words}; the most frequent reason for not giving one was {often} ({most})."


def changed(scale: Scale, change: MeanChange, missing: int) -> str:
    """Is it better after sessions than before, and how sure are we?"""
    if change.mean is None or change.low is None or change.high is None:
        return as_sentence(change.hidden_because)
    name = scale.label.lower()
    behind = (
        f"{counted(change.sessions, 'session')} from {counted(change.patients, 'patient')}; "
        f"{missing} without both scores"
    )
    if change.low > 0 or change.high < 0:
        low, high = sorted((abs(change.low), abs(change.high)))
        by = f"{points(change.mean)} {way(scale, change.mean)}"
        return (
            f"After sessions {name} was {by} than before, "
            f"on average (95 % interval {low:.2f} to {high:.2f}; {behind})."
        )
    if change.low == change.high == 0:
        same = "the same as before, on average, for every patient"
        return f"After sessions {name} was {same} ({behind})."
    return (
        f"Whether {name} is lower or higher after sessions cannot be told from these: the 95 % "
        f"interval reaches from {more_or_less(scale, change.low)} to "
        f"{more_or_less(scale, change.high)} ({behind})."
    )


def changed_in(scale: Scale, arms: Sequence[MeanChange]) -> str:
    """Is it better after sessions than before, arm by arm? Those with too few patients are out."""
    told = [one for one in arms if one.low is not None and one.high is not None]
    if not told:
        return f"{scale.label}: no arm has {MINIMUM_PATIENTS} patients with both scores yet."
    ways = ("higher", "lower") if scale.higher_is_better else ("lower", "higher")
    better = sum((one.low or 0) > 0 for one in told)
    worse = sum((one.high or 0) < 0 for one in told)
    parts = [
        f"{ways[0]} after sessions than before in {better or 'none'} of {counted(len(told), 'arm')}"
    ]
    parts += [f"{ways[1]} in {worse}"] if worse else []
    parts += [f"not to be told in {rest}"] if (rest := len(told) - better - worse) else []
    return f"{scale.label}, by the 95 % intervals: {', '.join(parts)}."


def responded_in(arms: Mapping[Threshold, Sequence[float]], *, withheld: bool = False) -> str:
    """How many sessions ended with clearly less pain? The share of each arm that may be told.

    ``withheld`` says that there are others.
    """
    said = [
        f"{least_to_most(shares)} ended with {_LEAST[one]} less ({counted(len(shares), 'arm')})"
        for one, shares in arms.items()
        if shares
    ]
    if said:
        of = f"By arm, of the sessions that began with pain of {LEAST_BEFORE} or more"
        return f"{of}: {'; '.join(said)}."
    if withheld:
        return "How many sessions ended with clearly less pain is not shown."
    return f"No arm has {MINIMUM_PATIENTS} {who_counts()} yet."


def moved(table: BandTable) -> str:
    """From which band to which?"""
    if not table.sessions:
        return "No session with both scores in this time."
    return (
        f"{table.better} of {counted(table.sessions, 'session')} ended in a better band than "
        f"before ({percent(table.better / table.sessions)}), {table.same} in the same, "
        f"{table.worse} in a worse one."
    )


def complete(found: Completeness) -> str:
    """How complete are the scores?"""
    if not found.sessions:
        return "No session was given in this time."
    share = found.complete / found.sessions
    words = (
        f"Both scores are there for {found.complete} of "
        f"{counted(found.sessions, 'given session')} ({percent(share)}); written down more than 24 "
        f"hours later: {found.late}."
    )
    if found.much_is_missing:
        words += " More than a fifth lack a score, so a mean of the others may mislead."
    return words


def bounded(scale: Scale, found: Sensitivity) -> str:
    """What could the missing after-scores do to the mean?"""
    means = (found.observed.mean, found.no_change.mean, found.worst_case.mean)
    observed, no_change, worst = means
    if observed is None or no_change is None or worst is None:
        return as_sentence(found.observed.hidden_because)
    if not found.filled:
        return "No session has a score before and none after, so nothing had to be assumed."
    return (
        f"On average {scale.label.lower()} was {more_or_less(scale, observed)} after sessions; "
        f"had the {counted(found.filled, 'session')} without a score after brought no change, "
        f"{more_or_less(scale, no_change)}; had all of them ended at the worst score, "
        f"{more_or_less(scale, worst)}."
    )


def unwanted(given: int, incidents: int, reactions: int, beyond: int) -> str:
    """Was anything unwanted seen or told in the given sessions?"""
    if not given:
        return "No session was given in this time."
    # Of a handful «per 100» would say more than is known.
    enough = incidents and given >= MINIMUM_PATIENTS
    rate = f" ({100 * incidents / given:.1f} per 100)" if enough else ""
    told = f"{counted(incidents, 'incident') if incidents else 'No incident'}{rate}"
    return (
        f"{told} in {counted(given, 'given session')}; a reaction was described in "
        f"{reactions or 'none'} of them, a limit was passed in {beyond or 'none'}."
    )


def outside(found: Mapping[Scale, Funnel], noun: str) -> str:
    """For how many is chance alone unlikely, scale by scale? None is named, and none ranked."""
    if all(one.centre is None for one in found.values()):
        return as_sentence(next(iter(found.values())).hidden_because)
    told = "; ".join(f"{scale.label.lower()}, {_beyond(one, noun)}" for scale, one in found.items())
    return (
        f"Outside the limits that chance alone would keep 95 % within: {told}. This is no ranking: "
        "patients differ, as their mean score before shows."
    )


def _beyond(one: Funnel, noun: str) -> str:
    if one.centre is None:
        return one.hidden_because
    return f"{one.beyond or 'none'} of {counted(len(one.units), noun)}"


def left_out(number: int, noun: str = "clinic") -> str:
    """What is said of units that have no place in a funnel that leaves the clinic."""
    if not number:
        return ""
    is_not = "is" if number == 1 else "are"
    return (
        f"{counted(number, noun)} {is_not} left out: fewer than {MINIMUM_PATIENTS} patients with "
        "both scores, or one that would give these away."
    )


def withheld(hidden: int, figures: int) -> str:
    """What is said under a table that leaves the clinic."""
    if not hidden:
        return ""
    return (
        f"Not shown: {hidden} of {counted(figures, 'figure')}. Each tells of fewer than "
        f"{SMALLEST_SHOWN} patients, or would give away one that does."
    )
