"""`createsuperuser` works as Django's users expect, and makes an ordinary, audited account."""

import pytest
from django.core.management import call_command

from sessions_app.audit.models import AuditEvent
from sessions_app.people.models import User


@pytest.mark.usefixtures("db")
def test_the_account_is_ordinary_and_audited() -> None:
    said = {"email": "Dev@Example.org", "display_name": "Dev", "interactive": False}
    call_command("createsuperuser", verbosity=0, **said)
    made = User.objects.get(email="dev@example.org")
    assert not made.memberships.exists()
    assert AuditEvent.objects.filter(subject_id=made.pk, action="person.added").count() == 1
