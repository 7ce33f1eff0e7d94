"""The clinical facts that the safety rules read, and how each is recorded.

The validity spans are our design: after that many days a fact is to be asked again. A fact past
its date is never read as gone.
"""

from decimal import Decimal
from typing import Self

from sessions_app.vocabulary.coded import Coded


class PlateletUnit(Coded):
    """The units in which laboratories print a platelet count."""

    factor: int

    def __new__(cls, code: str, label: str = "", meaning: str = "", factor: int = 1) -> Self:
        """Make the member; ``factor`` turns a count in this unit into a count per microlitre."""
        member = cls._worded(code, label, meaning)
        member.factor = factor
        return member

    PER_NL = "per_nl", "10⁹/L", "Thousands per microlitre; 45 means 45,000/µL.", 1000
    PER_UL = "per_ul", "/µL", "Per microlitre.", 1


class FactKind(Coded):
    """What a clinical fact is about.

    ``needs_sites``: sites are asked for; where they are not known the fact is recorded all the
    same, with none, and its rule asks the team. ``has_value``: a value belongs to it.
    ``unit_choices``: the units of a measurement. ``value_choices``: the answers where the value
    is one of a few. ``default_validity_days``: when to ask again, None for lifelong.
    """

    needs_sites: bool
    has_value: bool
    unit_choices: tuple[PlateletUnit, ...]
    value_choices: tuple[tuple[int, str], ...]
    default_validity_days: int | None

    def __new__(
        cls,
        code: str,
        label: str = "",
        meaning: str = "",
        needs_sites: bool = False,
        validity_days: int | None = None,
        units: tuple[PlateletUnit, ...] = (),
        values: tuple[tuple[int, str], ...] = (),
    ) -> Self:
        """Make the member from its row in the table below."""
        member = cls._worded(code, label, meaning)
        member.needs_sites = needs_sites
        member.has_value = bool(units or values)
        member.unit_choices = units
        member.value_choices = values
        member.default_validity_days = validity_days
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
    )
    DEVICE = (
        *("device", "Port, line or drain"),
        *("A port, line, drain, pump or infusion in or on the body.", True, 30),
    )
    PLATELETS = (
        *("platelets", "Platelet count"),
        *("A laboratory count with its unit and date.", False, 7, tuple(PlateletUnit)),
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
