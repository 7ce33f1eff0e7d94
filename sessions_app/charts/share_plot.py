"""Shares of a change that were still there later, with their intervals; 0 is nothing of it."""

from dataclasses import dataclass

from sessions_app.charts.chart import Row, Size, row
from sessions_app.charts.figures import NOTHING, PERCENT, decimal, known
from sessions_app.charts.interval_lines import Sheet
from sessions_app.charts.interval_plot import Change, IntervalPlot
from sessions_app.charts.scales import Linear


@dataclass(frozen=True, kw_only=True)
class SharePlot(IntervalPlot):
    """Shares in percent: below 0 it was worse than before, above 100 it had gone on."""

    axis_words: str = "Share of the change that was still there"
    places: int = 0

    def _said(self, one: Change) -> str:
        share, between = self._share(known(one.mean)), self._between(one)
        told = f"{one.label}: {share} still there"
        return f"{told} (95{PERCENT} interval {between})" if between else told

    def head(self) -> tuple[str, ...]:
        """Name the columns."""
        return ("Score", "From", "Share still there", f"95{PERCENT} interval")

    def _row(self, one: Change) -> Row:
        mean = known(one.mean)
        return row(
            one.label,
            one.n or NOTHING,
            self._share(mean) if mean is not None else one.hidden_because or NOTHING,
            (self._between(one) if mean is not None else "") or NOTHING,
            href=one.href,
        )

    def _share(self, value: float | None) -> str:
        return decimal(value, self.places) + (PERCENT if value is not None else "")

    def _between(self, one: Change) -> str:
        low, high = known(one.low), known(one.high)
        told = low is not None and high is not None
        return f"{self._share(low)} to {self._share(high)}" if told else ""

    def _sheet(self, size: Size, across: Linear, flat: tuple[float, ...]) -> Sheet:
        ends = ("← worse than before", "nothing of it", "more of it →")
        return Sheet(size, across, flat, self.places, *ends, unit=PERCENT)
