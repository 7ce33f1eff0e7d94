"""What the network's page is asked about: a person's clinics, since when, and which arms."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from sessions_app.clinics.models import Clinic
from sessions_app.dashboards.scope import first_at_first, monday
from sessions_app.protocols.registry import Course
from sessions_app.vocabulary.coded import Coded


class Period(Coded):
    """How far back the page looks: sums of these are kept, so many clinics are read at once."""

    WEEKS_26 = "26-weeks", "The last 26 weeks", "From a Monday on, up to now."
    ALL_TIME = "all-time", "All time", "From the first session on."


@dataclass(frozen=True)
class NetworkScope:
    """The clinics, the day in the clinic where one acts, the period, and the arms (none is all)."""

    clinics: tuple[Clinic, ...]
    today: date
    period: Period = Period.WEEKS_26
    protocol: str = ""
    arm: str = ""
    courses: tuple[Course, ...] = ()

    @property
    def since(self) -> date | None:
        """The Monday from which on is looked; None for all time."""
        return first_at_first(self.today) if self.period is Period.WEEKS_26 else None

    @property
    def last_week(self) -> date:
        """The Monday of the present week, wherever a clinic is."""
        return monday(self.today + timedelta(days=1))

    @property
    def arm_ids(self) -> tuple[uuid.UUID, ...]:
        """The arms that are asked about, of every version; none is every arm."""
        return tuple(one.arm_id for one in self.courses)

    def query(self) -> str:
        """Return the filters as they stand in an address."""
        told = (("period", self.period.value), ("protocol", self.protocol), ("arm", self.arm))
        return urlencode([(name, value) for name, value in told if value])
