"""Bands of a 0 to 10 score: from which band to which did sessions go?

The borders of pain's bands are custom, not agreement: 1-3, 4-6, 7-10 is what clinics use; Serlin
1995 (Pain 61:277-284) has 1-4, 5-6, 7-10; in people with bone metastases only the border at 4 was
confirmed (Paul 2005, doi 10.1016/j.pain.2004.09.014). So raw scores are counted, and any borders
may be laid over them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sessions_app.outcomes.change import change
from sessions_app.vocabulary.scales import Scale

BANDS_NOTE = (
    "Where mild ends and severe begins is custom: others draw the lines at 1–4, 5–6 and 7–10."
)


@dataclass(frozen=True)
class Band:
    """A stretch of scores, both ends included."""

    label: str
    low: int
    high: int

    @property
    def title(self) -> str:
        """Such as «mild, 1–3», or «none, 0»."""
        return f"{self.label}, {self.low}" + (f"–{self.high}" if self.high > self.low else "")


PAIN_BANDS = (
    Band("none", 0, 0),
    Band("mild", 1, 3),
    Band("moderate", 4, 6),
    Band("severe", 7, 10),
)


@dataclass(frozen=True)
class ScorePairs:
    """How many sessions went from which score to which; 0 is a score like any other.

    Any two may be added: other days, other clinics, other sessions of the same patients.
    """

    scale: Scale
    sessions_with: Mapping[tuple[int, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, scale: Scale, pairs: Iterable[tuple[int, int]]) -> "ScorePairs":
        """Count the (before, after) scores of sessions. ValueError outside the scale's range."""
        counted = Counter(pairs)
        for before, after in counted:
            change(scale, before, after)
        return cls(scale, counted)

    def __add__(self, other: "ScorePairs") -> "ScorePairs":
        """Both groups of sessions together."""
        if self.scale is not other.scale:
            raise ValueError(f"{self.scale.label} and {other.scale.label} cannot be added")
        both = Counter(self.sessions_with) + Counter(other.sessions_with)
        return ScorePairs(self.scale, both)


@dataclass(frozen=True)
class BandTable:
    """Rows are the bands before, columns the bands after, both from the lowest score up."""

    scale: Scale
    bands: tuple[Band, ...]
    cells: tuple[tuple[int, ...], ...]

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """Sessions that began in each band."""
        return tuple(map(sum, self.cells))

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """Sessions that ended in each band."""
        return tuple(map(sum, zip(*self.cells, strict=True)))

    @property
    def sessions(self) -> int:
        """All sessions with both scores."""
        return sum(self.rows)

    @property
    def better(self) -> int:
        """Sessions that ended in a better band."""
        return self._below if not self.scale.higher_is_better else self._above

    @property
    def worse(self) -> int:
        """Sessions that ended in a worse band."""
        return self._above if not self.scale.higher_is_better else self._below

    @property
    def same(self) -> int:
        """Sessions that ended in the band they began in."""
        return self.sessions - self._above - self._below

    @property
    def _below(self) -> int:
        return sum(n for i, row in enumerate(self.cells) for j, n in enumerate(row) if j < i)

    @property
    def _above(self) -> int:
        return sum(n for i, row in enumerate(self.cells) for j, n in enumerate(row) if j > i)


def band_table(pairs: ScorePairs, bands: tuple[Band, ...] = PAIN_BANDS) -> BandTable:
    """Lay the bands over the counted scores. ValueError unless they cover the scale, once."""
    place = _places(pairs.scale, bands)
    cells = [[0] * len(bands) for _ in bands]
    for (before, after), number in pairs.sessions_with.items():
        cells[place[before]][place[after]] += number
    return BandTable(pairs.scale, bands, tuple(map(tuple, cells)))


def _places(scale: Scale, bands: tuple[Band, ...]) -> dict[int, int]:
    """The number of each score's band."""
    scores = [score for band in bands for score in range(band.low, band.high + 1)]
    if scores != list(range(scale.minimum, scale.maximum + 1)):
        raise ValueError(f"the bands do not cover {scale.minimum} to {scale.maximum} once each")
    place = (i for i, band in enumerate(bands) for _ in range(band.low, band.high + 1))
    return dict(zip(scores, place, strict=True))
