"""How firmly: levels 0 to 5, recorded per site.

The idea of a five-step teaching scale is Tracy Walton's, its first two steps G. MacDonald's and
D. Nelson's. The words here are our own, and level 0 is our addition for still hands.
"""

from enum import IntEnum
from typing import Final, Self

NO_CONTACT: Final = -1
"""As a ceiling: not even a resting hand."""


class Pressure(IntEnum):
    """Pressure on one site. No level may leave a bruise."""

    label: str
    meaning: str

    do_not_call_in_templates: bool

    def __new__(cls, level: int, label: str, meaning: str) -> Self:
        """Make the member from its number and its words."""
        member = int.__new__(cls, level)
        member._value_ = level
        member.label = label
        member.meaning = meaning
        return member

    RESTING = 0, "0 · resting hand", "The hand lies still. Nothing moves."
    SPREADING = 1, "1 · spreading", "Whole hand, as if spreading gel on sunburn. Only skin moves."
    CREAMING = 2, "2 · rubbing in", "As if rubbing cream in. Skin and the layer just under it move."
    RELAXING = 3, "3 · relaxation", "Usual relaxation massage. Muscle moves, joints a little."
    FIRM = 4, "4 · firm", "The therapist leans in. Deep muscle and joints move."
    STRONGEST = 5, "5 · strongest", "Small area, elbow or forearm. The deepest layer moves. Rare."

    @classmethod
    def choices(cls) -> list[tuple[int, str]]:
        """Return (level, label) pairs from light to strong."""
        return [(member.value, member.label) for member in cls]


Pressure.do_not_call_in_templates = True  # as in every closed list, see `Coded`
