"""How given sessions stand to their protocol, and what dose each course had, as tables."""

import uuid
from collections.abc import Iterator, Mapping

from sessions_app.charts.chart import Cell, Row
from sessions_app.charts.figures import NOTHING, decimal, listed, sentence
from sessions_app.dashboards.adherence_sums import ArmAdherence, Dose
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panel import Table
from sessions_app.outcomes.labels import Label
from sessions_app.outcomes.spoken import counted
from sessions_app.protocols import registry

NOTES = (
    (
        "A label is a remark, never a fault; a session may have several, and one of a protocol "
        "without limits is always in its window."
    ),
    (
        "A course is counted where it began in these days, with all sessions given in it since; a "
        "technique or a person that is chosen leaves the courses as they are."
    ),
)
Arms = Mapping[uuid.UUID, ArmAdherence]


def tables_of(arms: Arms, links: Links) -> Iterator[Table]:
    """Return the labels, then the doses: by arm, and by the number of sessions."""
    named = sorted((registry.course(arm).name, arm) for arm in arms)
    if given := [(name, arm) for name, arm in named if arms[arm].given]:
        yield _labels(given, arms, links)
    if begun := [(name, arm) for name, arm in named if arms[arm].courses]:
        yield _by_arm(begun, arms)
        yield _by_number(arms)


def _labels(named: list[tuple[str, uuid.UUID]], arms: Arms, links: Links) -> Table:
    sessions = sum(arms[arm].given for _, arm in named)
    seen = [one for one in Label if any(arms[arm].labels[one] for _, arm in named)]
    unseen = listed(one.label.lower() for one in Label if one not in seen)
    return Table(
        title="How given sessions stand to their protocol",
        head=("Label", *(name for name, _ in named)),
        counted=sentence(
            f"n = {counted(sessions, 'given session')}", f"None was: {unseen}" if unseen else ""
        ),
        rows=(
            _line("All given", None, named, arms, links),
            *(_line(label.label, label, named, arms, links) for label in seen),
        ),
    )


def _line(
    head: str, label: Label | None, named: list[tuple[str, uuid.UUID]], arms: Arms, links: Links
) -> Row:
    cells = [Cell(head)]
    for _, arm in named:
        number = arms[arm].labels[label] if label else arms[arm].given
        href = links.of_arm(arm, what="given", label=label.value if label else "")
        cells.append(Cell(str(number), href))
    return tuple(cells)


def _by_arm(named: list[tuple[str, uuid.UUID]], arms: Arms) -> Table:
    return Table(
        title="Patients and courses that began in these days",
        head=(
            *("Protocol and arm", "Patients enrolled", "Patients with a session", "Courses"),
            *("Courses without a session", "Sessions a course", "Minutes a course"),
        ),
        counted=_without(_doses(arms)),
        rows=tuple(_arm(name, arms[arm]) for name, arm in named),
    )


def _without(doses: Mapping[int, Dose]) -> str:
    """Say how many courses had no session: what the trial's 82 of 380 is beside."""
    none = doses.get(0, Dose(0, 0, 0))
    every = sum(dose.courses for dose in doses.values())
    still = f" ({none.running} of them still running)" if none.courses else ""
    return f"{none.courses} of {counted(every, 'course')} had no session{still}."


def _arm(name: str, arm: ArmAdherence) -> Row:
    sessions = sum(n * dose.courses for n, dose in arm.doses.items())
    minutes = sum(dose.minutes for dose in arm.doses.values())
    return (
        Cell(name),
        Cell(str(arm.enrolled)),
        Cell(str(arm.patients)),
        Cell(str(arm.courses)),
        Cell(str(arm.doses[0].courses if 0 in arm.doses else 0)),
        Cell(decimal(sessions / arm.courses, 1)),
        Cell(decimal(minutes / arm.courses, 0)),
    )


def _doses(arms: Arms) -> dict[int, Dose]:
    """Return the courses of all arms by the number of their sessions."""
    doses: dict[int, Dose] = {}
    for arm in arms.values():
        for n, dose in arm.doses.items():
            old = doses.get(n, Dose(0, 0, 0))
            doses[n] = Dose(
                old.courses + dose.courses,
                old.minutes + dose.minutes,
                old.running + dose.running,
            )
    return doses


def _by_number(arms: Arms) -> Table:
    return Table(
        title="Courses by the number of sessions given",
        folded=True,
        head=("Sessions given", "Courses", "Still running", "Minutes a course"),
        rows=tuple(_dose(n, dose) for n, dose in sorted(_doses(arms).items())),
    )


def _dose(n: int, dose: Dose) -> Row:
    each = decimal(dose.minutes / dose.courses, 0) if n else NOTHING
    return Cell(str(n)), Cell(str(dose.courses)), Cell(str(dose.running)), Cell(each)
