"""A form whose answers stand in an address: what it cannot be asked is told, never left out.

An address whose filter is misspelt would else show the numbers of all sessions as if they were
those of some.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from sessions_app.plain_errors import PlainForm

NAMES_TOLD, LONGEST_NAME = 3, 40


def anything(word: str) -> bool:
    """Take every word: whoever reads it says what is wrong with it."""
    return True


class AskingForm(PlainForm):
    """Filters of a page; what stands empty asks for nothing."""

    beside: ClassVar[Mapping[str, Callable[[str], bool]]] = {}
    """What an address may hold beside the filters, each with the words that are known of it."""

    def clean(self) -> dict[str, Any]:
        """Name what the page does not know, and what it does not know of what it knows."""
        said = super().clean() or {}
        sent = [name for name in self.data if name not in self.fields and self.data.get(name)]
        if strange := [_shown(name) for name in sent if name not in self.beside]:
            named = ", ".join(f"«{name}»" for name in strange[:NAMES_TOLD])
            self.add_error(None, f"The address asks by {named}: this page has no such filter.")
        for name in sent:
            if name in self.beside and not self.beside[name](str(self.data.get(name))):
                self.add_error(None, f"The address asks by «{name}» for what this page has not.")
        return said


def _shown(name: str) -> str:
    return "".join(sign for sign in name[:LONGEST_NAME] if sign.isprintable())
