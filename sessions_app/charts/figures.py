"""How a number is written in a chart and in its table: the same in both."""

from collections.abc import Iterable
from math import isfinite

MINUS = "\N{MINUS SIGN}"
NOTHING = "–"
"""What stands where there is no number. Never a 0, which is a number."""

PERCENT = "\N{NO-BREAK SPACE}%"
"""The sign stays on the line of its number."""


def decimal(value: float | None, places: int = 1) -> str:
    """Write «2.5» or «−0.4»; whole numbers of the type ``int`` have no decimals."""
    if value is None or not isfinite(value):
        return NOTHING
    text = f"{abs(value):.{0 if isinstance(value, int) else places}f}"
    return MINUS + text if value < 0 and float(text) else text


def signed(value: float | None, places: int = 1) -> str:
    """Write a change with its sign: «+1.9», «−0.4», «0.0»."""
    text = decimal(value, places)
    plain = text in (NOTHING, "") or text.startswith(MINUS) or not float(text)
    return text if plain else f"+{text}"


def span(low: float | None, high: float | None, places: int = 1) -> str:
    """Write an interval of changes: «+1.6 to +2.2»; nothing where it has no ends."""
    if low is None or high is None:
        return ""
    return f"{signed(low, places)} to {signed(high, places)}"


def counted(number: int, one: str, many: str = "") -> str:
    """Write «1 week», «2 weeks»."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def sentence(*parts: str) -> str:
    """Join what is said into one line of sentences, each with its full stop."""
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def unbroken(words: str) -> str:
    """Keep each sign of percent on the line of its number."""
    return words.replace(" %", PERCENT)


def listed(words: Iterable[str]) -> str:
    """Join as in a sentence: «a, b and c»."""
    said = list(words)
    return " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))


def known(value: float | None) -> float | None:
    """Return the number, or None where it is none: also for what no sum can have meant."""
    return value if value is not None and isfinite(value) else None
