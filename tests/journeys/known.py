"""What was examined already: remembered in a file of the run, so that each worker knows it of all.

Only what was found in order is remembered; what was amiss is looked at again wherever it stands.
"""

from collections.abc import Iterable
from pathlib import Path


class Known:
    """Lines that are added to, and never taken back."""

    def __init__(self) -> None:
        """Begin without a line, and without a file."""
        self._lines: set[str] = set()
        self._file: Path | None = None
        self._read = 0

    def share(self, file: Path) -> None:
        """Tell the other workers by this file, and listen to them."""
        self._file, self._read = file, 0

    def lines(self) -> set[str]:
        """Return all lines, with what others have added by now."""
        if self._file and self._file.exists():
            with self._file.open("rb") as told:
                told.seek(self._read)
                new = told.read()
            whole = new[: new.rfind(b"\n") + 1]  # the last may be half written
            self._read += len(whole)
            self._lines.update(whole.decode().splitlines())
        return self._lines

    def add(self, lines: Iterable[str]) -> None:
        """Remember lines."""
        new = set(lines) - self._lines
        self._lines |= new
        if self._file and new:
            with self._file.open("ab", buffering=0) as told:
                told.write("".join(f"{line}\n" for line in sorted(new)).encode())
