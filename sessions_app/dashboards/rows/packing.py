"""Several sums kept in one whole number, which are added up in one step.

A page sums a dozen small whole numbers for each patient, week and person. Python adds a long whole
number nearly as fast as a short one, so each of them has 32 bits of one: none is below nought, and
none comes to 2³² before four hundred million sessions were scored.
"""

from collections.abc import Hashable, Iterable, Iterator
from struct import Struct

BITS = 32
Numbers = tuple[int, ...]


class Packing:
    """Which numbers stand where; a group of them gets its place when it is first seen."""

    def __init__(self) -> None:
        self.places: dict[Hashable, slice] = {}
        self._width = 0

    def pack(self, group: Hashable, numbers: Numbers) -> int:
        """Return the numbers of a group as one, with nought in all other places."""
        place = self.places.get(group)
        if place is None:
            place = self.places[group] = slice(self._width, self._width + len(numbers))
            self._width = place.stop
        return sum(one << BITS * (place.start + n) for n, one in enumerate(numbers))

    def unpacked(self, sums: Iterable[int]) -> Iterator[Numbers]:
        """Return all numbers of each sum, in the order of the sums; a group is a slice of them."""
        own = Struct(f"<{self._width}I")
        return (own.unpack(one.to_bytes(own.size, "little")) for one in sums)
