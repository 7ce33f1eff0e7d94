"""What a spreadsheet would read as a formula, in a file that people open with one."""

from collections.abc import Iterable

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(line: Iterable[str]) -> list[str]:
    """Keep a spreadsheet from reading words as a formula; numbers with a sign stay numbers."""
    return [f"'{cell}" if _is_formula(cell) else cell for cell in line]


def _is_formula(cell: str) -> bool:
    if not cell.startswith(_STARTS_A_FORMULA):
        return False
    return not cell[1:].replace(".", "", 1).replace(",", "").isdigit()
