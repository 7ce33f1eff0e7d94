"""What is counted when somebody tries a password or asks for a letter, and under which key."""

import time
import unicodedata

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from sessions_app.people.address import address_of, network_of
from sessions_app.people.device import device_of
from sessions_app.people.waits import ACCOUNT, ADDRESS, DEVICE, LETTERS, PLACE, Waits


def tries_of(request: HttpRequest | None, email: str) -> tuple[dict[str, Waits], list[str]]:
    """Return the counters of a try, and those of them that are this person's own here."""
    device = device_of(request)
    if device is not None and device.knows(email):
        own = _key(DEVICE, device.number, email)
        return {own: DEVICE}, [own]
    place = network_of(address_of(request))
    own = _key(PLACE, place, email)
    return {own: PLACE, _key(ACCOUNT, email): ACCOUNT, _key(ADDRESS, place): ADDRESS}, [own]


def letters_of(request: HttpRequest, email: str) -> dict[str, Waits]:
    """Return the counters of a letter that is asked for; that of the address is the tries' own."""
    place = network_of(address_of(request))
    return {_key(LETTERS, email): LETTERS, _key(ADDRESS, place): ADDRESS}


def marks_of(request: HttpRequest | None, email: str) -> dict[str, str]:
    """Return what tells in the log which account was tried from where: how its counters begin."""
    place = network_of(address_of(request))
    return {"account": _key(ACCOUNT, email)[:16], "place": _key(ADDRESS, place)[:16]}


def as_counted(email: str) -> str:
    """Return an address in the one spelling under which it is counted and looked up."""
    return unicodedata.normalize("NFC", email).strip().lower()


def now_ms() -> int:
    """Return the milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def _key(kind: Waits, *said: str) -> str:
    return salted_hmac(
        f"stillhand.tries.{kind.kind}", "\n".join(said), algorithm="sha256"
    ).hexdigest()
