"""How much room words need, so that no label lies on another or leaves the sheet.

A server knows no font. The widths are those of the product's typeface, rounded up, so that the
words also fit in the fonts that stand in for it.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

SIZE = 13.0
"""Every text in a chart has this size, in the units of its sheet; css/charts.css says the same."""

LINE_HEIGHT = 16.0

_WIDE, _NARROW = "mwMW%@—←→…", "iljtfrI.,:;'|()[]!·  -"
_CAPITAL, _USUAL, _FOREIGN = 0.66, 0.54, 1.05
_LATIN_ENDS = 0x2E80
"""From here on come scripts whose signs are as wide as they are high."""


def width(words: str) -> float:
    """Return the room that the words need, in units of the sheet."""
    return SIZE * sum(map(_WIDTHS.__getitem__, words))


class _Widths(dict[str, float]):
    """The widths of the signs met so far."""

    def __missing__(self, sign: str) -> float:
        usual = _CAPITAL if sign.isupper() else _USUAL
        self[sign] = _FOREIGN if ord(sign) >= _LATIN_ENDS else usual
        return self[sign]


_WIDTHS = _Widths({**dict.fromkeys(_WIDE, 0.9), **dict.fromkeys(_NARROW, 0.36)})


def shortened(words: str, room: float) -> str:
    """Return the words, cut with «…» where they do not fit; nothing where not even that does."""
    if width(words) <= room:
        return words
    kept = words
    while kept and width(f"{kept}…") > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…" if kept.strip() else ""


@lru_cache(maxsize=1024)
def wrapped(words: str, room: float, most: int = 2) -> tuple[str, ...]:
    """Return the words in at most ``most`` lines of about one length, or cut with «…»."""
    lines = _broken(words, room, most)
    for part in range(19, 9, -1):
        evener = _broken(words, room * part / 20, most)
        if len(evener) > len(lines) or "".join(evener).endswith("…"):
            break
        lines = evener
    return lines


def _broken(words: str, room: float, most: int) -> tuple[str, ...]:
    rest = [one for one in words.split(" ") if one]
    lines: list[str] = []
    while rest and len(lines) < most - 1:
        taken = 1
        while taken < len(rest) and width(" ".join(rest[: taken + 1])) <= room:
            taken += 1
        lines.append(shortened(" ".join(rest[:taken]), room))
        rest = rest[taken:]
    last = [shortened(" ".join(rest), room)] if rest else []
    return tuple(one for one in (*lines, *last) if one)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places near the wanted ones, ``gap`` apart, between ``low`` and ``high``.

    The order stays. Where there is no room for all, they share what there is.
    """
    if not wanted:
        return []
    gap = min(gap, (high - low) / max(1, len(wanted) - 1))
    order = sorted(range(len(wanted)), key=lambda one: (wanted[one], one))
    placed = [min(max(wanted[one], low), high) for one in order]
    for n in range(1, len(placed)):
        placed[n] = max(placed[n], placed[n - 1] + gap)
    placed[-1] = min(placed[-1], high)
    for n in range(len(placed) - 2, -1, -1):
        placed[n] = min(placed[n], placed[n + 1] - gap)
    return [at for _, at in sorted(zip(order, placed, strict=True))]


Box = tuple[float, float, float, float]
_STRIP = 12


class Taken:
    """The rectangles that words already have; a label is put only where it lies on no other."""

    def __init__(self) -> None:
        """Begin with an empty sheet."""
        self._strips: dict[int, list[Box]] = defaultdict(list)

    def take(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Take the rectangle if it is free, and say whether it was."""
        free = self._free(left, top, right, bottom)
        if free:
            self.force(left, top, right, bottom)
        return free

    def force(self, left: float, top: float, right: float, bottom: float) -> None:
        """Take the rectangle whatever lies there: a mark stands where its number is."""
        for strip in _strips(top, bottom):
            self._strips[strip].append((left, top, right, bottom))

    def words(self, x: float, baseline: float, words: str, anchor: str = "middle") -> bool:
        """Take the place of one line of words, if it is free."""
        return self.take(*box(x, baseline, words, anchor))

    def has_room(self, x: float, baseline: float, words: str, anchor: str = "middle") -> bool:
        """Say whether one line of words would lie on nothing, and take no place."""
        return self._free(*box(x, baseline, words, anchor))

    def _free(self, left: float, top: float, right: float, bottom: float) -> bool:
        # Loops: a generator takes twice the time, and this is asked a thousand times a page.
        for strip in _strips(top, bottom):
            for a, b, c, d in self._strips.get(strip, ()):
                if a < right and left < c and b < bottom and top < d:
                    return False
        return True


def _strips(top: float, bottom: float) -> range:
    """Return the strips of a sheet that a rectangle touches: only what shares one can meet it."""
    return range(int(top // _STRIP), int(bottom // _STRIP) + 1)


def box(
    x: float, baseline: float, words: str, anchor: str = "middle"
) -> tuple[float, float, float, float]:
    """Return the rectangle of one line of words, with a little room around it."""
    room = width(words)
    left = {"start": x, "middle": x - room / 2, "end": x - room}[anchor]
    return left - 2, baseline - SIZE * 0.8, left + room + 2, baseline + SIZE * 0.25
