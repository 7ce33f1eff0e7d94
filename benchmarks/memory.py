"""What a worker holds after a thousand dashboards."""

import os
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from benchmarks.clinic_page import PAGE, supervisor_of
from sessions_app.clinics.models import Clinic

REQUESTS, MARK = 1_000, 150.0
"""Every fifth asks for other days, so it is drawn anew; the others are drawn already."""


def measure(rounds: int) -> list[str]:
    """Ask a thousand times, for other days and other houses; print the resident megabytes."""
    del rounds
    houses = list(Clinic.objects.order_by("slug")[:20])
    browsers = [supervisor_of(house) for house in houses]
    before, today = _resident(), timezone.now().date()
    for n in range(REQUESTS):
        last = today - timedelta(days=n // 100)
        asked = {"from": last - timedelta(weeks=8 + n % 19), "to": last}
        browsers[n % len(browsers)].get(PAGE, asked)
    held = _resident()
    print(f"memory: {before:.0f} MB, after {REQUESTS:,} dashboards {held:.0f} MB (mark {MARK:.0f})")
    return [] if held <= MARK else ["memory of a worker"]


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
