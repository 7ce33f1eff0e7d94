"""Reading a kept form: only its own person, on the same browser, within half an hour."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from sessions_app.people.device import Device, device_of
from sessions_app.people.kept_model import KeptForm

KEPT_FOR = 30 * 60
KEPT_HERE = "kept_form"
"""The field by which a form that is sent again says which kept one it is."""


@dataclass(frozen=True)
class Typed:
    """Where a form was sent, and all that it said."""

    path: str
    fields: list[tuple[str, str]]


def owner_of(device: Device, mark: str) -> str:
    """Return by what a person's kept forms on this browser are found."""
    said = f"{device.number} {mark}"
    return salted_hmac("stillhand.kept", said, algorithm="sha256").hexdigest()


def kept_for(request: HttpRequest, kept_id: str | uuid.UUID | None = None) -> KeptForm | None:
    """Return the signed-in person's newest kept form of this browser, or the one with this id."""
    device = device_of(request)
    if device is None or not request.user.is_authenticated:
        return None
    owner = owner_of(device, device.mark_of(request.user.email))
    since = timezone.now() - timedelta(seconds=KEPT_FOR)
    rows = KeptForm.objects.filter(owner=owner, kept_at__gte=since).order_by("-kept_at")
    if kept_id is None:
        return rows.first()
    return rows.filter(pk=kept_id).first() if _is_id(kept_id) else None


def typed_in(kept: KeptForm) -> Typed | None:
    """Read what a form said; None where it was not kept for this owner."""
    try:
        path, fields = signing.loads(kept.said, salt=kept.owner, max_age=KEPT_FOR + 60)
    except signing.BadSignature:
        return None
    return Typed(path, [(name, value) for name, values in fields for value in values])


def _is_id(said: str | uuid.UUID) -> bool:
    try:
        uuid.UUID(str(said))
    except ValueError:
        return False
    return True
