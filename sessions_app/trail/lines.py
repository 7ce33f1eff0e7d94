"""An event as a person reads it: who did what, and each value before and after."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps

from sessions_app.audit.events import Event
from sessions_app.audit.models import AuditEvent
from sessions_app.spreadsheet import harmless

COMMAND = "a command on the server"
HIDDEN = "about a patient: not shown to your role"
NOT_ABOUT_PATIENTS = frozenset({"clinic", "person", "protocol", "audit", "mail"})
"""The groups of events whose values every reader of the trail sees. A new group is not shown to
who sees no charts until it is named here."""
HEAD = ("link", "time", "who", "what", "about", "its id", "value", "before", "after")


@dataclass(frozen=True)
class Line:
    """One event. `values` are (name, before, after); empty where they are `hidden`."""

    event: AuditEvent
    label: str
    meaning: str
    who: str
    about: str
    values: tuple[tuple[str, str, str], ...]
    hidden: bool

    @classmethod
    def of(cls, event: AuditEvent, sees_patients: bool) -> "Line":
        """Read an event for somebody who sees charts, or does not."""
        label, meaning = _words_of(event.action)
        hidden = not sees_patients and event.action.split(".")[0] not in NOT_ABOUT_PATIENTS
        values = () if hidden else tuple(_values(event))
        who = event.actor_name or COMMAND
        return cls(event, label, meaning, who, _thing(event.subject_type), values, hidden)


def as_csv(lines: Iterable[Line], zone: ZoneInfo) -> Iterator[str]:
    """Yield a file piece by piece: a line for each value, or one for an event without any."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield "\ufeff" + writer.writerow(HEAD)
    for line in lines:
        row = line.event
        at = row.at.astimezone(zone).isoformat(timespec="seconds")
        said = [str(row.seq), at, line.who, line.label, line.about, str(row.subject_id)]
        for values in line.values or (("", "", HIDDEN if line.hidden else ""),):
            yield writer.writerow(harmless((*said, *values)))


class _Echo:
    """Takes what a writer writes and hands it back."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


def _words_of(action: str) -> tuple[str, str]:
    try:
        event = Event(action)
    except ValueError:  # written by a later release
        return action, ""
    return event.label, event.meaning


def _thing(subject_type: str) -> str:
    """Say what kind of thing an event is about: «clinical fact», not «clinicalfact»."""
    try:
        return str(apps.get_model("sessions_app", subject_type)._meta.verbose_name)
    except LookupError:  # written by another release
        return _spaced(subject_type)


def _values(event: AuditEvent) -> Iterator[tuple[str, str, str]]:
    for name in dict.fromkeys([*event.old, *event.new]):
        yield _spaced(name), _word(event.old.get(name)), _word(event.new.get(name))


def _word(value: Any) -> str:
    """Return a value as text; nothing is a dash, 0 is «0»."""
    if value is None or value == "" or value == [] or value == {}:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{_spaced(str(key))}: {_word(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(_word(item) for item in value)
    return str(value)


def _spaced(name: str) -> str:
    return name.replace("_", " ")
