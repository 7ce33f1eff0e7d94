"""What every answer tells the browser, also one that no page of ours made; what is not taken in."""

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from gunicorn.config import Config
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser

from tests.architecture.pages import PATTERNS, address
from tests.test_settings import PRODUCTION, run
from tests.universe import PASSWORD, ClientAs, Universe

STATIC = "/static/sessions_app/"


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("favicon.svg", "image/svg+xml; charset=utf-8"),
        ("js/page.js", 'text/javascript; charset="utf-8"'),
        ("css/base.css", 'text/css; charset="utf-8"'),
    ],
)
def test_a_static_file_has_its_type_and_the_browsers_rules(
    db: None, client: Client, file: str, kind: str
) -> None:
    answer = client.get(STATIC + file)
    answer.close()
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers
    policy = answer.headers["Content-Security-Policy"]
    for rule in ("default-src", "object-src", "base-uri", "frame-ancestors"):
        assert f"{rule} 'none'" in policy


@pytest.mark.parametrize("where", ["/", "/sign-in/", "/no-such-page/", STATIC, STATIC + "no.js"])
def test_a_redirect_and_an_error_carry_the_rules_too(db: None, where: str) -> None:
    with override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True):
        answer = Client(raise_request_exception=False).get(where, secure=True)
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000; includeSub")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.slow
def test_plain_http_is_led_to_https_with_the_rules() -> None:
    code = (
        "import django; django.setup(); from django.test import Client;"
        "answer = Client(HTTP_HOST='clinic.example').get('/sign-in/');"
        "print(answer.status_code, answer['Location'], 'Content-Security-Policy' in answer)"
    )
    done = run(["-c", code], **PRODUCTION)
    assert done.stdout.split() == ["301", "https://clinic.example/sign-in/", "True"], done.stderr


@pytest.mark.parametrize(
    "lines",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked",
        b"Content-Length: 4\r\nContent-Length: 5",
        b"Transfer-Encoding : chunked",
        b"Transfer-Encoding: xchunked",
        b"Content-Length: +4",
    ],
)
def test_a_request_that_can_be_read_two_ways_is_refused(lines: bytes) -> None:
    """The server before the application decides where a request ends: gunicorn's own parser."""
    raw = b"POST / HTTP/1.1\r\nHost: a\r\n" + lines + b"\r\n\r\n0\r\n\r\n"
    with pytest.raises(ParseException):
        next(RequestParser(Config(), iter([raw]), ("127.0.0.1", 1)))


def test_no_folder_is_listed(db: None, client: Client) -> None:
    assert client.get(STATIC).status_code == 404
    assert client.get("/.git/config").status_code == 404


@pytest.mark.sqlite  # refused before a statement
@pytest.mark.slow
@pytest.mark.parametrize("method", ["trace", "options", "put", "patch", "delete"])
def test_no_page_answers_a_method_that_it_has_no_use_for(
    universe: Universe, client_as: ClientAs, method: str
) -> None:
    ask = getattr(client_as("supervisor"), method)
    answers = {name: ask(address(name, universe)).status_code for name in PATTERNS}
    assert {name: code for name, code in answers.items() if code not in (403, 404, 405)} == {}


def test_a_file_is_refused_before_it_is_written_down(
    universe: Universe, client_as: ClientAs
) -> None:
    where = reverse("patients:register")
    sent = {"given_names": SimpleUploadedFile("a.txt", b"x" * 3_000_000)}
    assert client_as("therapist").post(where, sent).status_code == 400


def test_a_body_beyond_the_limit_is_refused(universe: Universe, client_as: ClientAs) -> None:
    where, therapist = reverse("patients:register"), client_as("therapist")
    assert therapist.post(where, {"notes": "x" * 1_048_577}).status_code == 400
    assert therapist.post(where, {f"f{n}": "x" for n in range(601)}).status_code == 400


def test_every_cookie_is_this_hosts_alone_and_out_of_scripts_reach(universe: Universe) -> None:
    code = (
        "from django.conf import settings as s; from clinic.message_storage import HostCookie;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.DEVICE_COOKIE_NAME,"
        " HostCookie.cookie_name, s.SESSION_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH,"
        " s.CSRF_COOKIE_DOMAIN, s.CSRF_COOKIE_PATH)"
    )
    named = run(["-c", code], **PRODUCTION).stdout.split()
    assert [name.startswith("__Host-") for name in named[:4]] == [True] * 4
    assert named[4:] == ["None", "/", "None", "/"]

    seen = sign_in_and_answer(universe)
    known = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.DEVICE_COOKIE_NAME)
    assert set(seen) <= {*known, settings.MESSAGES_COOKIE_NAME}
    for cookie in seen.values():
        assert (cookie["domain"], cookie["path"]) == ("", "/")


def sign_in_and_answer(universe: Universe) -> dict[str, Any]:
    """Return the cookies of a visit with a message on the way."""
    browser = Client()
    said = {"email": universe.therapist.user.email, "password": PASSWORD}
    browser.post("/sign-in/", said)
    seen = dict(browser.cookies)
    fact = universe.ada.facts.order_by("pk").first()
    browser.post(reverse("patients:answer_fact", args=[universe.ada.pk, fact.pk]))
    seen |= dict(browser.cookies)
    assert settings.MESSAGES_COOKIE_NAME in seen
    assert all(cookie["httponly"] and cookie["samesite"] == "Lax" for cookie in seen.values())
    return seen


def test_signing_out_empties_what_the_browser_kept(client_as: ClientAs) -> None:
    answer = client_as("therapist").post(reverse("people:sign_out"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
