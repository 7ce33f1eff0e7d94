"""The base of every closed list: a code for the database, a label and a meaning for people."""

from enum import StrEnum
from typing import Self


class Coded(StrEnum):
    """A closed list. Members are declared ``NAME = "code", "Label", "Meaning"``.

    A member equals its code, so it may be stored and compared as text. An unknown code raises
    ``ValueError``, as with any enum.
    """

    label: str
    meaning: str

    do_not_call_in_templates: bool

    # The words have defaults only so that type checkers accept a look-up, ``Role("volunteer")``.
    def __new__(cls, code: str, label: str = "", meaning: str = "") -> Self:
        """Make the member from its code and its words."""
        return cls._worded(code, label, meaning)

    @classmethod
    def _worded(cls, code: str, label: str, meaning: str) -> Self:
        """Build one member; lists with further columns call this from their own ``__new__``."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.meaning = meaning
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (code, label) pairs in the order of declaration, as form fields want them."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def labels(cls) -> list[str]:
        """Return the labels in the order of declaration."""
        return [member.label for member in cls]

    @classmethod
    def codes(cls) -> list[str]:
        """Return the codes in the order of declaration, as a database constraint wants them."""
        return [member.value for member in cls]


# A template calls what can be called: a whole list handed to one would be called without a code,
# fail in silence and leave the page empty. Django looks for this name. Set from outside, since a
# value inside the class would be a member.
Coded.do_not_call_in_templates = True
