"""The benchmark's own data: a ward whose patients are given sessions, and what is typed of them."""

import json
import re
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks.load import Form
from sessions_app.clinics import actions as clinics
from sessions_app.clinics.models import Membership
from sessions_app.enrolments import actions as enrolments
from sessions_app.enrolments.models import Enrolment
from sessions_app.enrolments.policies import criteria
from sessions_app.patients import actions as patients
from sessions_app.people import actions as people
from sessions_app.protocols import actions as protocols
from sessions_app.protocols import registry
from sessions_app.protocols.definition import load_all
from sessions_app.protocols.registry import Course
from sessions_app.sessions.actions import verdict_of
from sessions_app.sessions.record import Care
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.techniques import Technique

ON_THE_WARD = 60
SITES = (
    BodySite.HAND_LEFT, BodySite.HAND_RIGHT, BodySite.FOREARM_LEFT, BodySite.FOREARM_RIGHT,
    BodySite.FOOT_TOP_LEFT, BodySite.FOOT_TOP_RIGHT,
)  # fmt: skip
CARE = Care(
    techniques=frozenset({Technique.EFFLEURAGE, Technique.PETRISSAGE}),
    pressures=dict.fromkeys(SITES, 1),
    minutes=30,
)


@dataclass(frozen=True)
class Desk:
    """A browser in which a member is signed in: the cookie it sends, the seal of its forms."""

    member: Membership
    cookie: str
    seal: str

    @property
    def browser(self) -> Client:
        """A test client that sends the same cookies and is held to the seal."""
        return Client(enforce_csrf_checks=True, headers={"cookie": self.cookie})


def publish() -> Course:
    """Publish the shipped protocols; return the course that the sessions follow."""
    protocols.publish(load_all())
    return next(
        one
        for one in registry.offered()
        if (one.protocol.code, one.arm.code) == ("rest", "massage")
    )


def open_clinic(slug: str, begun: datetime) -> Membership:
    """Open a clinic with one therapist."""
    clinic = clinics.open_clinic(
        name=f"Clinic {slug}",
        slug=slug,
        time_zone="Europe/London",
        emergency_text="Call the crash team and stay with the patient.",
        emergency_number="2222",
        at=begun,
    )
    user = people.add_person(
        email=f"therapist@{slug}.example",
        display_name="Therapist Threlkeld",
        password=uuid.uuid4().hex,
        at=begun,
    )
    return clinics.add_member(clinic=clinic, user=user, role=Role.THERAPIST, at=begun)


def fill_ward(by: Membership, course: Course, begun: datetime) -> list[Enrolment]:
    """Admit patients with consent, a port, a bone metastasis and a platelet count, on a course."""
    yes = {one.code: "yes" if one.expected else "no" for one in criteria(course.protocol)}
    found = []
    for n in range(ON_THE_WARD):
        patient = patients.register(by=by, at=begun, **particulars(n))
        for kind, more in (
            (FactKind.CONSENT, {}),
            (FactKind.DEVICE, {"sites": [BodySite.CHEST_RIGHT]}),
            (FactKind.BONE_METASTASIS, {"sites": [BodySite.SPINE_THORACIC]}),
            (FactKind.PLATELETS, {"value": Decimal(120), "unit": "per_nl"}),
        ):
            patients.record_fact(
                patient=patient, kind=kind, observed_on=begun.date(), source="letter", by=by,
                at=begun, **more,
            )  # fmt: skip
        found.append(
            enrolments.enrol(
                patient=patient, arm_id=course.arm_id, starts_on=begun.date(), checklist=yes,
                by=by, at=begun,
            )
        )  # fmt: skip
    return found


def particulars(n: int) -> dict[str, object]:
    """Return what a chart is registered with; no two are the same patient."""
    return {
        "chart_number": f"C-{n:05d}",
        "given_names": f"Given{n % 97}",
        "family_name": f"Family{n * 7919 % 5003:04d}",
        "birth_date": date(1940 + n % 50, 1 + n % 12, 1 + n % 28),
        "ward": f"Ward {n % 40:02d}",
        "room": str(n // 40),
        "cancer_type": "breast",
        "icd10": "C50",
    }


def desk_of(member: Membership, address: str) -> Desk:
    """Sign the member in, open a form as a browser does, and keep its cookies and seal."""
    browser = Client()
    browser.force_login(member.user)
    page = browser.get(address)
    seal = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    if seal is None:
        raise SystemExit(f"{address} answered {page.status_code} without a form")
    cookie = "; ".join(f"{name}={one.value}" for name, one in browser.cookies.items())
    return Desk(member, cookie, seal[1])


def whole_form(desk: Desk, enrolment: Enrolment, when: datetime) -> Form:
    """A whole session as a browser sends it: with the pressures of the sites that are ticked."""
    said = {
        **_frame(desk, enrolment, when, planning=False),
        **_care(),
        **_scores("before"),
        **_scores("after"),
        "performed_on": f"{when:%Y-%m-%d}",
        "performed_time": f"{when:%H:%M}",
        "minutes": "30",
    }
    return Form(reverse("sessions:log", args=[enrolment.pk]), urlencode(said, doseq=True))


def _frame(
    desk: Desk, enrolment: Enrolment, when: datetime, *, planning: bool
) -> dict[str, object]:
    verdict = verdict_of(enrolment, CARE, when, desk.member, at=timezone.now(), planning=planning)
    if verdict.breaks:
        raise SystemExit(f"the benchmark's session breaks a limit: {json.dumps(str(verdict))}")
    return {
        "csrfmiddlewaretoken": desk.seal,
        "client_key": "~KEY~",
        "shown": verdict.digest(),
        "confirmed": "on",
        "another": "on",
        "reason": "",
    }


def _scores(when: str) -> dict[str, object]:
    rated = {f"pain_{when}": "5", f"mood_{when}": "6", f"{when}_by": "patient"}
    return {**rated, f"heart_rate_{when}": "72", f"respiratory_rate_{when}": ""}


def _plan() -> dict[str, object]:
    return {
        "techniques": sorted(one.value for one in CARE.techniques),
        "sites": [site.value for site in SITES],
        **{f"pressure-{site.value}": "1" for site in SITES},
    }


def _care() -> dict[str, object]:
    return {
        **_plan(),
        "position": "supine",
        "product": "unscented_lotion",
        "interruptions": ["talk"],
        "reaction": "none",
        "reaction_text": "",
        "subjective": "Says the shoulders feel looser.",
        "objective": "Breathing slower at the end.",
        "assessment": "",
        "plan_note": "",
    }


def begun() -> datetime:
    """When the benchmark's courses began: ten days ago."""
    return timezone.now() - timedelta(days=10)
