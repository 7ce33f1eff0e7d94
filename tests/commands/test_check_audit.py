"""`check_audit`: says that every chain holds, or which row is the first that does not."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from sessions_app import guards
from sessions_app.audit.models import AuditEvent, ChainHead
from sessions_app.clinics import actions
from sessions_app.clinics.models import Clinic
from sessions_app.people.actions import add_person
from tests.guards.dropping import drop

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def clinic() -> Clinic:
    """Give a clinic whose chain has one row."""
    return opened("chain-one")


def opened(slug: str) -> Clinic:
    return actions.open_clinic(
        name=slug, slug=slug, time_zone="Europe/London",
        emergency_text="Ring the bell.", emergency_number="2222",
    )  # fmt: skip


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("check_audit", *arguments, stdout=out)
    return out.getvalue()


def tamper(clinic: Clinic) -> None:
    """Change what the clinic's first row says."""
    unguard()
    AuditEvent.objects.filter(clinic_id=clinic.pk, seq=1).update(actor_name="Somebody Else")


def unguard() -> None:
    """Take the trail's guards away, as somebody with the owner's rights could."""
    absent = guards.missing(connection)
    for guard in guards.guards_for(connection.vendor):
        if guard.name.startswith("audit_") and guard.name not in absent:
            drop(guard)


def test_whole_chains_are_counted_with_their_events(clinic: Clinic) -> None:
    events, chains = AuditEvent.objects.count(), ChainHead.objects.count()
    assert run() == f"{events} events in {chains} chains: unbroken\n"


def test_one_clinic_can_be_asked_for(clinic: Clinic) -> None:
    assert run("--clinic", "chain-one") == "1 events in 1 chains: unbroken\n"


def test_the_chain_of_people_and_protocols_has_a_name() -> None:
    add_person(email="zoe@oakfield.example", display_name="Zoë")
    assert "in 1 chains: unbroken" in run("--clinic", "network")


def test_the_first_broken_row_of_each_clinic_is_named(clinic: Clinic) -> None:
    other = opened("chain-two")
    tamper(clinic)
    tamper(other)
    with pytest.raises(CommandError) as broken:
        run()
    assert set(str(broken.value).splitlines()) == {
        "chain of chain-one is broken at row 1: its content was changed",
        "chain of chain-two is broken at row 1: its content was changed",
    }
    assert broken.value.returncode == 1


def test_a_whole_clinic_beside_a_broken_one_is_unbroken(clinic: Clinic) -> None:
    opened("chain-two")
    tamper(clinic)
    assert "unbroken" in run("--clinic", "chain-two")
    with pytest.raises(CommandError, match="chain-one is broken at row 1"):
        run("--clinic", "chain-one")


def test_a_chain_that_was_wiped_out_is_missed(clinic: Clinic) -> None:
    unguard()
    AuditEvent.objects.filter(clinic_id=clinic.pk).delete()
    ChainHead.objects.filter(clinic_id=clinic.pk).delete()
    with pytest.raises(CommandError, match="head of the chain is missing"):
        run()


def test_an_unknown_clinic_is_said_to_be_unknown() -> None:
    with pytest.raises(CommandError, match="there is no clinic «nowhere»"):
        run("--clinic", "nowhere")
