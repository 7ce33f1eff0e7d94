"""What the demo clinics have on record of colleagues: one licence ends soon, one has ended."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sessions_app.clinics.models import Membership
from sessions_app.members.profile_actions import write_profile
from sessions_app.vocabulary.roles import Role

_SCHOOL = "Northfield School of Oncology Touch"
_TOLD: Mapping[str, dict[str, Any]] = {
    "therapist": {"number": "LMT 20417", "licence": 20, "insurance": 210, "hours": 820,
                  "course": (_SCHOOL, 24, 900), "months": 41},
    "supervisor": {"number": "LMT 11893", "licence": 410, "insurance": 240, "hours": 1450,
                   "course": (_SCHOOL, 48, 2600), "months": 118},
    "marek.dobrowicz": {"number": "LMT 22760", "licence": -12, "insurance": 96, "hours": 610,
                        "course": ("Wrzos Training Centre", 32, 700), "months": 17},
    "lucia.montefrio": {"number": "NY 033881", "licence": 365, "insurance": 45, "hours": 1000,
                        "course": (_SCHOOL, 24, 500), "months": 29},
    "darnell.weatherby": {"number": "NY 029177", "licence": 300, "insurance": 300, "hours": 500,
                          "course": (_SCHOOL, 24, 240), "months": 8},
    "meilin.ongsara": {"number": "SG-4471", "licence": 520, "insurance": 330, "hours": 760,
                       "course": ("Strait Integrative Care", 30, 1100), "months": 36},
    "anjali.varadesh": {"number": "SG-3120", "licence": 150, "insurance": 150, "hours": 1300,
                        "course": ("Strait Integrative Care", 60, 2100), "months": 84},
    "volunteer": {"course": ("Birchwood Hospice, simple touch", 16, 330), "months": 11},
}  # fmt: skip
"""By the e-mail address before the @: days to a last day, hours, a course (by whom, hours, days
ago), months. The volunteers' course is no licence, and they need none."""


def write_credentials(members: Mapping[tuple[str, str], Membership], now: datetime) -> None:
    """Write down what is known of everybody, as the admin of each clinic."""
    admins = {one.clinic_id: one for one in members.values() if one.role == Role.ADMIN}
    for (_, box), role in members.items():
        if box in _TOLD:
            write_profile(role, by=admins[role.clinic_id], at=now, **_columns(_TOLD[box], now))


def _columns(told: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    today = now.date()
    provider, hours, ago = told["course"]
    return {
        "licence_number": told.get("number", ""),
        "licence_until": _after(today, told.get("licence")),
        "insurance_until": _after(today, told.get("insurance")),
        "training_hours": told.get("hours"),
        "course_provider": provider,
        "course_hours": hours,
        "course_on": _after(today, -ago),
        "months_with_advanced_cancer": told["months"],
    }


def _after(today: date, days: int | None) -> date | None:
    return None if days is None else today + timedelta(days=days)
