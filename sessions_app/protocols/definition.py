"""A protocol as data: what a TOML file says, validated, as frozen values.

What is common stands on the protocol, what differs stands on its arms. Standard library and the
clinic's vocabulary only. How to write a file: see the shipped ones in ``definitions/``.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sessions_app.outcomes.adherence import Schedule
from sessions_app.protocols.arm_definition import ArmDefinition as ArmDefinition
from sessions_app.protocols.arm_definition import read_arm
from sessions_app.protocols.toml_lines import line_numbers
from sessions_app.protocols.toml_reader import Problem, Problems, Table
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timepoints import TimePoint

DEFINITIONS = Path(__file__).parent / "definitions"

_MOST = {
    "max_sessions": 100,
    "window_days": 366,
    "gap_hours": 744,
    "target_minutes": 240,
    "minutes_low": 240,
    "minutes_high": 240,
}


@dataclass(frozen=True)
class Question:
    """One line of the checklist at enrolment; another answer than ``expected`` is a remark."""

    code: str
    text: str
    expected: bool


@dataclass(frozen=True)
class Measure:
    """A scale and the time points at which it is asked; required or offered."""

    scale: Scale
    time_points: tuple[TimePoint, ...]
    required: bool


@dataclass(frozen=True)
class Reference:
    """A paper to look at."""

    citation: str
    doi: str


@dataclass(frozen=True)
class ProtocolDefinition:
    """One version of one protocol. ``text`` is the TOML it was read from."""

    code: str
    version: int
    title: str
    summary: str
    citation: str
    doi: str
    evidence_caveat: str
    schedule: Schedule
    eligibility: tuple[Question, ...]
    exclusions: tuple[Question, ...]
    measures: tuple[Measure, ...]
    arms: tuple[ArmDefinition, ...]
    references: tuple[Reference, ...]
    text: str = field(repr=False, compare=False)

    def arm(self, code: str) -> ArmDefinition:
        """The arm with this code, else KeyError."""
        return {arm.code: arm for arm in self.arms}[code]


class DefinitionError(ValueError):
    """A definition that cannot be used. ``problems`` holds all of them, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems, in the order of their lines."""
        self.problems = tuple(sorted(problems, key=lambda found: (found.file, found.line)))
        super().__init__("\n".join(map(str, self.problems)))


def load_all(folder: Path = DEFINITIONS) -> tuple[ProtocolDefinition, ...]:
    """Every definition of a folder, by file name. Raises one DefinitionError for all files."""
    definitions: list[ProtocolDefinition] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            definitions.append(load(path))
        except DefinitionError as error:
            problems += error.problems
    if problems:
        raise DefinitionError(problems)
    return tuple(definitions)


def load(path: Path) -> ProtocolDefinition:
    """One definition from its file, which is named after the protocol's code."""
    return parse(path.read_text(encoding="utf-8"), path.name, stem=path.stem)


def parse(text: str, name: str, *, stem: str | None = None) -> ProtocolDefinition:
    """One definition from its text; ``name`` is what messages call it, ``stem`` the code it needs.

    Raises DefinitionError with every problem: bad TOML, unknown or missing keys, wrong types,
    unknown codes (with the nearest known one), duplicates, numbers out of range, contradictions.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+)", str(error))
        line = int(where[1]) if where else text.count("\n") + 1
        raise DefinitionError([Problem(name, line, "(file)", str(error))]) from None
    file = Table(Problems(name, line_numbers(text)), (), values)
    definition = _protocol(file, text)
    if stem is not None and definition.code not in ("", stem):
        file.wrong("code", f"«{definition.code}» must be the file's name, «{stem}»")
    if file.problems.found:
        raise DefinitionError(file.problems.found)
    return definition


def canonical(definition_text: str) -> str:
    """The content alone, as JSON with sorted keys: comments, layout and key order do not matter."""
    values = tomllib.loads(definition_text)
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def content_hash(definition: ProtocolDefinition) -> str:
    """SHA-256 of the content, in hex: the same version must keep the same hash for ever."""
    return hashlib.sha256(canonical(definition.text).encode()).hexdigest()


def _protocol(file: Table, text: str) -> ProtocolDefinition:
    source = file.table("source", required=False)
    definition = ProtocolDefinition(
        code=file.code("code"),
        version=file.number("version", 1, 9999, required=True) or 0,
        title=file.text("title", longest=200),
        summary=file.text("summary"),
        citation=source.text("citation", required="source" in file.values),
        doi=_doi(source, required="source" in file.values),
        evidence_caveat=file.text("evidence_caveat"),
        schedule=_schedule(file.table("schedule", required=False)),
        eligibility=_questions(file, "eligibility", expected=True),
        exclusions=_questions(file, "exclusions", expected=False),
        measures=_measures(file),
        arms=_arms(file),
        references=_references(file),
        text=text,
    )
    source.finish()
    file.finish()
    return definition


def _doi(table: Table, *, required: bool = True) -> str:
    doi = table.text("doi", required=required)
    if doi and not re.fullmatch(r"10\.\d{4,9}/\S+", doi):
        table.wrong("doi", f"«{doi}» is no DOI: it begins with 10. and holds a /")
    return doi


def _schedule(table: Table) -> Schedule:
    """The dose; its minutes are in order and its sessions fit into its window."""
    schedule = Schedule(**{key: table.number(key, 1, most) for key, most in _MOST.items()})
    table.finish()
    minutes = (schedule.minutes_low, schedule.target_minutes, schedule.minutes_high)
    known = [value for value in minutes if value is not None]
    if known != sorted(known):
        table.wrong("target_minutes", "must lie between minutes_low and minutes_high")
    number, days, gap = schedule.max_sessions, schedule.window_days, schedule.gap_hours
    if number and days and gap and (number - 1) * gap >= days * 24:
        table.wrong("window_days", f"{number} sessions {gap} hours apart need more days")
    return schedule


def _questions(file: Table, key: str, *, expected: bool) -> tuple[Question, ...]:
    found: dict[str, Question] = {}
    for table in file.tables(key, required=False):
        question = Question(table.code("code"), table.text("text"), expected)
        if question.code in found:
            table.wrong("code", f"«{question.code}» stands twice")
        found[question.code] = question
        table.finish()
    return tuple(found.values())


def _measures(file: Table) -> tuple[Measure, ...]:
    found: list[Measure] = []
    asked: set[tuple[str, str]] = set()
    for table in file.tables("measures"):
        scale = table.choice("scale", Scale.codes(), "scale")
        points = table.choices("time_points", TimePoint.codes(), "time point")
        required = table.truth("required")
        table.finish()
        for i, point in enumerate(points):
            if scale and (scale, point) in asked:
                table.wrong(("time_points", i), f"«{scale}» is asked twice at «{point}»")
            asked.add((scale or "", point))
        if scale:
            found.append(Measure(Scale(scale), tuple(map(TimePoint, points)), required))
    return tuple(found)


def _references(file: Table) -> tuple[Reference, ...]:
    found: list[Reference] = []
    for table in file.tables("references", required=False):
        found.append(Reference(table.text("citation"), _doi(table)))
        table.finish()
    return tuple(found)


def _arms(file: Table) -> tuple[ArmDefinition, ...]:
    tables = file.table("arms")
    if "arms" in file.values and not tables.values:
        file.wrong("arms", "needs at least one arm")
    return tuple(read_arm(tables.table(code)) for code in tables.values)
