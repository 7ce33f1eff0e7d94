"""Letters against a real SMTP server on loopback: taken, refused, put off, and sent once."""

import io
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from sessions_app import mail
from sessions_app.mail import actions, delivery_actions, notice, post
from sessions_app.mail.backend import OutboxBackend
from sessions_app.mail.failures import Failure
from sessions_app.mail.models import Letter
from sessions_app.mail.sending import send_due
from tests.mail.server import MailServer

pytestmark = pytest.mark.usefixtures("db")
SECRET = "https://stillhand.example/invited/only-once-97/"
NOW = timezone.now().replace(microsecond=0)


def write(to: str = "ben@birchwood.example", **said: Any) -> Letter:
    usual = {"subject": "You are invited", "body": f"Follow this link:\n\n{SECRET}\n.\nEnd"}
    return actions.write(to=to, **{**usual, **said})


def again(letter: Letter) -> Letter:
    letter.refresh_from_db()
    return letter


def test_a_letter_arrives_as_it_was_written_and_its_body_is_forgotten(server: MailServer) -> None:
    letter = write(subject="Grüße,\n from  Birchwood")
    done = send_due()
    assert (done.sent, server.to) == (1, ["ben@birchwood.example"])
    [taken] = server.taken
    assert taken["Subject"] == "Grüße, from Birchwood"
    assert taken["From"] == "stillhand@birchwood.example"
    assert taken.get_content().split() == ["Follow", "this", "link:", SECRET, ".", "End"]
    kept = again(letter)
    assert (kept.body, kept.next_try, kept.tries) == ("", None, 1)
    assert kept.sent_at is not None
    send_due()
    assert len(server.taken) == 1


def test_many_letters_go_in_one_talk(server: MailServer) -> None:
    for n in range(5):
        write(f"p{n}@birchwood.example")
    assert (send_due().sent, server.talks) == (5, 1)


def test_a_refused_recipient_is_given_up_and_the_others_get_theirs(server: MailServer) -> None:
    server.refuses.add("gone@birchwood.example")
    gone, there = write("gone@birchwood.example"), write()
    done = send_due()
    assert (done.sent, done.given_up, done.again) == (1, 1, 0)
    assert again(gone).failure == Failure.RECIPIENT
    assert gone.given_up_at is not None
    assert again(there).sent_at is not None


def test_a_server_that_asks_to_wait_is_asked_again_later_each_time(server: MailServer) -> None:
    server.puts_off.add("ben@birchwood.example")
    letter, waits, now = write(at=NOW), [], NOW
    for _ in range(12):
        send_due(now)
        waits.append((again(letter).next_try or now) - now)
        now += waits[-1]
    assert waits[:4] == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    assert waits[-1] == delivery_actions.LONGEST_WAIT
    server.puts_off.clear()
    send_due(now)
    assert again(letter).sent_at == now


def test_a_server_that_is_down_keeps_the_letters_until_it_is_up(server: MailServer) -> None:
    server.stop()
    first, second = write(at=NOW), write("eva@birchwood.example", at=NOW)
    done = send_due(NOW)
    assert (done.sent, done.again) == (0, 1), "one that gets no answer speaks for all"
    assert {again(first).tries, again(second).tries} == {0, 1}
    server.start()
    assert send_due(NOW + timedelta(minutes=1)).sent == 2
    assert sorted(server.to) == ["ben@birchwood.example", "eva@birchwood.example"]


def test_who_dies_over_a_letter_leaves_it_to_the_next(server: MailServer) -> None:
    letter = write(at=NOW)
    assert delivery_actions.claim(at=NOW) == letter
    assert delivery_actions.claim(at=NOW) is None
    assert send_due(NOW).sent == 0
    assert send_due(NOW + delivery_actions.LEASE).sent == 1


def test_what_is_taken_back_sends_nothing(server: MailServer) -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert send_due().sent == 0
    assert not Letter.objects.exists()


def test_the_post_is_called_when_the_act_commits_and_not_before(
    server: MailServer, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as calls:
        write()
    assert [one for one in calls if one is post.soon] == [post.soon]
    assert server.talks == 0


def test_without_a_server_letters_stay_and_the_command_says_so(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    letter = write()
    assert not mail.configured()
    with pytest.raises(CommandError, match=r"no mail server is set .*; 1 waiting"):
        call_command("send_mail")
    post.soon()
    assert (again(letter).tries, letter.next_try is None) == (0, False)


def test_the_command_says_what_it_did(server: MailServer) -> None:
    server.refuses.add("gone@birchwood.example")
    write()
    write("gone@birchwood.example")
    out = io.StringIO()
    call_command("send_mail", stdout=out)
    assert out.getvalue() == "1 sent, 0 to try again, 1 given up, 0 waiting\n"


def test_news_of_last_week_is_not_sent(server: MailServer) -> None:
    letter = write(at=NOW - timedelta(days=8))
    assert send_due(NOW).given_up == 1
    assert (again(letter).failure, server.talks) == (Failure.TOO_OLD, 0)


def test_the_body_of_a_letter_that_nobody_took_is_emptied_after_a_week(server: MailServer) -> None:
    server.refuses.add("ben@birchwood.example")
    letter = write(at=NOW)
    send_due(NOW)
    send_due(NOW + timedelta(days=6))
    assert SECRET in again(letter).body
    send_due(NOW + timedelta(days=7))
    assert again(letter).body == ""


@pytest.mark.parametrize("trouble", ["refused", "down"])
def test_no_address_and_no_word_of_a_letter_reaches_the_log(
    server: MailServer, caplog: pytest.LogCaptureFixture, trouble: str
) -> None:
    server.refuses.add("ben@birchwood.example")
    if trouble == "down":
        server.stop()
    letter = write()
    with caplog.at_level(logging.DEBUG):
        send_due()
    assert f"letter {letter.pk} was not sent" in caplog.text
    for told in ("ben@", "birchwood", "invited", "only-once"):
        assert told not in caplog.text
    if trouble == "down":
        server.start()


def test_what_other_packages_send_goes_through_the_outbox(server: MailServer) -> None:
    message = EmailMessage("New sign-in", "From a new device.", None, ["eva@birchwood.example"])
    OutboxBackend().send_messages([message])
    assert not server.taken
    assert send_due().sent == 1
    assert server.taken[0]["Subject"] == "New sign-in"


def test_an_admin_is_told_how_many_letters_wait(client_as: Any, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    write()
    write("eva@birchwood.example")
    page = client_as("admin").get("/clinic/").content.decode()
    assert "No mail server is set" in page
    assert "2 letters wait" in page
    assert "mail server" not in client_as("therapist").get("/clinic/").content.decode()


def test_an_admin_is_told_why_letters_do_not_go(client_as: Any, server: MailServer) -> None:
    assert notice.for_admins() is None
    server.refuses.add("gone@birchwood.example")
    server.puts_off.add("ben@birchwood.example")
    write("gone@birchwood.example")
    assert notice.for_admins() is None, "a letter that was not tried yet is no trouble"
    send_due()
    write()
    send_due()
    page = client_as("admin").get("/clinic/").content.decode()
    assert "The mail server asked to try again later." in page
    assert "1 letter is tried again." in page
    assert "1 letter was given up" in page
    assert "gone@" not in page


@pytest.mark.parametrize("bad", ["no address", "a@b\nBcc: c@d", ""])
def test_what_is_no_address_is_given_up_and_hinders_nobody(server: MailServer, bad: str) -> None:
    write(bad)
    write()
    done = send_due()
    assert (done.sent, done.given_up) == (1, 1)
    assert server.to == ["ben@birchwood.example"]
