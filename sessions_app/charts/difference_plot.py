"""Differences between two groups with their intervals; 0 is no difference."""

from dataclasses import dataclass

from sessions_app.charts.chart import Row, Size
from sessions_app.charts.figures import PERCENT, known, sentence, signed, span
from sessions_app.charts.interval_lines import Sheet
from sessions_app.charts.interval_plot import Change, IntervalPlot
from sessions_app.charts.lettering import shortened
from sessions_app.charts.scales import Linear


@dataclass(frozen=True, kw_only=True)
class DifferencePlot(IntervalPlot):
    """By how much one group improved more than another; to the right it is ``first``."""

    first: str
    second: str

    def _said(self, one: Change) -> str:
        between = span(known(one.low), known(one.high), self.places)
        told = f"{one.label}: difference {signed(one.mean, self.places)}"
        return f"{told} (95{PERCENT} interval {between})" if between else told

    def own_summary(self) -> str:
        """Say each difference with its interval."""
        shown = [one for one in self.changes if known(one.mean) is not None]
        return sentence("; ".join(map(self._said, shown)))

    def head(self) -> tuple[str, ...]:
        """Name the columns."""
        return ("Compared", "From", "Difference, points", f"95{PERCENT} interval")

    def rows(self) -> tuple[Row, ...]:
        """Return the rows as they are drawn."""
        return tuple(row[:4] for row in super().rows())

    def _sheet(self, size: Size, across: Linear, flat: tuple[float, ...]) -> Sheet:
        room = 96 if size.narrow else 130
        worse = f"← {shortened(self.second, room)}"
        better = f"{shortened(self.first, room)} →"
        return Sheet(size, across, flat, self.places, worse, "no difference", better)
