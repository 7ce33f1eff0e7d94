"""How facts and dates are told in a reminder: plain, short, with the date and the source."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from sessions_app.safety.facts import Fact
from sessions_app.vocabulary.body_sites import listed
from sessions_app.vocabulary.months import MONTHS


def day(when: date) -> str:
    """Return a date as «3 Nov 2026», the same on every machine whatever its language."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def dated(fact: Fact, today: date, *, lifelong: bool = False) -> str:
    """Return when the fact was observed and who says so, and whether it is to be asked again."""
    when = day(fact.observed_on)
    if fact.is_ahead(today):
        when = f"dated {when}, which is still to come: check the date"
    elif not lifelong and not fact.is_current(today):
        when = f"last confirmed on {when}, ask whether still so"
    return f"{when}; {fact.source}" if fact.source else when


def told(facts: Iterable[Fact], today: date, *, lifelong: bool = False) -> str:
    """Return the facts in one line: «left hip (3 Nov 2026; CT report), …»."""
    return ", ".join(
        f"{listed(fact.sites) or 'place not recorded'} ({dated(fact, today, lifelong=lifelong)})"
        for fact in facts
    )


def named(facts: Iterable[Fact], today: date, *, lifelong: bool = False) -> str:
    """Return the facts in one line by their kind, where the place does not matter."""
    return ", ".join(
        f"{fact.kind.label.lower()} ({dated(fact, today, lifelong=lifelong)})" for fact in facts
    )


class Sentence(NamedTuple):
    """A sentence over facts that is spelled when somebody reads it; the same where it says so."""

    spell: Callable[[tuple[Fact, ...], date, bool], str]
    facts: tuple[Fact, ...]
    today: date
    lifelong: bool = False

    def __str__(self) -> str:
        """Spell it."""
        return self.spell(self.facts, self.today, self.lifelong)


def measured(fact: Fact, today: date, *, ask_again: bool = False) -> str:
    """Return a measurement with its day: «45 10⁹/L (3 Nov 2026; lab)», an old one with its age."""
    if fact.is_ahead(today) or not ask_again:
        return f"{fact.value_words} ({dated(fact, today)})"
    age = (today - fact.observed_on).days
    ago = f"{age} days ago" if age > 1 else "yesterday" if age else "today"
    source = f"; {fact.source}" if fact.source else ""
    return f"{fact.value_words} (of {day(fact.observed_on)}, {ago}{source}: ask for a new one)"
