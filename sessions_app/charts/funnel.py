"""Units beside each other without a ranking: each against how many patients it has."""

from dataclasses import dataclass
from functools import cached_property
from itertools import product

from sessions_app.charts import axes, marks, svg
from sessions_app.charts.chart import Chart, Row, Size, row
from sessions_app.charts.figures import NOTHING, PERCENT, counted, decimal, known
from sessions_app.charts.funnel_limits import INNER, OUTER, Limits
from sessions_app.charts.lettering import SIZE, Taken, box, spread, width
from sessions_app.charts.scales import Linear, ticks
from sessions_app.charts.svg import Drawing, Point

LEAST_PATIENTS, LEAST_UNITS, _STEPS = 10, 2, 40
_FAR_DOWN, _FAR_ACROSS = (-26, 34, -44, 52, -62, 70), (0, -24, 24, -48, 48)
"""Where a name may stand that has no room beside its mark, the nearest first."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One therapist or clinic: its number, its patients, and who they were (``case_mix``)."""

    label: str
    patients: int
    value: float | None
    case_mix: float | None = None
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Funnel(Chart):
    """A funnel plot. Units are named in alphabetical order, wherever they lie."""

    units: tuple[Unit, ...]
    limits: Limits
    measure: str
    unit: str = "unit"
    case_mix: str = "Mean score before"
    places: int = 1
    percent: bool = False

    @cached_property
    def shown(self) -> tuple[tuple[Unit, float], ...]:
        """The units with a number and enough patients, by name."""
        enough = (one for one in self.units if one.patients >= LEAST_PATIENTS)
        told = ((one, known(one.value)) for one in sorted(enough, key=lambda one: one.label))
        return tuple((one, float(value)) for one, value in told if value is not None)

    def too_little(self) -> str:
        """Ask for two units of ten patients."""
        if len(self.shown) >= LEAST_UNITS:
            return ""
        has = f"there {'is' if len(self.shown) == 1 else 'are'} {len(self.shown) or 'none'}"
        return f"Needs {LEAST_UNITS} {self.unit}s with {LEAST_PATIENTS} patients each; {has}."

    def own_summary(self) -> str:
        """Say how many lie outside the limits, and name none."""
        outside = sum("outside" in self.limits.place_of(v, one.patients) for one, v in self.shown)
        if not outside:
            many = f"All {len(self.shown)}" if len(self.shown) > LEAST_UNITS else "Both"
            return f"{many} {self.unit}s lie inside the 95{PERCENT} limits."
        of = f"{outside} of {counted(len(self.shown), self.unit)} lie{'s' * (outside == 1)}"
        return f"{of} outside the 95{PERCENT} limits; by chance alone about 1 of 20 would."

    def notes(self) -> tuple[str, ...]:
        """Tell who is not drawn, and that the picture ranks nobody."""
        few = sum(one.patients < LEAST_PATIENTS for one in self.units)
        told = f"{counted(few, self.unit)} with fewer than {LEAST_PATIENTS} patients not shown."
        ends = f"95{PERCENT} (dashed) and 99.8{PERCENT}"
        lines = f"Lines: mean of all, and {ends} limits for that many patients."
        return (*((lines,) if not self.too_little() else ()), *((told,) if few else ()))

    def head(self) -> tuple[str, ...]:
        """Name the columns."""
        return (self.unit.capitalize(), "Patients", self.measure, self.case_mix, "Limits")

    def rows(self) -> tuple[Row, ...]:
        """Return the units that are drawn, by name."""
        return tuple(
            row(
                one.label,
                str(one.patients),
                self._words(value),
                decimal(one.case_mix) if one.case_mix is not None else NOTHING,
                self.limits.place_of(value, one.patients),
                href=one.href,
            )
            for one, value in self.shown
        )

    def body(self, size: Size, uid: str) -> tuple[float, Drawing]:
        """Draw the limits, then the units with their names."""
        high, words = axes.heading(self.measure, size)
        ends = self.limits.at(LEAST_PATIENTS, OUTER)
        upright = ticks(min([*ends, *(v for _, v in self.shown)]),
                        max([*ends, *(v for _, v in self.shown)]), 5)  # fmt: skip
        written = self._percent if self.percent else axes.tick_words(upright)
        left = max(width(written(tick)) for tick in upright) + 8
        labels = width(f"99.8{PERCENT}") + 6
        tall = 200 if size.narrow else 230
        frame = axes.Frame(left, high + 4, size.width - labels, high + 4 + tall)
        place = Linear(upright[0], upright[-1], frame.bottom, frame.top)
        flat = ticks(LEAST_PATIENTS, max(one.patients for one, _ in self.shown), 4, whole=True)
        across = Linear(LEAST_PATIENTS, flat[-1], frame.left + 8, frame.right)
        drawn = [words, axes.grid(frame, place, upright, written), *self._limits(across, place)]
        drawn += [*self._names_of_limits(across, place, frame), *self._units(across, place, frame)]
        drawn += _foot(across, [LEAST_PATIENTS, *(t for t in flat if t > LEAST_PATIENTS)], frame)
        return frame.bottom + 40, svg.together(drawn)

    def _words(self, value: float) -> str:
        return self._percent(value) if self.percent else decimal(value, self.places)

    def _percent(self, value: float) -> str:
        return f"{decimal(100 * value, 0)}{PERCENT}"

    def _limits(self, across: Linear, place: Linear) -> list[Drawing]:
        share = (across.high / across.low) ** (1 / _STEPS)
        sizes = [across.low * share**n for n in range(_STEPS + 1)]
        drawn = []
        for within, class_ in ((INNER, "ch-inner"), (OUTER, "ch-outer")):
            ends = [self.limits.at(size, within) for size in sizes]
            for side in (0, 1):
                at = [(across(n), place(e[side])) for n, e in zip(sizes, ends, strict=True)]
                drawn.append(svg.path(at, class_))
        y = place(self.limits.centre)
        return [*drawn, svg.line((across.start, y), (across.end, y), "ch-median")]

    def _names_of_limits(self, across: Linear, place: Linear, frame: axes.Frame) -> list[Drawing]:
        """Name each line at its right end; above the mean only, the other side is its mirror."""
        ends = [self.limits.at(across.high, within)[1] for within in (OUTER, INNER)]
        wanted = [place(value) + 4.5 for value in (*ends, self.limits.centre)]
        ys = spread(wanted, 17, frame.top + 10, frame.bottom)
        names = (f"99.8{PERCENT}", f"95{PERCENT}", "mean")
        return [
            svg.text((frame.right + 4, y), n, "ch-quiet") for n, y in zip(names, ys, strict=True)
        ]

    def _units(self, across: Linear, place: Linear, frame: axes.Frame) -> list[Drawing]:
        places = [(across(one.patients), place(value)) for one, value in self.shown]
        free = Taken()
        for x, y in places:
            free.force(x - 5, y - 5, x + 5, y + 5)
        lines = self._along(across, place)
        drawn, names = [], []
        for (one, value), at in zip(self.shown, places, strict=True):
            mark = svg.group("ch-hue", marks.unseen(at, 24, 24), marks.mark(at, radius=4.5))
            drawn.append(svg.point(mark, self._told(one, value), one.href))
            names += _name(one.label, at, (free, lines), frame)
        return [*names, *drawn]

    def _along(self, across: Linear, place: Linear) -> Taken:
        """Return the room of the lines, on which a name is put only if it must."""
        lines = Taken()
        y = place(self.limits.centre)
        lines.force(across.start, y - 2, across.end, y + 2)
        for n in range(_STEPS):
            patients = across.low + (across.high - across.low) * n / _STEPS
            x = across(patients)
            for end in (e for within in (INNER, OUTER) for e in self.limits.at(patients, within)):
                lines.force(x - 6, place(end) - 3, x + 6, place(end) + 3)
        return lines

    def _told(self, one: Unit, value: float) -> str:
        mix = "" if one.case_mix is None else f", {self.case_mix.lower()} {decimal(one.case_mix)}"
        where = self.limits.place_of(value, one.patients)
        return f"{one.label}: {self._words(value)}, {one.patients} patients{mix}; {where}"


