"""Whether a dashboard is still what the browser has: told without counting anything again.

Every write of a clinic is a link of its audit chain, so the heads of the chains say whether
anything was written since. Beside them stand the day, who asks, the seal of the page's forms,
and the release.
"""

import uuid
from collections.abc import Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from sessions_app.audit.models import ChainHead
from sessions_app.clinics.membership import acting, held_by

Heads = Mapping[uuid.UUID, str]
"""The last link of each clinic's chain; it rests on all links before it."""


def heads_of(request: HttpRequest) -> Heads:
    """Return the heads of a person's clinics, in one statement."""
    held = held_by(request)
    heads = ChainHead.objects.filter(clinic_id__in=[one.clinic_id for one in held])
    return dict(heads.values_list("clinic_id", "hash"))


def tag_of(request: HttpRequest, today: date, heads: Heads) -> str:
    """Return the page's ETag: two answers with the same tag are the same."""
    held = held_by(request)
    told = (
        *(request.get_full_path(), acting(request).pk, today, release()),
        sorted((one.role, one.clinic.name, one.clinic.time_zone) for one in held),
        sorted((str(pk), head) for pk, head in heads.items()),
        request.META.get("CSRF_COOKIE", ""),
    )
    return f'"{sha256(repr(told).encode()).hexdigest()[:32]}"'


def still_the_same(request: HttpRequest, tag: str) -> HttpResponse | None:
    """Return «not modified» where the browser has just this page, and nothing waits to be said."""
    asked = request.headers.get("If-None-Match", "")
    has_it = tag in (one.strip().removeprefix("W/") for one in asked.split(","))
    return tagged(HttpResponseNotModified(), tag) if has_it and not get_messages(request) else None


def tagged(answer: HttpResponse, tag: str) -> HttpResponse:
    """Let the browser keep a page, to be asked about each time: it has sums, and no patient."""
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    answer["Vary"] = "Cookie"
    return answer


@cache
def release() -> str:
    """Return a word that changes with the code: sizes and times of its files."""
    root = Path(settings.BASE_DIR)
    files = (*root.glob("sessions_app/**/*.py"), *root.glob("templates/**/*.html"))
    seen = sorted((str(one), one.stat().st_mtime_ns, one.stat().st_size) for one in files)
    return sha256(repr(seen).encode()).hexdigest()[:16]
