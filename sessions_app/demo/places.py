"""The three demonstration clinics: where they are, their wards, and who works there."""

from dataclasses import dataclass

from sessions_app.demo.mark import SLUG_PREFIX
from sessions_app.vocabulary.roles import Role

DOMAIN = "demo.example"


@dataclass(frozen=True)
class Colleague:
    """Somebody who works in a clinic. `box` is the e-mail address before the @."""

    box: str
    name: str
    role: Role

    @property
    def email(self) -> str:
        """The whole address; the domain cannot exist (RFC 2606)."""
        return f"{self.box}@{DOMAIN}"


@dataclass(frozen=True)
class Ward:
    """A ward or unit, and its rooms or chairs."""

    name: str
    rooms: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A clinic and what differs between clinics.

    `chart` begins its chart numbers. `died` is the share of past patients who died in its care;
    `frail` the share of all who are very thin or exhausted when they come.
    """

    name: str
    slug: str
    time_zone: str
    emergency_text: str
    emergency_number: str
    chart: str
    languages: tuple[str, ...]
    died: float
    wards: tuple[Ward, ...]
    staff: tuple[Colleague, ...]
    frail: float = 0.0


THERAPIST = Colleague("therapist", "Tamsin Okonjira", Role.THERAPIST)
VOLUNTEER = Colleague("volunteer", "Walter Lindehall", Role.VOLUNTEER)
SUPERVISOR = Colleague("supervisor", "Inês Carvalhosa", Role.SUPERVISOR)
ADMIN = Colleague("admin", "Ruth Abernethy-Lowe", Role.ADMIN)
ACCOUNTS = (THERAPIST, VOLUNTEER, SUPERVISOR, ADMIN)
"""Those who can sign in; the others have no password."""


def _rooms(first: int, last: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(first, last + 1))


HOSPICE = Place(
    name="Birchwood Hospice",
    slug=f"{SLUG_PREFIX}birchwood",
    time_zone="Europe/London",
    emergency_text="Pull the red cord, stay with the patient, then call the nurse in charge.",
    emergency_number="2222",
    chart="BH",
    languages=("English", "English", "English", "English", "Polish", "Urdu", "Welsh"),
    died=0.55,
    frail=0.3,
    wards=(
        Ward("Willow", _rooms(1, 14)),
        Ward("Rowan", _rooms(15, 28)),
        Ward("At home", ("visit",)),
    ),
    staff=(
        *ACCOUNTS,
        Colleague("marek.dobrowicz", "Marek Dobrowicz", Role.THERAPIST),
        Colleague("oona.brackenridge", "Oona Brackenridge", Role.VOLUNTEER),
        Colleague("samir.haddadin", "Samir Haddadin", Role.VOLUNTEER),
    ),
)
HOSPITAL = Place(
    name="Riverside Hospital, Oncology",
    slug=f"{SLUG_PREFIX}riverside",
    time_zone="America/New_York",
    emergency_text="Press the blue button and call the rapid response team.",
    emergency_number="911",
    chart="R",
    languages=("English", "English", "English", "Spanish", "Spanish", "Mandarin", "Russian"),
    died=0.15,
    wards=(
        Ward("6 East", _rooms(601, 618)),
        Ward("6 West", _rooms(631, 648)),
    ),
    staff=(
        THERAPIST,
        SUPERVISOR,
        Colleague("lucia.montefrio", "Lucía Montefrío", Role.THERAPIST),
        Colleague("darnell.weatherby", "Darnell Weatherby", Role.THERAPIST),
        Colleague("june.tsukimoto", "June Tsukimoto", Role.VOLUNTEER),
        Colleague("peter.vanderhoek", "Peter Vanderhoek", Role.ADMIN),
    ),
)
DAY_CLINIC = Place(
    name="Harbour Day Clinic",
    slug=f"{SLUG_PREFIX}harbour",
    time_zone="Asia/Singapore",
    emergency_text="Call the doctor on duty; the crash trolley stands by the front desk.",
    emergency_number="995",
    chart="HDC-",
    languages=("English", "English", "Mandarin", "Malay", "Tamil"),
    died=0.05,
    wards=(Ward("Infusion suite", ("chair 1", "chair 2", "chair 3", "chair 4", "chair 5")),),
    staff=(
        Colleague("meilin.ongsara", "Mei Lin Ongsara", Role.THERAPIST),
        Colleague("farid.rahmansyah", "Farid Rahmansyah", Role.VOLUNTEER),
        Colleague("anjali.varadesh", "Anjali Varadesh", Role.SUPERVISOR),
        Colleague("colin.tregarth", "Colin Tregarth", Role.ADMIN),
    ),
)
PLACES = (HOSPICE, HOSPITAL, DAY_CLINIC)
