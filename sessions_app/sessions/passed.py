"""Which limits a stored session went past: what was done, what was to be kept, and why.

The receipt holds each limit that was passed; the reminders hold the words in which it was told.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sessions_app.safety.checks import capital
from sessions_app.safety.receipt import breaks_of
from sessions_app.safety.verdict import Break
from sessions_app.safety.written import Unreadable
from sessions_app.sessions.models import ReminderShown, Session, SessionReceipt
from sessions_app.vocabulary.body_sites import BodySite, in_few_words
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.records import Phase
from sessions_app.vocabulary.severity import Level

SITES_NAMED = 3
IN_SPITE_OF_A_STOP = "Held in spite of a stop"
_PRESSURE = dict(Pressure.choices())


@dataclass(frozen=True)
class Passed:
    """One limit: what was done beside what was to be kept, and the reminders that told it."""

    what: str
    because: tuple[str, ...]

    def __str__(self) -> str:
        """Return both as sentences."""
        return " ".join([f"{self.what}.", *self.because])


def passed_of(session: Session, receipts: Iterable[SessionReceipt]) -> tuple[Passed, ...]:
    """Return the limits that a session went past, and the stops in spite of which it was held.

    `receipts` are those of this session. Where none can be read, the reminders tell what was done
    at their sites; whether that was past a limit stands in their own words.
    """
    reminders = [one for one in session.reminders.all() if one.overridden is not False]
    try:
        found = tuple(_limits(receipts, reminders))
    except Unreadable:
        found = ()
    return (*found, *_stops(reminders)) or tuple(_touched(session, reminders))


def _limits(
    receipts: Iterable[SessionReceipt], reminders: Sequence[ReminderShown]
) -> Iterator[Passed]:
    """Give what was done; what was only planned so, and then not done, is said to be planned."""
    last_first = sorted(receipts, key=lambda one: one.made_at, reverse=True)
    known: set[Break] = set()
    for receipt in last_first:
        name = str(receipt.pk)
        new = [one for one in breaks_of(json.loads(receipt.written), name) if one not in known]
        known |= {*new}
        planned = "Planned. " if receipt.phase == Phase.START else ""
        for words, rules in _in_words(new).items():
            because = dict.fromkeys(one.message for one in reminders if one.rule in rules)
            yield Passed(planned + words, tuple(because))


def _in_words(breaks: Iterable[Break]) -> dict[str, tuple[str, ...]]:
    """Return each limit in words, all sites of one limit as one, with the rules that set it."""
    sites: dict[tuple[str, tuple[str, ...]], list[BodySite]] = {}
    words: dict[str, tuple[str, ...]] = {}
    for one in breaks:
        if one.site is None:
            words[capital(f"{one.label}: {one.limit_words}")] = one.rules
        else:
            sites.setdefault((one.limit_words, one.rules), []).append(one.site)
    for (limit, rules), where in sites.items():
        words[f"{_named(where)}: {limit}"] = rules
    return words


def _stops(reminders: Iterable[ReminderShown]) -> Iterator[Passed]:
    """Give the stops that were not heeded, each once."""
    stops = (one.message for one in reminders if one.overridden and _is_stop(one))
    for message in dict.fromkeys(stops):
        yield Passed(IN_SPITE_OF_A_STOP, (message,))


def _is_stop(reminder: ReminderShown) -> bool:
    return Level(reminder.level).rank >= Level.STOP.rank


def _touched(session: Session, reminders: Iterable[ReminderShown]) -> Iterator[Passed]:
    """Give what was done at the sites of each reminder; nothing where no hand touched them."""
    pressures = {BodySite(row.site): row.pressure for row in session.sites.all()}
    for reminder in reminders:
        named = {BodySite(code) for code in reminder.sites} or set(BodySite)
        touched = {site: pressures[site] for site in pressures if site in named}
        if touched:
            firmest = max(touched.values())
            where = [site for site in BodySite if touched.get(site) == firmest]
            what = f"{_named(where)}: {_PRESSURE[firmest]}"
            yield Passed(what, (reminder.message,))


def _named(sites: Sequence[BodySite]) -> str:
    names = in_few_words(sites)
    return capital("; ".join(names)) if len(names) <= SITES_NAMED else f"{len(sites)} sites"