def _name(label: str, at: Point, taken: tuple[Taken, Taken], frame: axes.Frame) -> list[Drawing]:
    """Write a name beside its mark: off the lines if there is room, else on one, else farther off.

    A name farther off has a line to its mark. It is never cut: cut names look alike. Where there is
    no room at all it is left out, and the table has it.
    """
    words, (x, y) = label, at
    sides = [
        *((x + 9, y + 4.5, "start"), (x - 9, y + 4.5, "end"), (x, y - 9, "middle")),
        *((x, y + 19, "middle"), (x + 6, y + 17, "start"), (x - 6, y + 17, "end")),
        *((x + 6, y - 9, "start"), (x - 6, y - 9, "end")),
    ]
    inside = [side for side in sides if words and _within(words, side, frame)]
    off = [side for side in inside if taken[1].has_room(*side[:2], words, side[2])]
    for side in (*off, *inside):
        if taken[0].words(*side[:2], words, side[2]):
            return [svg.text(side[:2], words, "ch-strong", side[2])]
    return _farther_off(words, at, taken, frame)


def _farther_off(
    words: str, at: Point, taken: tuple[Taken, Taken], frame: axes.Frame
) -> list[Drawing]:
    """Write a name at the end of a line to its mark: off the other lines if there is room."""
    x, y = at
    far = [(x + across, y + down) for down, across in product(_FAR_DOWN, _FAR_ACROSS)]
    inside = [spot for spot in far if words and _within(words, (*spot, "middle"), frame)]
    off = [spot for spot in inside if taken[1].has_room(*spot, words)]
    for spot in (*off, *inside):
        if taken[0].words(*spot, words):
            near = spot[1] + 5 if spot[1] < y else spot[1] - SIZE + 2
            lead = svg.line(at, (spot[0], near), "ch-lead")
            return [lead, svg.text(spot, words, "ch-strong", "middle")]
    return []


def _within(words: str, side: tuple[float, float, str], frame: axes.Frame) -> bool:
    left, top, right, bottom = box(*side[:2], words, side[2])
    return frame.left < left and right < frame.right and frame.top < top and bottom < frame.bottom


def _foot(across: Linear, numbers: list[float], frame: axes.Frame) -> list[Drawing]:
    taken, drawn = Taken(), []
    for number in numbers:
        x, words = across(number), str(round(number))
        if taken.words(x, 0, words):
            drawn.append(svg.text((x, frame.bottom + 17), words, "ch-quiet", "middle"))
    middle = ((frame.left + frame.right) / 2, frame.bottom + 34)
    return [*drawn, svg.text(middle, "number of patients", "ch-quiet", "middle")]
