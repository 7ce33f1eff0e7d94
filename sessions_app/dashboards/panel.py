"""One question of a dashboard with its answer: charts and tables, notes, and where the rows are."""

from collections.abc import Iterator
from dataclasses import dataclass

from sessions_app.charts.chart import Chart, Row


@dataclass(frozen=True)
class Table:
    """Figures that want no picture. ``counted`` prints how many, and how many are missing."""

    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    counted: str = ""

    @property
    def numbers(self) -> tuple[bool, ...]:
        """Which columns, after the first, hold numbers and stand to the right."""
        return tuple(any(row[n].number for row in self.rows) for n in range(1, len(self.head)))

    @property
    def lines(self) -> Iterator[tuple[object, list[tuple[object, bool]]]]:
        """Each row as its head and its cells, each cell with whether its column is of numbers."""
        for row in self.rows:
            yield row[0], list(zip(row[1:], self.numbers, strict=True))

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """The heads of the columns after the first, each with whether it is of numbers."""
        return list(zip(self.head[1:], self.numbers, strict=True))


@dataclass(frozen=True)
class Panel:
    """A question, its answer in one sentence, and what it rests on, in the order of reading.

    ``code`` is its name in addresses. ``parts`` are charts and tables; ``notes`` say what a
    reader must know; ``badge`` is a word of warning beside the question.
    """

    code: str
    question: str
    answer: str
    parts: tuple[Chart | Table, ...] = ()
    notes: tuple[str, ...] = ()
    badge: str = ""

    @property
    def shown(self) -> list[tuple[str, Chart | None, Table | None]]:
        """Each part with an id of its own, as a chart or as a table."""
        return [
            (f"{self.code}-{n}", part, None) if isinstance(part, Chart) else ("", None, part)
            for n, part in enumerate(self.parts)
        ]
