"""The forms of a chart, filled in as a browser sends them."""

from datetime import timedelta
from typing import Any

from tests.universe import Universe

Typed = dict[str, Any]


def particulars(**changes: Any) -> Typed:
    """Return a whole chart, and what differs."""
    return {
        "family_name": "Müller-Öz", "given_names": "Zoë Ana", "birth_date": "1961-02-28",
        "chart_number": "N/2026 0017", "language": "Türkçe", "ward": "Willow", "room": "12b",
        "cancer_type": "breast <left>", "icd10": "c50.9", "status": "active", **changes,
    }  # fmt: skip


def fact(universe: Universe, **changes: Any) -> Typed:
    """Return what every kind of fact asks for, observed yesterday, and what differs."""
    seen = universe.today - timedelta(days=1)
    return {
        "observed_on": f"{seen}",
        "valid_until": "",
        "source": "CT report",
        "note": "",
        **changes,
    }
