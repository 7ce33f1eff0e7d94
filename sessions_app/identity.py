"""Identity of rows: time-ordered UUIDs that the application, or a browser, can make itself."""

import os
import time
import uuid

NETWORK = uuid.UUID(int=0)
"""Stands where a clinic's id stands, for what belongs to no clinic (people, protocols)."""


def uuid7() -> uuid.UUID:
    """Return a new version-7 UUID (RFC 9562 §5.7): 48 bits of Unix milliseconds, then chance.

    Rows made later sort later, so the primary key's index grows at its end.
    """
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & ((1 << 48) - 1)) << 80 | random
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)
