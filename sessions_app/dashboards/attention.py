"""What needs a supervisor's eyes: sessions beyond a limit, and reactions that were described.

All of it is what was stored with the session: the sites with their pressures, the reminders as
they were shown, the reason that was given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch

from sessions_app.clinics.models import Membership
from sessions_app.sessions.emergency_model import EmergencySeen
from sessions_app.sessions.incident_model import Incident
from sessions_app.sessions.models import ReminderShown, Session
from sessions_app.sessions.querysets import SessionQuerySet
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.records import Reaction

LINES_SHOWN = 20
SITES_NAMED = 3
_PRESSURE = dict(Pressure.choices())


@dataclass(frozen=True)
class AttentionLine:
    """One session with what makes it worth reading; `limits` is empty for a reaction."""

    session: Session
    limits: tuple[str, ...]
    reaction: str


@dataclass(frozen=True)
class AttentionList:
    """One list, cut into pages; `code` stands in the address that asks for it alone."""

    code: str
    heading: str
    nothing: str
    page: Page[Session]
    lines: tuple[AttentionLine, ...]


_LISTS = {
    "beyond": ("Beyond a limit", "No session went beyond a limit."),
    "reactions": ("A reaction was described", "No reaction was described."),
}


@dataclass(frozen=True)
class Unclosed:
    """The emergencies and incidents that no supervisor has closed, the newest of each."""

    emergencies: tuple[EmergencySeen, ...]
    incidents: tuple[Incident, ...]
    today: date
    there_are_more: bool


def unclosed_of(by: Membership, now: datetime) -> Unclosed:
    """Return what is still open in a clinic, in two queries."""
    mine, one_more = {"clinic_id": by.clinic_id}, LINES_SHOWN + 1
    seen = EmergencySeen.objects.filter(**mine).still_open().newest_first()[:one_more]
    told = Incident.objects.filter(**mine).still_open().told().newest_first()[:one_more]
    emergencies, incidents = tuple(seen), tuple(told)
    return Unclosed(
        emergencies=emergencies[:LINES_SHOWN],
        incidents=incidents[:LINES_SHOWN],
        today=now.astimezone(by.clinic.zone).date(),
        there_are_more=max(len(emergencies), len(incidents)) > LINES_SHOWN,
    )


def attention_of(
    sessions: SessionQuerySet, by: Membership, only: str = "", page: str | None = None
) -> list[AttentionList]:
    """Return the lists of a clinic's sessions; `only` asks for one, and a page of it."""
    if only:
        return [_list(only, sessions, by, page)]
    return [_list(code, sessions, by, None) for code in _LISTS]


def is_list(wanted: str) -> bool:
    """Say whether this is a list that an address may ask for alone."""
    return wanted in _LISTS


def _list(code: str, sessions: SessionQuerySet, by: Membership, page: str | None) -> AttentionList:
    chosen = sessions.beyond_limits() if code == "beyond" else sessions.with_reaction_described()
    told = chosen.select_related("patient", "given_by").newest_first()
    if code == "beyond":
        reminders = ReminderShown.objects.filter(clinic_id=by.clinic_id)
        told = told.with_sites(by.clinic_id).prefetch_related(Prefetch("reminders", reminders))
    shown = Paginator(told, LINES_SHOWN).get_page(page)
    heading, nothing = _LISTS[code]
    lines = tuple(_line(session, with_limits=code == "beyond") for session in shown)
    return AttentionList(code, heading, nothing, shown, lines)


def _line(session: Session, *, with_limits: bool) -> AttentionLine:
    reaction = Reaction(session.reaction).label if session.reaction else ""
    if not with_limits:
        return AttentionLine(session, (), reaction)
    pressures = {BodySite(row.site): row.pressure for row in session.sites.all()}
    told = (_passed(reminder, pressures) for reminder in session.reminders.all())
    return AttentionLine(session, tuple(dict.fromkeys(filter(None, told))), reaction)


def _passed(reminder: ReminderShown, pressures: Mapping[BodySite, int]) -> str:
    """Say a reminder with what was done there; nothing where no hand touched its sites.

    Of one that is about the whole body the firmest pressure is told; whether that passed the
    limit stands in the reminder's own words.
    """
    named = {BodySite(code) for code in reminder.sites}
    touched = [site for site in BodySite if site in pressures and site in named]
    whole_body = not named or len(named) == len(BodySite)
    if whole_body and pressures:
        firmest = max(pressures.values())
        where = [site for site in BodySite if pressures.get(site) == firmest]
        return f"{reminder.message} Firmest: {_PRESSURE[firmest]}, {_sites(where)}."
    done = "; ".join(f"{site.label}, {_PRESSURE[pressures[site]]}" for site in touched)
    return f"{reminder.message} Touched: {done}." if done else ""


def _sites(sites: Sequence[BodySite]) -> str:
    if len(sites) > SITES_NAMED:
        return f"at {len(sites)} sites"
    return "; ".join(site.label for site in sites)
