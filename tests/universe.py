"""A named world for the tests: two clinics, their people, patients on protocols, sessions.

It is built once, through the actions, and stored; each test gets its own copy of the objects and
a transaction that is rolled back.

    birchwood (London)     therapist volunteer supervisor admin, and Wanda, who also works there
      ada    rest/massage  bone metastasis in the thoracic spine, a port, consent; one session
                           with an incident; an order for R3, which lifts nothing of hers; an
                           emergency, still open; physiotherapy yesterday
      bruno  rest/touch    consent; one session given by the volunteer
      chen   no protocol   consent
      diego  jane-bone     consent; one session
      erin   open          no consent on record: the X1 stop stands
    harbour (New York)     the same four roles; Wanda is a supervisor there
      farah  rest/massage  consent; one session
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client
from django.utils import timezone

from sessions_app.clinics import actions as clinics
from sessions_app.clinics.models import Clinic, Membership
from sessions_app.enrolments import actions as enrolments
from sessions_app.enrolments.models import Enrolment
from sessions_app.enrolments.policies import criteria
from sessions_app.patients import actions as patients
from sessions_app.patients import order_actions as orders
from sessions_app.patients.models import Patient
from sessions_app.people import actions as people
from sessions_app.people.models import User
from sessions_app.protocols import actions as protocols
from sessions_app.protocols import registry
from sessions_app.protocols.definition import load_all
from sessions_app.sessions import actions as sessions
from sessions_app.sessions import emergency_actions as emergencies
from sessions_app.sessions import incident_actions as incidents
from sessions_app.sessions import score_rows
from sessions_app.sessions.models import Session
from sessions_app.sessions.record import Answers, Care, Rating, Ratings
from sessions_app.timing import actions as timing
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.incidents import EmergencyCause, IncidentKind
from sessions_app.vocabulary.reasons import MissingReason, NotGivenReason
from sessions_app.vocabulary.records import Position, Product, Reaction
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.techniques import Technique
from sessions_app.vocabulary.timed import TimedKind

ClientAs = Callable[[str], Client]
"""What the fixture `client_as` is: it gives a browser signed in as a member of the world."""
PASSWORD = "a long enough password"

Score = int | MissingReason | Rating


def ratings(**scores: Score) -> dict[Scale, Rating]:
    """Return ratings: `ratings(pain=5, mood=MissingReason.ASLEEP)`."""
    return {Scale(name): _rating(said) for name, said in scores.items()}


def care(**changes: Any) -> Care:
    """Return a light half hour on hands and feet that breaks no limit of the world's patients."""
    usual: dict[str, Any] = {
        "techniques": frozenset({Technique.EFFLEURAGE}),
        "pressures": {BodySite.HAND_LEFT: 1, BodySite.FOOT_TOP_RIGHT: 1},
        "minutes": 30,
        "position": Position.SUPINE,
        "product": Product.UNSCENTED_LOTION,
        "reaction": Reaction.NONE,
    }
    return Care(**{**usual, **changes})


def still_touch(**changes: Any) -> Care:
    """Return what a volunteer may give: hands kept still, with resting weight."""
    simple = {"techniques": frozenset({Technique.STILL_HOLDING}), "product": Product.NONE}
    return care(**{**simple, "pressures": {BodySite.HAND_LEFT: 0}, **changes})


def _rating(said: Score) -> Rating:
    if isinstance(said, Rating):
        return said
    return Rating(missing=said) if isinstance(said, MissingReason) else Rating(value=said)


