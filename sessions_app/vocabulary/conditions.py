"""The clinical facts that the safety rules read, and how each is recorded.

The validity spans are our design: after that many days a fact is to be asked again. A fact past
its date is never read as gone.
"""

from decimal import Decimal
from typing import Self

from sessions_app.vocabulary.body_sites import BodySite, both
from sessions_app.vocabulary.coded import Coded

LONGEST_SPANS = 2
"""A fact may be declared valid for at most so many of its kind's usual spans (our design)."""

LONGEST_DAYS = 730
"""The same where a kind has no usual span."""

LYMPH_BASINS = both("axilla", "groin") | {BodySite.NECK_FRONT, BodySite.NECK_BACK}
"""Where lymph nodes are removed or irradiated: armpits, groins, neck."""


class PlateletUnit(Coded):
    """The units in which laboratories print a platelet count."""

    factor: int

    def __new__(cls, code: str, label: str = "", meaning: str = "", factor: int = 1) -> Self:
        """Make the member; ``factor`` turns a count in this unit into a count per microlitre."""
        member = cls._worded(code, label, meaning)
        member.factor = factor
        return member

    def written(self, count: Decimal) -> str:
        """Return a count with this unit as one reads it: «45,000/µL», «45 ×10⁹/L»."""
        joint = "" if self.label.startswith("/") else " ×"
        return f"{count.normalize():,f}{joint}{self.label}"

    PER_NL = "per_nl", "10⁹/L", "Thousands per microlitre; 45 means 45,000/µL.", 1000
    PER_UL = "per_ul", "/µL", "Per microlitre.", 1


class FactKind(Coded):
    """What a clinical fact is about.

    ``needs_sites``: sites are asked for; where they are not known the fact is recorded all the
    same, with none, and its rule asks the team. ``has_value``: a value belongs to it.
    ``unit_choices``: the units of a measurement. ``value_choices``: the answers where the value
    is one of a few. ``default_validity_days``: when to ask again, None for lifelong.
    ``highest_believed``: the most that can be, in the unit whose factor is 1; more is a slip of
    the pen or of the unit (our design). ``sites_offered``: where it can be, None for anywhere.
    """

    needs_sites: bool
    has_value: bool
    unit_choices: tuple[PlateletUnit, ...]
    value_choices: tuple[tuple[int, str], ...]
    default_validity_days: int | None
    highest_believed: int | None
    sites_offered: frozenset[BodySite] | None

    def __new__(
        cls,
        code: str,
        label: str = "",
        meaning: str = "",
        needs_sites: bool = False,
        validity_days: int | None = None,
        units: tuple[PlateletUnit, ...] = (),
        values: tuple[tuple[int, str], ...] = (),
        highest: int | None = None,
        sites_offered: frozenset[BodySite] | None = None,
    ) -> Self:
        """Make the member from its row in the table below."""
        member = cls._worded(code, label, meaning)
        member.needs_sites = needs_sites
        member.has_value = bool(units or values)
        member.unit_choices = units
        member.value_choices = values
        member.default_validity_days = validity_days
        member.highest_believed = highest
        member.sites_offered = sites_offered
        return member

    def value_words(self, value: Decimal | None, unit: str) -> str:
        """Return a value as it was written: a count with its unit, or an answer in words."""
        if value is None:
            return ""
        for answer, in_words in self.value_choices:
            if value == answer:
                return in_words
        units = {one.value: one.label for one in self.unit_choices}
        return f"{value.normalize():,f} {units.get(unit, unit)}".strip()

    @property
    def longest_validity_days(self) -> int:
        """For how many days a fact of this kind may be declared valid."""
        usual = self.default_validity_days
        return LONGEST_DAYS if usual is None else LONGEST_SPANS * usual

    def highest_in(self, unit: PlateletUnit) -> Decimal | None:
        """Return the most that can be believed of a value in this unit."""
        highest = self.highest_believed
        return None if highest is None else Decimal(highest) / unit.factor

    def believes(self, value: Decimal, unit: PlateletUnit) -> bool:
        """Return whether a value in this unit can be: not below nought, not above the highest."""
        highest = self.highest_in(unit)
        return value >= 0 and (highest is None or value <= highest)

    BONE_METASTASIS = (
        *("bone_metastasis", "Bone metastasis"),
        *("Cancer in bone. Name the sites; with none named, the team is to be asked.", True, 180),
    )
    OTHER_METASTASIS = (
        *("other_metastasis", "Other metastasis"),
        *("Cancer spread to an organ or soft tissue.", False, 180),
    )
    LYMPH_NODES = (
        *("lymph_nodes", "Lymph nodes removed or irradiated"),
        *("Name the basin: armpit, groin or neck. Counts for life.", True, None),
        *((), (), None, LYMPH_BASINS),
    )
    DEVICE = (
        *("device", "Port, line or drain"),
        *("A port, line, drain, pump or infusion in or on the body.", True, 30),
    )
    PLATELETS = (
        *("platelets", "Platelet count"),
        *("A laboratory count with its unit and date.", False, 7, tuple(PlateletUnit), ()),
        3_000_000,
    )
    MYELOSUPPRESSIVE_THERAPY = (
        *("myelosuppressive_therapy", "Treatment that lowers blood counts"),
        *("Chemotherapy or other treatment after which platelets may fall.", False, 30),
    )
    LIMB_CLOT_SIGNS = (
        *("limb_clot_signs", "Signs of a clot in a limb"),
        *("One limb swollen, warm, red or painful, or a hard sore vein.", True, 7),
    )
    CONSENT = (
        *("consent", "Consent to massage"),
        *("The patient's consent, or that it was withdrawn or refused.", False, 365, ()),
        ((1, "given"), (0, "withdrawn or refused")),
    )
