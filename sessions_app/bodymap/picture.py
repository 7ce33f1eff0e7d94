"""What a body map shows: each region with today's limit, what was chosen there, and in words.

The meaning is never in a colour alone: no contact is hatched, still hands are dotted, a highest
pressure is a number, a recorded fact is a cross, a chosen site has a heavy outline and a badge;
and every region says all of it in words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sessions_app.bodymap.drawing import VIEWS, Shape, details, shapes, silhouette
from sessions_app.bodymap.lines import HALF_WIDTH, HEIGHT, Point
from sessions_app.vocabulary.body_sites import BodySite, Side, View
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure

Kind = Literal["none", "still", "upto", "free"]

SHEET = f"0 0 {2 * HALF_WIDTH} {HEIGHT}"
"""The viewBox of one view."""

PATTERNS: dict[Kind, str] = {"none": "hatch", "still": "dots"}
_USUAL: dict[Kind, str] = {
    "none": "no contact",
    "still": "still hands only",
    "free": "no limit set",
}
_BESIDE = 9.5
"""How far a badge and a cross that share a region move apart."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is known of one site: its limit, in words too, and what was chosen there.

    ``number`` is the highest pressure of an «upto»; ``words`` the limit as it is said: «no contact
    (Bone metastasis)»; ``pressure`` and ``technique`` belong to a chosen site; ``fact`` says that
    a clinical fact names this very site. ``tells_limit`` False says nothing of limits: the map of
    a session that is past.
    """

    kind: Kind = "free"
    number: int | None = None
    words: str = ""
    chosen: bool = False
    pressure: int | None = None
    technique: str = ""
    fact: bool = False
    tells_limit: bool = True

    def __post_init__(self) -> None:
        """Refuse what could not be drawn truthfully."""
        if (self.kind == "upto") != (self.number is not None):
            raise ValueError("A highest pressure belongs to «upto», and to nothing else.")
        if not self.chosen and (self.pressure is not None or self.technique):
            raise ValueError("Only a chosen site has a pressure and a technique.")

    @property
    def limit(self) -> str:
        """The limit in words; empty where the map says nothing of limits."""
        if not self.tells_limit:
            return ""
        usual = f"up to pressure {self.number}" if self.kind == "upto" else _USUAL[self.kind]
        return self.words or usual

    @property
    def ceiling(self) -> int:
        """The limit as a pressure: -1 for no contact."""
        if self.number is not None:
            return self.number
        ceilings = {"none": NO_CONTACT, "still": Pressure.RESTING}
        return int(ceilings.get(self.kind, Pressure.STRONGEST))

    @property
    def beyond(self) -> bool:
        """Whether what was chosen goes past the limit."""
        return self.chosen and (self.pressure or 0) > self.ceiling

    @property
    def how(self) -> str:
        """How a chosen site was chosen: «effleurage, pressure 1»."""
        pressure = "" if self.pressure is None else f"pressure {self.pressure}"
        return ", ".join(part for part in (self.technique, pressure) if part)

    @property
    def done(self) -> str:
        """What was chosen, in words; empty for a site that was not."""
        if not self.chosen:
            return ""
        past = "past the limit" if self.beyond else ""
        return ", ".join(part for part in ("ticked", self.how, past) if part)


def limit_kind(ceiling: int) -> Kind:
    """Return how a ceiling is drawn; the strongest pressure is no limit."""
    if ceiling == NO_CONTACT:
        return "none"
    if ceiling == Pressure.RESTING:
        return "still"
    return "free" if ceiling >= Pressure.STRONGEST else "upto"


@dataclass(frozen=True, slots=True)
class Region:
    """One region as the template draws it."""

    shape: Shape
    mark: Mark

    @property
    def place(self) -> str:
        """The region in words: «patient's left shoulder, back»."""
        site, view = self.shape.site, self.shape.view
        seen = f", {view.value}" if site.view is View.BOTH else ""
        return f"patient's {site.label}{seen}"

    @property
    def name(self) -> str:
        """The whole mark in words: «patient's left shoulder, back: no contact; ticked»."""
        fact = "recorded here" if self.mark.fact else ""
        said = "; ".join(part for part in (self.mark.limit, fact, self.mark.done) if part)
        return f"{self.place}: {said}" if said else self.place

    @property
    def pattern(self) -> str:
        """Which pattern fills it; empty for none."""
        return PATTERNS.get(self.mark.kind, "")

    @property
    def number(self) -> str:
        """The sign of its highest pressure: «≤2»."""
        return "" if self.mark.number is None else f"≤{self.mark.number}"

    @property
    def badge(self) -> str:
        """What stands in the badge of a chosen site: its pressure, else a tick."""
        return "✓" if self.mark.pressure is None else str(self.mark.pressure)

    @property
    def crowded(self) -> bool:
        """Whether a cross and something else share the region."""
        return self.mark.fact and (self.mark.chosen or bool(self.number))

    @property
    def badge_at(self) -> Point:
        """Where the number or the badge stands."""
        return self._beside(-1)

    @property
    def cross_at(self) -> Point:
        """Where the cross of a fact stands."""
        return self._beside(1)

    def _beside(self, sign: int) -> Point:
        x, y = self.shape.centre
        if not self.crowded:
            return x, y
        apart = sign * _BESIDE
        return (x, y + apart) if self.shape.upright else (x + apart, y)


