"""Numbers in words, for the answers."""

from collections.abc import Sequence

from sessions_app.vocabulary.scales import Scale

UNCHANGED = "unchanged"


def as_sentence(reason: str) -> str:
    """Such as «Needs 10 patients with both scores; you have 4.»"""
    return f"{reason[:1].upper()}{reason[1:]}." if reason else ""


def counted(number: int, noun: str) -> str:
    """Such as «1 session» and «0 sessions»."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def percent(share: float) -> str:
    """A whole percentage; what is neither none nor all is not rounded to it."""
    if 0 < share < 0.01:
        return "less than 1 %"
    if 0.99 < share < 1:
        return "more than 99 %"
    return f"{100 * share:.0f} %"


def least_to_most(shares: Sequence[float]) -> str:
    """Such as «41 % to 55 %», or «41 %» where all are the same."""
    return " to ".join(dict.fromkeys(percent(one) for one in (min(shares), max(shares))))


def points(change: float) -> str:
    """The size of a change."""
    return f"{abs(change):.2f} points"


def way(scale: Scale, improvement: float) -> str:
    """Whether the score went up or down; improvement is positive on every scale."""
    return "higher" if (improvement > 0) is scale.higher_is_better else "lower"


def more_or_less(scale: Scale, improvement: float) -> str:
    """Such as «0.30 points lower»; what rounds to nought is «unchanged»."""
    if round(abs(improvement), 2) == 0:
        return UNCHANGED
    return f"{points(improvement)} {way(scale, improvement)}"
