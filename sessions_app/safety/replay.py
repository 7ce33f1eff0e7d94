"""Past sessions asked again: which rules would have spoken, and which did then.

The situation is the one on the receipt, the clinic's settings of that day included; only the rules
are the present ones, with other thresholds where somebody wants to know.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from itertools import groupby
from operator import itemgetter

from sessions_app.safety.assess import shown_rules
from sessions_app.safety.catalogue import CATALOGUE, THRESHOLDS
from sessions_app.safety.receipt import Receipt, parse
from sessions_app.safety.thresholds import Bounds
from sessions_app.safety.written import Unreadable

Settings = Mapping[str, Decimal]
Written = tuple[str, str, str]
"""A receipt as it is stored: its session, its own name, its text."""


class NoSuchSetting(ValueError):
    """A threshold that is not there, or a value that no clinic may set; the message says which."""


@dataclass
class Tally:
    """In how many sessions each rule spoke: then, now, only now, only then.

    `unreadable` names the sessions' receipts that could not be read; those sessions count nowhere.
    """

    sessions: int = 0
    then: Counter[str] = field(default_factory=Counter)
    now: Counter[str] = field(default_factory=Counter)
    new: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    unreadable: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Take in what was counted elsewhere."""
        self.sessions += other.sessions
        for name in ("then", "now", "new", "gone"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.unreadable += other.unreadable

    def count(self, receipts: Iterable[Receipt], settings: Settings) -> None:
        """Count one session by all its receipts: a rule that spoke twice in it counts once."""
        then, now = set[str](), set[str]()
        for receipt in receipts:
            then |= {one.rule for one in receipt.shown}
            now |= _rules_now(receipt, settings)
        self.sessions += 1
        self.then += Counter(then)
        self.now += Counter(now)
        self.new += Counter(now - then)
        self.gone += Counter(then - now)

    @property
    def rules(self) -> list[str]:
        """The rules of the catalogue in its order, then those that are there no more."""
        present = [rule.id for rule in CATALOGUE]
        return [*present, *sorted((self.then.keys() | self.now.keys()) - set(present))]


def _rules_now(receipt: Receipt, settings: Settings) -> frozenset[str]:
    """Return the rules that the present catalogue would show for a past situation."""
    asked = receipt.asked
    if settings:
        asked = replace(asked, bounds=Bounds({**asked.bounds.settings, **settings}))
    return shown_rules(asked, receipt.orders)


def replay(rows: Iterable[Written], settings: Settings) -> Tally:
    """Count over stored receipts, one session at a time; those of a session stand together."""
    tally = Tally()
    for _, same in groupby(rows, key=itemgetter(0)):
        try:
            receipts = [_read(name, text) for _, name, text in same]
        except Unreadable as refusal:
            tally.unreadable.append(str(refusal))
        else:
            tally.count(receipts, settings)
    return tally


def _read(name: str, text: str) -> Receipt:
    try:
        return parse(json.loads(text), name)
    except json.JSONDecodeError:
        raise Unreadable(f"Receipt {name} cannot be read: it is no JSON.") from None


def setting(text: str) -> tuple[str, Decimal]:
    """Read «key=value». Raises NoSuchSetting, also for a value looser than the floor."""
    key, _, value = (part.strip() for part in text.partition("="))
    threshold = THRESHOLDS.get(key)
    if threshold is None:
        raise NoSuchSetting(f"There is no threshold «{key}»: {', '.join(sorted(THRESHOLDS))}.")
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise NoSuchSetting(f"{threshold.label}: «{value}» is no number.")
    if threshold.is_too_loose(number):
        raise NoSuchSetting(
            f"{threshold.label}: no clinic may set it looser than {threshold.floor:,f} "
            f"{threshold.unit}."
        )
    return key, number
