"""The small clinic that the journeys walk through, one patient for each journey.

`python -m tests.journeys.world` collects the static files, migrates an empty database and builds
the world in it: one process, which loads the product once.

    everybody of tests/universe.py; and in Birchwood, all with a bone metastasis in the spine:
      Phone, Keyboard, Scriptless … rest/massage, one session three days ago
      Holding                       rest/touch, for the volunteer
      Refusing                      open, no consent on record
      Mapped, Tapped, Plain         rest/massage; besides the left thigh, a port in the right chest,
                                    and platelets of 34 that were counted 18 days ago
"""

import os
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

PATIENTS = (
    ("Paula", "Phone"),
    ("Kei", "Keyboard"),
    ("Selma", "Scriptless"),
    ("Lena", "Limits"),
    ("Tomas", "Typing"),
    ("Dora", "Double"),
    ("Rosa", "Return"),
    ("Zero", "Nought"),
    ("Rufus", "Refused"),
    ("Bela", "Backward"),
    ("Ida", "Idle"),
    ("Ava", "Away"),
)
LIMITED = (("Mara", "Mapped"), ("Tilda", "Tapped"), ("Nora", "Plain"))

KEEPERS = ("scripted@birchwood.example", "plain@birchwood.example")
"""Two volunteers who keep the second factor that a journey gives them."""
FORGETFUL = "forgetful@birchwood.example"
"""One who gets another password."""
OF_TWO = "of-two"
"""A supervisor of both clinics."""


def build() -> None:
    """Store the world. The Django settings come from the environment, as for the server."""
    from sessions_app.vocabulary.roles import Role
    from tests import universe

    world = universe.build()
    for email in (*KEEPERS, FORGETFUL):
        _let_in(world, email, Role.VOLUNTEER, world.birchwood)
    _let_in(world, f"{OF_TWO}@birchwood.example", Role.SUPERVISOR, world.birchwood, world.harbour)
    for given, family in PATIENTS:
        _admit(world, given, family, ("rest", "massage"))
        _log_first(world, family)
    _admit(world, "Holm", "Holding", ("rest", "touch"))
    _admit(world, "Rita", "Refusing", ("open", "massage"), consent=False)
    for given, family in LIMITED:
        _admit(world, given, family, ("rest", "massage"))
        _limit(world, family)


def _let_in(world: Any, email: str, role: Any, *into: Any) -> None:
    from sessions_app.clinics import actions as clinics
    from sessions_app.people import actions as people
    from tests.universe import PASSWORD

    person = people.add_person(email=email, display_name="Kim Keeper", password=PASSWORD)
    for clinic in into:
        clinics.add_member(clinic=clinic, user=person, role=role, at=world.now)


def _admit(
    world: Any, given: str, family: str, course: tuple[str, str], *, consent: bool = True
) -> None:
    from sessions_app.patients import actions as patients
    from sessions_app.vocabulary.body_sites import BodySite
    from sessions_app.vocabulary.conditions import FactKind

    by, begun = world.therapist, world.now - timedelta(days=10)
    patient = patients.register(
        chart_number=f"J-{family}",
        given_names=given,
        family_name=family,
        birth_date=date(1950, 1, 1),
        ward="Rowan",
        room="7",
        by=by,
        at=begun,
    )
    facts = [(FactKind.BONE_METASTASIS, [BodySite.SPINE_THORACIC], "CT report")]
    facts += [(FactKind.CONSENT, [], "signed form")] if consent else []
    for kind, sites, source in facts:
        patients.record_fact(
            patient=patient,
            kind=kind,
            sites=sites,
            observed_on=begun.date(),
            source=source,
            by=by,
            at=begun,
        )
    world.enrol(family, patient, course, by=by, at=begun)


def _limit(world: Any, family: str) -> None:
    """Record what limits the patient of the body map: with the spine, all that the rules know."""
    from sessions_app.patients import actions as patients
    from sessions_app.vocabulary.body_sites import BodySite
    from sessions_app.vocabulary.conditions import FactKind

    femur = [BodySite.THIGH_FRONT_LEFT, BodySite.THIGH_BACK_LEFT]
    facts: tuple[tuple[FactKind, int, dict[str, Any]], ...] = (
        (FactKind.BONE_METASTASIS, 10, {"sites": femur}),
        (FactKind.DEVICE, 10, {"sites": [BodySite.CHEST_RIGHT], "note": "Port"}),
        (FactKind.PLATELETS, 18, {"value": Decimal(34), "unit": "per_nl"}),
    )
    for kind, days, more in facts:
        patients.record_fact(
            patient=world.courses[family].patient,
            kind=kind,
            observed_on=world.now.date() - timedelta(days=days),
            source="discharge letter",
            by=world.therapist,
            **more,
        )


def _log_first(world: Any, family: str) -> None:
    from tests.universe import ratings

    when = world.now - timedelta(days=3)
    world.log(
        world.courses[family],
        performed_at=when,
        before=ratings(pain=6, mood=3),
        after=ratings(pain=4, mood=5),
        at=when + timedelta(hours=1),
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    build()
