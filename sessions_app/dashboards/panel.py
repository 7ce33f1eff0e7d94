"""One question of a dashboard with its answer: charts and tables, notes, and where the rows are."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from sessions_app.charts.chart import Chart, Row
from sessions_app.charts.table import Line


@dataclass(frozen=True)
class Table:
    """Figures that want no picture. ``counted`` prints how many, and how many are missing.

    A ``folded`` one is opened by whoever wants it: it says more of what is shown already.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    counted: str = ""
    folded: bool = False

    @property
    def numbers(self) -> tuple[bool, ...]:
        """Which columns, after the first, hold numbers and stand to the right."""
        return tuple(any(row[n].number for row in self.rows) for n in range(1, len(self.head)))

    @property
    def lines(self) -> Iterator[Line]:
        """Each row as its head and its cells, each cell with whether its column is of numbers."""
        for row in self.rows:
            yield row[0], list(zip(row[1:], self.numbers, strict=True))

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """The heads of the columns after the first, each with whether it is of numbers."""
        return list(zip(self.head[1:], self.numbers, strict=True))


@dataclass(frozen=True)
class Beside:
    """Charts that stand side by side where the page is wide enough for two."""

    charts: tuple[Chart, ...]


Shown = tuple[str, Chart | None, Table | None]


@dataclass(frozen=True)
class Panel:
    """A question, its answer in one sentence, and what it rests on, in the order of reading.

    ``code`` is its name in addresses. ``parts`` are charts and tables; ``notes`` say what a
    reader must know; ``badge`` is a word of warning beside the question. Where its
    ``pictures_answer``, its tables only say more of what they show.
    """

    code: str
    question: str
    answer: str
    parts: tuple[Chart | Table | Beside, ...] = ()
    notes: tuple[str, ...] = ()
    badge: str = ""
    pictures_answer: bool = False

    @property
    def waits(self) -> bool:
        """Whether there is nothing to show yet: every picture that would answer lacks numbers."""
        pictures = self._pictures
        return self.pictures_answer and bool(pictures) and all(one.lacking for one in pictures)

    @property
    def counted(self) -> list[str]:
        """How many there are and how many are missing, each said once."""
        said = (one.counted for one in self._pictures if one.counted.startswith("n = "))
        return list(dict.fromkeys(said))

    @property
    def _pictures(self) -> list[Chart]:
        return [one for one in self.flat if isinstance(one, Chart)]

    @property
    def flat(self) -> Iterator[Chart | Table]:
        """Each chart and table by itself, in the order of reading."""
        for part in self.parts:
            yield from part.charts if isinstance(part, Beside) else (part,)

    @property
    def rows(self) -> Iterator[tuple[bool, list[Shown]]]:
        """Charts and tables, each with an id of its own; whether those of a row share it."""
        number = count()
        for part in self.parts:
            if isinstance(part, Beside):
                yield True, [(f"{self.code}-{next(number)}", one, None) for one in part.charts]
            elif isinstance(part, Chart):
                yield False, [(f"{self.code}-{next(number)}", part, None)]
            else:
                yield False, [("", None, part)]