@dataclass
class Universe:
    """The world's people, patients, courses and sessions by name. `now` is when it was built."""

    now: datetime
    birchwood: Clinic
    harbour: Clinic
    wanda: User
    members: dict[str, Membership]
    patients: dict[str, Patient] = field(default_factory=dict)
    courses: dict[str, Enrolment] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        """Give `universe.therapist`, `universe.ada`, `universe.ada_course`, `….ada_session`."""
        found: dict[str, Any] = {
            **self.__dict__.get("members", {}),
            **self.__dict__.get("patients", {}),
            **{f"{who}_course": one for who, one in self.__dict__.get("courses", {}).items()},
            **{f"{who}_session": one for who, one in self.__dict__.get("sessions", {}).items()},
        }
        if name not in found:
            raise AttributeError(name)
        return found[name]

    @property
    def today(self) -> date:
        """The day in Birchwood when the world was built."""
        return self.now.astimezone(self.birchwood.zone).date()

    def arm(self, protocol: str, arm: str) -> uuid.UUID:
        """Return the id of an arm of a shipped protocol."""
        courses = registry.offered()
        return next(
            one.arm_id for one in courses if (one.protocol.code, one.arm.code) == (protocol, arm)
        )

    def checklist(self, arm_id: uuid.UUID) -> dict[str, str]:
        """Return the answers that meet every criterion of an arm's protocol."""
        asked = criteria(registry.course(arm_id).protocol)
        return {one.code: "yes" if one.expected else "no" for one in asked}

    def enrol(
        self, name: str, patient: Patient, course: tuple[str, str], *, by: Membership, at: datetime
    ) -> None:
        """Put a patient on a course, protocol and arm, from that day on."""
        arm_id = self.arm(*course)
        self.courses[name] = enrolments.enrol(
            patient=patient,
            arm_id=arm_id,
            starts_on=at.date(),
            checklist=self.checklist(arm_id),
            by=by,
            at=at,
        )

    def care(self, **changes: Any) -> Care:
        """Return a light half hour; see `care`."""
        return care(**changes)

    def answers(
        self,
        enrolment: Enrolment,
        done: Care,
        *,
        planning: bool = False,
        by: Membership | None = None,
        when: datetime | None = None,
        reason: str = "",
        before: Ratings | None = None,
        after: Ratings | None = None,
    ) -> Answers:
        """Return the confirmation of just those reminders that the rules show for `done`."""
        by = by or self.members["therapist"]
        when = when or self.now
        verdict = sessions.verdict_of(
            enrolment, done, when, by, at=self.now, planning=planning, before=before, after=after
        )
        return Answers(shown=verdict.digest(), confirmed=True, reason=reason, not_known=True)

    def log(self, enrolment: Enrolment, **changes: Any) -> Session:
        """Record a given session of an hour ago, with what differs from the usual one."""
        by = changes.setdefault("by", self.members["therapist"])
        when = changes.setdefault("performed_at", self.now - timedelta(hours=1))
        done = changes.setdefault("care", care())
        told = {
            "before": changes.setdefault("before", ratings(pain=5, mood=4)),
            "after": changes.setdefault("after", ratings(pain=3, mood=6)),
        }
        answers = self.answers(enrolment, done, by=by, when=when, reason="it had happened", **told)
        changes.setdefault("answers", replace(answers, seconds=changes.pop("seconds", None)))
        changes.setdefault("client_key", uuid.uuid4())
        changes.setdefault("digest", "as-typed")
        return sessions.log(enrolment=enrolment, **changes)

    def start(self, enrolment: Enrolment, **changes: Any) -> Session:
        """Start a session now, with what differs from the usual one."""
        by = changes.setdefault("by", self.members["therapist"])
        plan = changes.setdefault("plan", care())
        before = changes.setdefault("before", ratings(pain=5, mood=4))
        answers = self.answers(enrolment, plan, planning=True, by=by, before=before)
        changes.setdefault("answers", answers)
        changes.setdefault("client_key", uuid.uuid4())
        changes.setdefault("digest", "as-typed")
        return sessions.start(enrolment=enrolment, **changes)

    def not_given(self, enrolment: Enrolment, **changes: Any) -> Session:
        """Record that a session did not happen, with what differs from the usual one."""
        changes.setdefault("by", self.members["therapist"])
        changes.setdefault("reason", NotGivenReason.ASLEEP)
        changes.setdefault("client_key", uuid.uuid4())
        changes.setdefault("digest", "as-typed")
        return sessions.not_given(enrolment=enrolment, **changes)

    def finish(self, session: Session, **changes: Any) -> Session:
        """Finish a session in progress, with what differs from the usual one."""
        by = changes.setdefault("by", self.members["therapist"])
        done = changes.setdefault("care", care())
        after = changes.setdefault("after", ratings(pain=3, mood=6))
        before = score_rows.ratings_before(session.scores.all())
        answers = self.answers(
            session.enrolment, done, by=by, when=session.performed_at, before=before, after=after
        )
        changes.setdefault("answers", answers)
        changes.setdefault("digest", "finished")
        return sessions.finish(session, **changes)


def build() -> Universe:
    """Make the world in an empty database and return it."""
    now = timezone.now().replace(microsecond=0)
    begun = now - timedelta(days=10)
    protocols.publish(load_all(), at=begun)
    birchwood = _clinic("birchwood", "Birchwood Hospice", _zone_by_day(now), begun)
    harbour = _clinic("harbour", "Harbour Cancer Center", "America/New_York", begun)
    members = {
        **{role.value: _member(birchwood, role, begun) for role in Role},
        **{f"foreign_{role.value}": _member(harbour, role, begun) for role in Role},
    }
    wanda = people.add_person(
        email="wanda@both.example", display_name="Wanda Wide", password=PASSWORD, at=begun
    )
    for name, clinic, role in (
        ("wanda_here", birchwood, Role.THERAPIST),
        ("wanda_there", harbour, Role.SUPERVISOR),
    ):
        members[name] = clinics.add_member(clinic=clinic, user=wanda, role=role, at=begun)
    world = Universe(now, birchwood, harbour, wanda, members)
    _fill_birchwood(world, begun)
    _admit(world, "farah", "foreign_therapist", begun, course=("rest", "massage"))
    _log_first_session(world, "farah", "foreign_therapist", care())
    return world


