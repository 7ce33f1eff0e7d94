"""Read the truth tables: what each rule has to say, case by case, as a clinician would check it.

A table is a file `truth/<topic>.csv`, one case a line; `truth/README.md` tells its small language.
A line that cannot be read stops everything, with its file and number: a case that is skipped in
silence would look like a case that holds.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from sessions_app.safety.catalogue import CATALOGUE, THRESHOLDS
from sessions_app.safety.facts import PatientFacts
from sessions_app.safety.findings import Finding
from sessions_app.safety.handling import Handling, together
from sessions_app.safety.situation import Situation
from sessions_app.safety.thresholds import Bounds
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.records import Position, Product
from sessions_app.vocabulary.severity import Level
from sessions_app.vocabulary.techniques import Technique
from tests.safety.making import TODAY
from tests.safety.truth_facts import fact_of, session_of, sites_of

TABLES = Path(__file__).parent / "truth"
COLUMNS = ["rule", "case", "facts", "session", "planning", "clinic", "level", "limits", "other"]
_RULES = {each.id for each in CATALOGUE}
_PLANNING = {"": True, "plan": True, "record": False}
_CEILINGS = {"none": -1, **{str(level.value): level.value for level in Pressure}}


class BadLine(ValueError):
    """A line of a table that cannot be read."""


@dataclass(frozen=True)
class Answer:
    """What a rule says: how strongly, how firmly where, and what is kept beside it.

    ``level`` None is silence. ``limits`` names only the sites on which the rule sets a ceiling.
    """

    level: Level | None
    limits: Mapping[BodySite, int]
    handling: Handling
    forbidden: frozenset[Technique]


@dataclass(frozen=True)
class Case:
    """One line of a table: a situation and the answer expected of a rule."""

    where: str
    rule: str
    words: str
    situation: Situation
    expected: Answer


def answer(found: list[Finding]) -> Answer:
    """Return what a rule's findings say together: the strongest level, the lowest ceilings."""
    ceilings: dict[BodySite, int] = {}
    for site in ALL_SITES:
        told = [one.ceiling_of(site) for one in found]
        if set_here := [ceiling for ceiling in told if ceiling is not None]:
            ceilings[site] = int(min(set_here))
    return Answer(
        max((one.level for one in found), key=lambda level: level.rank, default=None),
        ceilings,
        together(one.handling for one in found),
        frozenset[Technique]().union(*(one.forbidden_techniques for one in found)),
    )


def cases(folder: Path = TABLES) -> list[Case]:
    """Return all cases of all tables. Raises ``BadLine`` with file and line number."""
    files = sorted(path for path in folder.glob("*.csv") if path.name != "regions.csv")
    return [case for path in files for case in _read(path)]


@cache
def stored_cases() -> tuple[Case, ...]:
    """Return all cases of the stored tables, read once."""
    return tuple(cases())


def _read(path: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.reader(file, strict=True)
        if (header := next(table, [])) != COLUMNS:
            raise BadLine(f"{path.name}:1: the columns are {header}, not {COLUMNS}")
        try:
            for cells in table:
                yield _case(f"{path.name}:{table.line_num}", cells)
        except (ValueError, KeyError, ArithmeticError, csv.Error) as trouble:
            raise BadLine(f"{path.name}:{table.line_num}: {trouble!r}") from trouble


def _case(where: str, cells: list[str]) -> Case:
    if len(cells) != len(COLUMNS):
        raise ValueError(f"{len(cells)} cells, not {len(COLUMNS)}")
    row = {name: cell.strip() for name, cell in zip(COLUMNS, cells, strict=True)}
    if row["rule"] not in _RULES:
        raise ValueError(f"no rule «{row['rule']}»")
    if not row["case"]:
        raise ValueError("a case needs words")
    situation = Situation(
        PatientFacts(tuple(fact_of(told) for told in _parts(row["facts"]))),
        TODAY,
        _clinic(row["clinic"]),
        session_of(row["session"]),
        _PLANNING[row["planning"]],
    )
    return Case(where, row["rule"], row["case"], situation, _expected(row))


def _parts(cell: str) -> list[str]:
    """Return what stands between semicolons. Raises ``ValueError`` for an empty part."""
    parts = [part.strip() for part in cell.split(";")] if cell else []
    if not all(parts):
        raise ValueError(f"an empty part in «{cell}»")
    return parts


def _clinic(cell: str) -> Bounds:
    settings: dict[str, Decimal] = {}
    for part in _parts(cell):
        key, _, value = part.partition("=")
        if key not in THRESHOLDS:
            raise ValueError(f"no threshold «{key}»")
        settings[key] = Decimal(value)
    return Bounds(settings)


def _expected(row: Mapping[str, str]) -> Answer:
    level = None if row["level"] == "silent" else Level(row["level"])
    handling, forbidden = _beside(_parts(row["other"]))
    limits = _limits(_parts(row["limits"]))
    if level is None and (limits or handling or forbidden):
        raise ValueError("a rule that is silent limits nothing")
    return Answer(level, limits, handling, forbidden)


def _limits(parts: Iterable[str]) -> dict[BodySite, int]:
    found: dict[BodySite, int] = {}
    rest: int | None = None
    for part in parts:
        where, _, ceiling = part.partition("=")
        if where in ("elsewhere", "everywhere"):
            rest = _CEILINGS[ceiling]
            continue
        for site in sites_of(where):
            if site in found:
                raise ValueError(f"«{site.value}» has two limits")
            found[site] = _CEILINGS[ceiling]
    return found if rest is None else {**dict.fromkeys(ALL_SITES, rest), **found}


def _lying(words: str) -> Handling:
    return Handling(not_lying=frozenset(Position(code) for code in words.split("+")))


_BESIDE: tuple[tuple[str, Callable[[str], Handling]], ...] = (
    ("still joints ", lambda told: Handling(still_joints=sites_of(told))),
    ("no heat ", lambda told: Handling(no_heat=sites_of(told))),
    ("no product ", lambda told: Handling(no_product=sites_of(told))),
    ("at most minutes ", lambda told: Handling(minutes=int(told))),
    ("products ", lambda told: Handling(products=frozenset(map(Product, told.split("+"))))),
    ("head raised", lambda _told: Handling(raise_head=True)),
    ("not ", _lying),
)


def _beside(parts: Iterable[str]) -> tuple[Handling, frozenset[Technique]]:
    """Return what is kept beside the pressure, and the techniques to be left out."""
    kept: list[Handling] = []
    forbidden: frozenset[Technique] = frozenset()
    for part in parts:
        if part.startswith("without "):
            forbidden |= {Technique(code) for code in part.removeprefix("without ").split("+")}
        elif part.startswith("only "):
            forbidden |= set(Technique) - {Technique(part.removeprefix("only "))}
        else:
            kept.append(_handling(part))
    return together(kept), forbidden


def _handling(part: str) -> Handling:
    for start, read in _BESIDE:
        if part.startswith(start):
            return read(part.removeprefix(start))
    raise ValueError(f"«{part}» is not understood")
