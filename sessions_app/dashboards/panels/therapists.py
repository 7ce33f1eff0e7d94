"""Do therapists differ by more than chance? A funnel with the case mix beside it, no ranking."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sessions_app.charts.chart import Cell
from sessions_app.charts.figures import NOTHING, decimal
from sessions_app.charts.funnel import Funnel, Unit
from sessions_app.charts.funnel_limits import Limits
from sessions_app.dashboards.change_sums import BOTH, RISE
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panel import Beside, Panel, Table
from sessions_app.dashboards.rows.folds import therapists
from sessions_app.dashboards.rows.reading import Counted, in_rows
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.statement import Piece, all_days, as_uuid, ask, marks, scores_of
from sessions_app.outcomes import answers
from sessions_app.outcomes.funnel import Funnel as Found
from sessions_app.outcomes.funnel import Unit as UnitFound
from sessions_app.outcomes.funnel import UnitSums, funnel
from sessions_app.outcomes.spoken import as_sentence, counted
from sessions_app.vocabulary.scales import Scale

QUESTION = "Do therapists differ by more than chance?"
DRAWN = (Scale.PAIN, Scale.MOOD)
CASE_MIX = (
    "Who comes to whom is not chance: the mean score before sessions stands beside each name. Each "
    "patient counts once, with the mean of their changes; a patient of two therapists counts with "
    "both. Volunteers who gave sessions stand among the therapists."
)


@dataclass
class Units:
    """One scale: each person's patients, and all sessions behind them."""

    names: dict[str, str] = field(default_factory=dict)
    sums: dict[str, UnitSums] = field(default_factory=dict)
    patients: int = 0
    sessions: int = 0
    missing: int = 0

    @property
    def in_order(self) -> Mapping[str, UnitSums]:
        """The people by name."""
        ordered = sorted(self.sums, key=lambda key: (self.names[key].casefold(), key))
        return {key: self.sums[key] for key in ordered}


def units_of(scope: Scope) -> dict[Scale, Units]:
    """Sum each person's patients by their number of sessions, in one statement."""
    rows = _counted(scope) if in_rows() else ask(_statement(scope))
    found = {scale: Units() for scale in DRAWN}
    for scale, person, name, *numbers in rows:
        units = found[Scale(scale)]
        if person is None:
            units.patients, units.sessions, units.missing = map(int, numbers[:3])
            continue
        n, patients, rise, squares, befores = map(int, numbers)
        total = rise if Scale(scale).higher_is_better else -rise
        more = UnitSums.of_alike(n, patients, total, squares, befores)
        key = str(as_uuid(person))
        units.names[key], units.sums[key] = name, units.sums.get(key, UnitSums()) + more
    return found


def _statement(scope: Scope) -> Piece:
    return (
        Piece("WITH")
        + all_days(scope)
        + ", told AS (SELECT c.scale, c.given_by_id AS person, c.patient_id AS patient,"
        + "c.before, c.after"
        + scores_of(scope)
        + "AND c.scale IN"
        + marks(scale.value for scale in DRAWN)
        + "),"
        + _FOLDED
    )


def _counted(scope: Scope) -> Iterator[tuple[Any, ...]]:
    """Return the rows of the statement, with the names of the people in them."""
    rows = ask(Counted(therapists, scope))
    people = sorted({row[1] for row in rows if row[1]})
    asked = Piece("SELECT id, display_name FROM sessions_app_user WHERE id IN") + marks(people)
    names: dict[str, str] = dict(ask(asked)) if people else {}
    for scale, person, _, *numbers in rows:
        yield scale, person, names.get(person, ""), *numbers


_FOLDED = f"""
people AS (
    SELECT scale, person, patient, count(*) AS sessions,
        sum(CASE WHEN {BOTH} THEN 1 ELSE 0 END) AS n,
        sum(CASE WHEN {BOTH} THEN {RISE} ELSE 0 END) AS rise,
        sum(CASE WHEN {BOTH} THEN before ELSE 0 END) AS befores
    FROM told GROUP BY scale, person, patient
), folded AS (
    SELECT scale, person, n, count(*) AS patients, sum(rise) AS rise, sum(rise * rise) AS squares,
        sum(befores) AS befores
    FROM people WHERE n > 0 GROUP BY scale, person, n
)
SELECT f.scale, f.person, u.display_name, f.n, f.patients, f.rise, f.squares, f.befores
FROM folded f JOIN sessions_app_user u ON u.id = f.person
UNION ALL
SELECT scale, CAST(NULL AS uuid), '', count(DISTINCT CASE WHEN n > 0 THEN patient END), sum(n),
    sum(sessions) - sum(n), 0, 0
FROM people GROUP BY scale
"""  # noqa: S608 - of this module's own words


def panel(scope: Scope, links: Links) -> Panel:
    """Return the panel: a funnel of pain and one of mood, names in alphabetical order."""
    units = units_of(scope)
    found = {scale: funnel(units[scale].in_order) for scale in DRAWN}
    any_sessions = any(one.sessions or one.missing for one in units.values())
    charts = tuple(_chart(scale, units[scale], found[scale], links) for scale in DRAWN)
    return Panel(
        code="therapists",
        question=QUESTION,
        answer=answers.outside(found, "therapist"),
        parts=(Beside(charts), *_case_mix(units, found)) if any_sessions else (),
        notes=(CASE_MIX,),
        pictures_answer=True,
    )


def _case_mix(units: Mapping[Scale, Units], found: Mapping[Scale, Found]) -> Iterator[Table]:
    """Return what the patients of each were like before, by name."""
    shown = {scale: {unit.key: unit for unit in found[scale].units} for scale in DRAWN}
    names = {key: units[scale].names[key] for scale in DRAWN for key in shown[scale]}
    if not names:
        return
    yield Table(
        title="Whom they saw: mean scores before sessions",
        head=("Therapist", *(head for scale in DRAWN for head in _heads(scale))),
        counted="Each patient counts once. By name, from 10 patients on.",
        rows=tuple(
            (Cell(name), *(cell for scale in DRAWN for cell in _befores(shown[scale].get(key))))
            for key, name in sorted(names.items(), key=lambda one: (one[1].casefold(), one[0]))
        ),
    )


def _heads(scale: Scale) -> tuple[str, str]:
    name = scale.label.lower()
    return f"Patients with {name}", f"Mean {name} before"


def _befores(unit: UnitFound | None) -> tuple[Cell, Cell]:
    if unit is None:
        return Cell(NOTHING), Cell(NOTHING)
    return Cell(str(unit.patients)), Cell(decimal(unit.mean_before))


def _chart(scale: Scale, units: Units, found: Found, links: Links) -> Funnel:
    name = scale.label.lower()
    asked = {"what": "counted", "scale": scale.value, "pairs": "both"}
    return Funnel(
        title=f"Change in {name} by therapist, against the number of patients",
        measure=f"{scale.label}, mean change in points; improvement is up",
        case_mix=f"Mean {name} before",
        counted=(
            f"n = {counted(units.sessions, 'session')} from {counted(units.patients, 'patient')}; "
            f"{units.missing} without both scores."
        ),
        hidden_because=as_sentence(found.hidden_because),
        unit="therapist",
        limits=Limits(found.centre or 0.0, found.sigma or 0.0),
        units=tuple(
            Unit(
                units.names[one.key],
                one.patients,
                one.mean,
                one.mean_before,
                links.of_person(uuid.UUID(one.key), **asked),
            )
            for one in found.units
        ),
    )
