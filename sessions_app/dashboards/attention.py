"""What needs a supervisor's eyes: sessions beyond a limit, and reactions that were described.

All of it is what was stored with the session: the sites with their pressures, the reminders as
they were shown, the reason that was given.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch

from sessions_app.clinics.models import Membership
from sessions_app.sessions.models import ReminderShown, Session
from sessions_app.sessions.querysets import SessionQuerySet
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.records import Reaction

LINES_SHOWN = 20


@dataclass(frozen=True)
class AttentionLine:
    """One session with what makes it worth reading; the lists are empty for a reaction."""

    session: Session
    sites: tuple[str, ...]
    reminders: tuple[str, ...]
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


def attention_of(
    sessions: SessionQuerySet, by: Membership, only: str = "", page: str | None = None
) -> list[AttentionList]:
    """Return the lists of a clinic's sessions; `only` asks for one, and a page of it."""
    if only:
        return [_list(only, sessions, by, page)]
    return [_list(code, sessions, by, None) for code in _LISTS]


def asked_alone(wanted: str | None) -> str:
    """Return the list that an address asks for alone; whatever is none is no list."""
    return wanted if wanted in _LISTS else ""


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
        return AttentionLine(session, (), (), reaction)
    pressures = {BodySite(row.site): row.pressure for row in session.sites.all()}
    firmest_first = sorted(
        (site for site in BodySite if site in pressures), key=lambda site: -pressures[site]
    )
    in_words = dict(Pressure.choices())
    sites = tuple(f"{one.label}: {in_words[pressures[one]]}" for one in firmest_first)
    return AttentionLine(session, sites, _about(session.reminders.all(), pressures), reaction)


def _about(reminders: Iterable[ReminderShown], treated: Iterable[BodySite]) -> tuple[str, ...]:
    """Return the reminders that spoke of a treated site, or of none: each once, as shown."""
    codes = {site.value for site in treated}
    said = [one.message for one in reminders if not one.sites or codes & set(one.sites)]
    return tuple(dict.fromkeys(said))
