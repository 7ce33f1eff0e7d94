"""What a session was told: the situation as the rules read it, what they said, what was answered.

A receipt is what a past session can be judged by again, with other rules. It is written once and
never changed. Its form has a number: one of another form is refused, by the receipt's name.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sessions_app.safety.catalogue import CATALOGUE
from sessions_app.safety.orders import Order
from sessions_app.safety.rule import Rule
from sessions_app.safety.situation import Situation
from sessions_app.safety.verdict import Break, Verdict
from sessions_app.safety.written import Unreadable, codec
from sessions_app.vocabulary.severity import Level

FORM = 1
"""The number of the written form. It rises when what was written before can be read no more."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding as it was shown: which rule, which version of it, how strongly."""

    rule: str
    version: int
    level: Level


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered; ``seconds`` since the question was first shown, None where unknown."""

    confirmed: bool = False
    reason: str = ""
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """One asking of the rules. ``edition`` names the catalogue, every rule with its version."""

    asked: Situation
    orders: tuple[Order, ...]
    edition: str
    shown: tuple[Shown, ...]
    breaks: tuple[Break, ...] = ()
    answered: Answered = field(default_factory=Answered)


_BREAKS = codec(tuple[Break, ...])


def versions_of(catalogue: Iterable[Rule] = CATALOGUE) -> list[str]:
    """Return every rule as «id.version», in the order of the ids."""
    return sorted(f"{rule.id}.{rule.version}" for rule in catalogue)


def edition_of(catalogue: Iterable[Rule] = CATALOGUE) -> str:
    """Return 16 hex digits that stay the same as long as every rule has the same version."""
    return sha256("\n".join(versions_of(catalogue)).encode()).hexdigest()[:16]


EDITION = edition_of()
"""The edition of the catalogue that this program carries."""


def receipt_of(verdict: Verdict, answered: Answered) -> Receipt:
    """Return the receipt of a verdict. Raises ``ValueError`` for one that nobody asked for."""
    if verdict.asked is None:
        raise ValueError("the verdict does not say what was asked")
    shown = tuple(Shown(one.rule, one.version, one.level) for one in verdict.findings)
    return Receipt(verdict.asked, verdict.orders, EDITION, shown, verdict.breaks, answered)


def serialise(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt as JSON can hold it."""
    return {"form": FORM, **codec(Receipt).write(receipt)}


def parse(written: Any, name: str = "") -> Receipt:
    """Return the receipt that was written. Raises ``Unreadable``, which names the receipt."""
    receipt: Receipt = _read(written, codec(Receipt).read, name)
    return receipt


def breaks_of(written: Any, name: str = "") -> tuple[Break, ...]:
    """Return only the limits that were passed. Raises ``Unreadable``, which names the receipt."""
    breaks: tuple[Break, ...] = _read(
        written, lambda said: _BREAKS.read(said.get("breaks", [])), name
    )
    return breaks


def _read(written: Any, read: Callable[[dict[str, Any]], Any], name: str) -> Any:
    try:
        form = written.get("form") if isinstance(written, dict) else None
        if form != FORM:
            raise Unreadable(f"it is of form {form!r}, and this program reads form {FORM}")
        return read({key: value for key, value in written.items() if key != "form"})
    except Unreadable as amiss:
        raise Unreadable(f"Receipt {name or 'without a name'} cannot be read: {amiss}.") from None