@dataclass(frozen=True, slots=True)
class Figure:
    """One view of the body with all its regions."""

    view: View
    regions: tuple[Region, ...]
    silhouette: str
    details: str

    @property
    def chosen(self) -> tuple[Region, ...]:
        """The regions that were chosen."""
        return tuple(region for region in self.regions if region.mark.chosen)

    @property
    def sides(self) -> tuple[str, str]:
        """The patient's sides as the viewer sees them, from the viewer's left to right."""
        return ("right", "left") if self.view is View.FRONT else ("left", "right")

    @property
    def words(self) -> str:
        """The picture in words."""
        marks = {region.shape.site: region.mark for region in self.regions}
        said = [f"{words}: {sites}." for words, sites in told(marks)]
        return " ".join((f"Body seen from the {self.view.value}.", *said))


@dataclass(frozen=True, slots=True)
class Picture:
    """Both views, and everything in them in words."""

    figures: tuple[Figure, ...]
    told: tuple[tuple[str, str], ...] = ()
    sheet: str = SHEET


def picture(marks: Mapping[BodySite, Mark]) -> Picture:
    """Return the body map of these marks; a site without one is drawn without a limit."""
    whole = {site: marks.get(site, Mark()) for site in BodySite}
    return Picture(tuple(_figure(view, whole) for view in VIEWS), told(whole))


def _figure(view: View, marks: Mapping[BodySite, Mark]) -> Figure:
    regions = tuple(Region(shape, marks[shape.site]) for shape in shapes(view))
    return Figure(view, regions, silhouette(view), details(view))


def told(marks: Mapping[BodySite, Mark]) -> tuple[tuple[str, str], ...]:
    """Return what the marks say, each with its sites head to foot; the commonest limit last."""
    limits: dict[tuple[int, str], list[BodySite]] = {}
    for site, mark in marks.items():
        limits.setdefault((mark.ceiling, mark.limit), []).append(site)
    usual = max(limits, key=lambda key: len(limits[key]))
    rest = "all sites" if len(limits) == 1 else "all other sites"
    rows = [(key[1], site_words(sites)) for key, sites in sorted(limits.items()) if key != usual]
    rows.append((usual[1], rest))
    done = [_chosen(site, mark) for site, mark in marks.items() if mark.chosen]
    facts = [site for site, mark in marks.items() if mark.fact]
    rows += [("chosen", " · ".join(done))] if done else []
    rows += [("recorded at", site_words(facts))] if facts else []
    return tuple((words[:1].upper() + words[1:], sites) for words, sites in rows if words)


def _chosen(site: BodySite, mark: Mark) -> str:
    how = ", ".join(part for part in (mark.how, "past the limit" if mark.beyond else "") if part)
    return f"{site.label} ({how})" if how else site.label


def site_words(sites: Iterable[BodySite]) -> str:
    """Join labels, the two sides of a site as one: «left and right axilla»."""
    given = list(sites)
    both = {site for site in given if site.side is Side.LEFT and _twin(site) in given}
    skip = {_twin(site) for site in both}
    return " · ".join(
        site.label.replace("left ", "left and right ", 1) if site in both else site.label
        for site in given
        if site not in skip
    )


def _twin(site: BodySite) -> BodySite:
    return BodySite(site.value.replace("_left", "_right"))