def _zone_by_day(now: datetime) -> str:
    """Return London while it is day there, else a zone where it is two in the afternoon.

    At whatever hour the tests run, an hour ago is today, and yesterday at ten is a day ago.
    """
    if 11 <= now.astimezone(ZoneInfo("Europe/London")).hour <= 20:
        return "Europe/London"
    ahead = 14 - now.astimezone(UTC).hour
    return f"Etc/GMT{-ahead:+d}"  # these zones name the way back to Greenwich


def _clinic(slug: str, name: str, zone: str, at: datetime) -> Clinic:
    return clinics.open_clinic(
        name=name,
        slug=slug,
        time_zone=zone,
        emergency_text="Call the crash team and stay with the patient.",
        emergency_number="2222",
        second_factor_roles=(),
        at=at,
    )


def _member(clinic: Clinic, role: Role, at: datetime) -> Membership:
    user = people.add_person(
        email=f"{role.value}@{clinic.slug}.example",
        display_name=f"{role.label} of {clinic.name}",
        password=PASSWORD,
        at=at,
    )
    return clinics.add_member(clinic=clinic, user=user, role=role, at=at)


def _fill_birchwood(world: Universe, begun: datetime) -> None:
    _admit(world, "ada", "therapist", begun, course=("rest", "massage"))
    _admit(world, "bruno", "therapist", begun, course=("rest", "touch"))
    _admit(world, "chen", "therapist", begun, course=None)
    _admit(world, "diego", "therapist", begun, course=("jane-bone", "massage"))
    _admit(world, "erin", "therapist", begun, course=("open", "massage"), consent=False)
    for kind, sites in (
        (FactKind.BONE_METASTASIS, [BodySite.SPINE_THORACIC]),
        (FactKind.DEVICE, [BodySite.CHEST_RIGHT]),
    ):
        patients.record_fact(
            patient=world.patients["ada"],
            kind=kind,
            sites=sites,
            observed_on=begun.date(),
            source="oncology letter",
            by=world.members["therapist"],
            at=begun,
        )
    _order_for_ada(world, begun)
    timing.record(
        patient=world.patients["ada"],
        kind=TimedKind.PHYSIOTHERAPY,
        happens_at=world.now - timedelta(hours=20),
        client_key=uuid.uuid4(),
        by=world.members["therapist"],
        at=world.now - timedelta(hours=19),
    )
    _log_first_session(world, "ada", "therapist", care())
    _trouble_with_ada(world)
    _log_first_session(world, "bruno", "volunteer", still_touch())
    _log_first_session(world, "diego", "therapist", care(minutes=45))


def _trouble_with_ada(world: Universe) -> None:
    at = world.now - timedelta(hours=40)
    told = {"by": world.members["therapist"], "at": at}
    incidents.report_incident(
        world.sessions["ada"], kind=IncidentKind.REACTION, what_happened="Dizzy on rising.", **told
    )
    emergencies.see_emergency(
        patient=world.patients["ada"],
        enrolment=world.courses["ada"],
        cause=EmergencyCause.OPENED,
        **told,
    )


def _order_for_ada(world: Universe, begun: datetime) -> None:
    """An order in force for a rule that says nothing of her yet: it lifts nothing."""
    orders.record_order(
        patient=world.patients["ada"],
        rules=["R3"],
        sites=[BodySite.HAND_LEFT],
        up_to=2,
        clinician_name="Dr Oduya",
        clinician_role="oncologist",
        ordered_on=begun.date(),
        expires_on=begun.date() + timedelta(days=60),
        by=world.members["therapist"],
        at=begun,
    )


def _admit(
    world: Universe,
    name: str,
    by: str,
    at: datetime,
    *,
    course: tuple[str, str] | None,
    consent: bool = True,
) -> None:
    member = world.members[by]
    patient = patients.register(
        chart_number=f"C-{name}",
        given_names=name.title(),
        family_name=f"{name.title()}son",
        birth_date=date(1950, 1, 1),
        ward="Willow",
        room=str(len(world.patients) + 1),
        cancer_type="breast",
        by=member,
        at=at,
    )
    world.patients[name] = patient
    if consent:
        patients.record_fact(
            patient=patient,
            kind=FactKind.CONSENT,
            observed_on=at.date(),
            source="signed form",
            by=member,
            at=at,
        )
    if course:
        world.enrol(name, patient, course, by=member, at=at)


def _log_first_session(world: Universe, name: str, by: str, done: Care) -> None:
    when = world.now - timedelta(days=2)
    before: Ratings = ratings(pain=6, mood=3)
    world.sessions[name] = world.log(
        world.courses[name],
        performed_at=when,
        care=done,
        before=before,
        after=ratings(pain=4, mood=5),
        by=world.members[by],
        at=when + timedelta(hours=1),
    )
