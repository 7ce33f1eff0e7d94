"""Several senders at once, with real commits: each letter goes once, and none is forgotten."""

import pytest
from django.db import transaction

from sessions_app.mail import actions, post
from sessions_app.mail.models import Letter
from sessions_app.mail.sending import send_due
from tests.mail.server import MailServer
from tests.sessions.test_at_the_same_time import together
from tests.universe import Universe


@pytest.mark.postgres
def test_eight_senders_deliver_each_letter_once(committed: Universe, server: MailServer) -> None:
    server.slow = 0.01
    for n in range(20):
        with transaction.atomic():
            actions.write(to=f"p{n}@b.example", subject="S", body="B")
    rounds = together([send_due] * 8)
    assert sorted(server.to) == sorted({f"p{n}@b.example" for n in range(20)})
    assert not Letter.objects.waiting().exists()
    assert all(not isinstance(one, Exception) for one in rounds)


@pytest.mark.postgres
def test_a_letter_goes_by_itself_when_its_act_commits(
    committed: Universe, server: MailServer
) -> None:
    with transaction.atomic():
        letter = actions.write(to="eva@b.example", subject="S", body="B")
        assert not server.to
    for thread in _posts():
        thread.join(30)
    letter.refresh_from_db()
    assert (server.to, letter.body) == (["eva@b.example"], "")


@pytest.mark.postgres
def test_a_server_that_hangs_makes_nobody_wait(committed: Universe, server: MailServer) -> None:
    server.slow = 1.0
    with transaction.atomic():
        letter = actions.write(to="eva@b.example", subject="S", body="B")
    assert _posts(), "the request is over, the post is still at it"
    for thread in _posts():
        thread.join(30)
    letter.refresh_from_db()
    assert letter.sent_at is not None


def _posts() -> list[object]:
    import threading

    return [one for one in threading.enumerate() if one.name == post.THREAD]
