"""What is given or planned beside the touch, and has its time: doses, treatments, procedures."""

from typing import Self

from sessions_app.vocabulary.coded import Coded
from sessions_app.vocabulary.conditions import FactKind


class TimedKind(Coded):
    """What was given or is planned. Members: code, label, meaning, the fact it is for the rules.

    Where a kind is a fact as well, the fact is what the safety rules read.
    """

    fact: FactKind | None

    def __new__(
        cls, code: str, label: str = "", meaning: str = "", fact: FactKind | None = None
    ) -> Self:
        """Make the member from its row in the table below."""
        member = cls._worded(code, label, meaning)
        member.fact = fact
        return member

    OPIOID_BREAKTHROUGH = (
        "opioid_breakthrough", "Breakthrough dose", "An opioid taken for pain that broke through.",
    )  # fmt: skip
    OPIOID_REGULAR = "opioid_regular", "Regular opioid dose", "An opioid at its usual hour."
    ANALGESIC = "analgesic", "Other pain medicine", "Any other medicine against pain."
    RADIOTHERAPY = (
        "radiotherapy", "Radiotherapy", "One treatment from outside the body.",
        FactKind.RADIOTHERAPY,
    )  # fmt: skip
    CHEMOTHERAPY = (
        "chemotherapy", "Chemotherapy", "One dose of chemotherapy or another hazardous drug.",
        FactKind.CHEMOTHERAPY,
    )  # fmt: skip
    PROCEDURE = (
        "procedure", "Procedure", "Anything done in theatre, or by a needle or scope.",
        FactKind.PROCEDURE,
    )  # fmt: skip
    PHYSIOTHERAPY = "physiotherapy", "Physiotherapy", "One treatment by a physiotherapist."

    @property
    def is_opioid(self) -> bool:
        """Whether it is a dose after which scores may be told otherwise."""
        return self in (TimedKind.OPIOID_BREAKTHROUGH, TimedKind.OPIOID_REGULAR)


class TimedSource(Coded):
    """How a time came into the record."""

    MEMBER = "member", "Recorded", "A member of the clinic recorded it."
    IMPORT = "import", "Brought in", "It was read from another system's file."
