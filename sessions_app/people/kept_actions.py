"""Keeping a form that was sent when the sign-in had ended, and giving it back (ADR 0019)."""

from datetime import timedelta

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from sessions_app.people.device import device_of
from sessions_app.people.kept import KEPT_FOR, KEPT_HERE, owner_of
from sessions_app.people.kept_model import KeptForm

MOST_OF_ONE, LONGEST = 5, 300_000
_NOT_KEPT = {"csrfmiddlewaretoken", KEPT_HERE}


def keep_form(request: HttpRequest) -> bool:
    """Keep what was typed for the last person who signed in on this browser; say whether it is.

    A form bears the seal (CSRF) of the sign-in before, so it was that person's. A browser on
    which nobody signed in leaves nothing here.
    """
    device = device_of(request)
    fields = [[name, said] for name, said in request.POST.lists() if name not in _NOT_KEPT]
    if device is None or not device.marks or not fields or request.FILES:
        return False
    owner = owner_of(device, device.marks[0])
    text = signing.dumps([request.get_full_path(), fields], salt=owner, compress=True)
    if len(text) > LONGEST:
        return False
    forget_kept()
    KeptForm.objects.create(owner=owner, said=text, kept_at=timezone.now())
    newest = KeptForm.objects.filter(owner=owner).order_by("-kept_at").values_list("pk", flat=True)
    KeptForm.objects.filter(owner=owner).exclude(pk__in=list(newest[:MOST_OF_ONE])).delete()
    return True


def drop_kept(kept: KeptForm) -> None:
    """Forget a form that was sent again, or is not wanted."""
    kept.delete()


def forget_kept() -> None:
    """Forget every form whose time is over."""
    KeptForm.objects.filter(kept_at__lt=timezone.now() - timedelta(seconds=KEPT_FOR)).delete()
