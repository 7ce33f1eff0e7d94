"""Was anything unwanted seen?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from sessions_app.charts.figures import decimal
from sessions_app.charts.share_bars import Bar, ShareBars
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panel import Panel
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.statement import Piece, all_days, ask, sessions_of
from sessions_app.outcomes.answers import unwanted
from sessions_app.outcomes.spoken import counted
from sessions_app.vocabulary.incidents import IncidentKind

QUESTION = "Was anything unwanted seen?"
REPORTED = (
    "An incident is what somebody reported, and each rise of pain by 2 or more within a session. "
    "A clinic that reports more is not a clinic where more goes wrong."
)
IN_SPITE = (
    "«In spite of a reminder» is a limit that was passed, or a stop that was not heeded, each with "
    "its reason; what a clinician had ordered is not among them."
)
LINES = {
    "reminded": "Reminders shown",
    "overridden": "In spite of a reminder",
    "beyond": "Beyond a limit",
    "reaction": "Reaction described",
    "incident": "Incidents",
}
"""What is counted, by its name in addresses."""


@dataclass(frozen=True)
class Seen:
    """In how many given sessions a thing was seen, and how often altogether."""

    sessions: int = 0
    number: int = 0

    def per_hundred(self, given: int) -> float | None:
        """How often in 100 given sessions; None where none was given."""
        return 100 * self.number / given if given else None


@dataclass(frozen=True)
class SafetySums:
    """The given sessions, what was seen in them, and their incidents by kind."""

    given: int
    seen: Mapping[str, Seen]
    kinds: Mapping[IncidentKind, Seen]


def safety_sums(scope: Scope) -> SafetySums:
    """Count over the given sessions of a scope, in one statement."""
    rows = ask(
        Piece("WITH")
        + all_days(scope)
        + ", held AS (SELECT s.clinic_id, s.id, s.limit_broken, s.reaction_text"
        + sessions_of(scope)
        + "AND s.status = 'given'),"
        + _COUNTS
    )
    seen = {(kind, word): Seen(int(sessions), int(number)) for kind, word, sessions, number in rows}
    return SafetySums(
        given=seen["given", ""].sessions,
        seen={line: seen[line, ""] for line in LINES},
        kinds={one: seen["kind", one.value] for one in IncidentKind if ("kind", one.value) in seen},
    )


_COUNTS = """
shown AS (
    SELECT h.id, count(*) AS n, sum(CASE WHEN r.overridden THEN 1 ELSE 0 END) AS passed
    FROM held h JOIN sessions_app_remindershown r
        ON r.clinic_id = h.clinic_id AND r.session_id = h.id
    GROUP BY h.id
), told AS (
    SELECT h.id, i.kind FROM held h JOIN sessions_app_incident i
        ON i.clinic_id = h.clinic_id AND i.session_id = h.id
)
SELECT 'given', '', count(*), count(*) FROM held
UNION ALL SELECT 'beyond', '', count(*), count(*) FROM held WHERE limit_broken
UNION ALL SELECT 'reaction', '', count(*), count(*) FROM held WHERE reaction_text <> ''
UNION ALL SELECT 'reminded', '', count(*), coalesce(sum(n), 0) FROM shown
UNION ALL SELECT 'overridden', '', count(*), coalesce(sum(passed), 0) FROM shown WHERE passed > 0
UNION ALL SELECT 'incident', '', count(DISTINCT id), count(*) FROM told
UNION ALL SELECT 'kind', kind, count(DISTINCT id), count(*) FROM told GROUP BY kind
"""


def panel(scope: Scope, links: Links) -> Panel:
    """Return the panel: what was seen, per 100 sessions, and the incidents by kind."""
    sums = safety_sums(scope)
    seen, given = sums.seen, sums.given
    said = seen["incident"].number, seen["reaction"].sessions, seen["beyond"].sessions
    return Panel(
        code="safety",
        question=QUESTION,
        answer=unwanted(given, *said),
        parts=_pictures(sums, links) if given else (),
        notes=(REPORTED, IN_SPITE),
    )


def _pictures(sums: SafetySums, links: Links) -> tuple[ShareBars, ...]:
    everything = _bars("What was seen in given sessions", "Seen", sums, _lines(sums, links))
    if not sums.kinds:
        return (everything,)
    return everything, _bars("Incidents by kind", "Kind", sums, _kinds(sums, links))


def _bars(title: str, first: str, sums: SafetySums, bars: Iterable[Bar]) -> ShareBars:
    return ShareBars(
        title=title,
        counted=f"n = {counted(sums.given, 'given session')}.",
        bars=tuple(bars),
        whole=sums.given,
        of="sessions",
        first=first,
        more=("How often", "Per 100 sessions"),
    )


def _lines(sums: SafetySums, links: Links) -> Iterator[Bar]:
    for line, label in LINES.items():
        listed = reverse("sessions:incidents") if links and line == "incident" else ""
        yield _bar(label, sums.seen[line], sums.given, links.to(what=line), about=listed)


def _kinds(sums: SafetySums, links: Links) -> Iterator[Bar]:
    for kind, one in sums.kinds.items():
        yield _bar(kind.label, one, sums.given, links.to(what="incident", kind=kind.value))


def _bar(label: str, seen: Seen, given: int, href: str, about: str = "") -> Bar:
    more = str(seen.number), decimal(seen.per_hundred(given), 1)
    return Bar(label, seen.sessions, more, href if seen.sessions else "", about)
