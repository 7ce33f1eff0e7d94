"""What every chart is: an answer in one sentence, a picture, and the same numbers as a table."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from sessions_app.charts import svg
from sessions_app.charts.figures import sentence
from sessions_app.charts.svg import NOTHING, Drawing


@dataclass(frozen=True, slots=True)
class Size:
    """A sheet: its width, and whether it is the narrow one of a phone or a small panel."""

    name: str
    width: float

    @property
    def narrow(self) -> bool:
        """Whether this is the narrow sheet."""
        return self.name == "narrow"


WIDE, NARROW = Size("wide", 640), Size("narrow", 320)
SIZES = (WIDE, NARROW)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table, and the page with the rows behind it."""

    words: str
    href: str = ""

    @property
    def number(self) -> bool:
        """Whether the words are a number or an interval, and not a sentence."""
        return any(sign.isdigit() for sign in self.words) and not any(
            sign.isalpha() for sign in self.words.replace(" to ", "")
        )


Row = tuple[Cell, ...]


def row(head: str, *cells: str, href: str = "") -> Row:
    """Return a row whose head leads to the rows behind it."""
    return (Cell(head, href), *map(Cell, cells))


@dataclass(frozen=True, kw_only=True)
class Chart(ABC):
    """What is given with the numbers.

    ``title`` names what is shown; ``summary`` is the answer in one sentence, made from the numbers
    where none is given; ``counted`` prints how many and how many are missing; ``hidden_because``
    is a sentence where the numbers may not be shown at all.
    """

    title: str
    summary: str = ""
    counted: str = ""
    hidden_because: str = ""

    @property
    def answer(self) -> str:
        """The answer in one sentence; why there is no picture, where there is none."""
        return self.lacking or self.summary or self.own_summary()

    @property
    def lacking(self) -> str:
        """Why nothing is drawn, in a sentence; empty where there is enough."""
        return self.hidden_because or self.too_little()

    @property
    def table(self) -> tuple[Row, ...]:
        """The rows of the table; none where the numbers may not be shown."""
        return () if self.hidden_because else self.rows()

    def draw(self, size: Size = WIDE, uid: str = "chart") -> Drawing:
        """Return the picture, or nothing where there is too little to draw.

        ``uid`` begins its ids: each picture of a page has its own.
        """
        if self.lacking:
            return NOTHING
        height, body = self.body(size, uid)
        linked = "<a " in body
        return svg.tag(
            "svg",
            svg.tag("title", self.title, id=f"{uid}-title"),
            svg.tag("desc", sentence(self.answer, self.counted), id=f"{uid}-desc"),
            body,
            viewBox=f"0 0 {svg.coordinate(size.width)} {svg.coordinate(height)}",
            class_=f"chart__svg chart__svg--{size.name}",
            role="group" if linked else "img",
            aria_labelledby=f"{uid}-title {uid}-desc",
        )

    def notes(self) -> tuple[str, ...]:
        """Return what a reader must know beside the picture, in sentences."""
        return ()

    @abstractmethod
    def too_little(self) -> str:
        """Return which condition is missing for a picture; empty where none is."""

    @abstractmethod
    def own_summary(self) -> str:
        """Return the answer made from the numbers."""

    @abstractmethod
    def head(self) -> tuple[str, ...]:
        """Return the heads of the table's columns; the first is that of the rows' heads."""

    @abstractmethod
    def rows(self) -> tuple[Row, ...]:
        """Return the rows of the table: the numbers that the picture shows."""

    @abstractmethod
    def body(self, size: Size, uid: str) -> tuple[float, Drawing]:
        """Return the height of the sheet and what is drawn on it."""
