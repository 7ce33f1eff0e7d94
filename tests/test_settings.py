"""Settings from the environment: what is read, what is refused, and what production gets."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from clinic import environment

ROOT = Path(__file__).resolve().parent.parent
NAMES = (
    "HTTPS", "DEBUG", "DEMO", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "DEVICE_COOKIE_NAME",
    "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD", "SECURE_PROXY_SSL_HEADER",
    "CSRF_TRUSTED_ORIGINS", "PASSWORD_HASHERS", "X_FRAME_OPTIONS", "SECRET_KEY_IS_TEMPORARY",
)  # fmt: skip
PRODUCTION = {
    "STILLHAND_SECRET_KEY": "a-key-of-more-than-fifty-signs-0123456789-abcdefghijkl",
    "STILLHAND_ALLOWED_HOSTS": "clinic.example, www.clinic.example",
    "STILLHAND_BEHIND_PROXY": "1",
}


def run(code: list[str], **said: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a fresh interpreter with the product's settings and this environment."""
    usual = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT")}
    settings = {"DJANGO_SETTINGS_MODULE": "clinic.settings"}
    return subprocess.run(
        [sys.executable, *code], cwd=ROOT, env={**usual, **settings, **said},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def settings(**said: str) -> dict[str, object]:
    """Return the settings of a fresh interpreter."""
    read = f"{{name: getattr(settings, name, None) for name in {NAMES!r}}}"
    code = f"import json; from django.conf import settings; print(json.dumps({read}))"
    done = run(["-c", code], **said)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("1", True), ("true", True), ("YES", True), ("on", True),
        ("0", False), ("False", False), ("no", False), ("off", False), ("", False),
    ],
)  # fmt: skip
def test_a_flag_is_read(monkeypatch: pytest.MonkeyPatch, said: str, read: bool) -> None:
    monkeypatch.setenv("STILLHAND_TRIED", said)
    assert environment.flag("STILLHAND_TRIED", default=not read) is read


@pytest.mark.parametrize("default", [True, False])
def test_a_flag_that_is_not_set_has_its_default(default: bool) -> None:
    assert environment.flag("STILLHAND_NEVER_SET", default=default) is default


@pytest.mark.parametrize("said", ["2", "maybe", "ja", " 1"])
def test_a_flag_that_says_neither_is_refused_by_its_name(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("STILLHAND_TRIED", said)
    with pytest.raises(ImproperlyConfigured, match="STILLHAND_TRIED is «"):
        environment.flag("STILLHAND_TRIED", default=True)


@pytest.mark.parametrize(
    ("said", "read"), [("", []), (" , ", []), ("a", ["a"]), ("a.b, c ,,d", ["a.b", "c", "d"])]
)
def test_a_list_is_read(monkeypatch: pytest.MonkeyPatch, said: str, read: list[str]) -> None:
    monkeypatch.setenv("STILLHAND_TRIED", said)
    assert environment.words("STILLHAND_TRIED") == read


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("", ""),
        ("https://a.example", "https://a.example"),
        ("https://a.example:8443/", "https://a.example:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_address_is_read(monkeypatch: pytest.MonkeyPatch, said: str, read: str) -> None:
    monkeypatch.setenv("STILLHAND_TRIED", said)
    assert environment.address("STILLHAND_TRIED") == read


@pytest.mark.parametrize("said", ["a.example", "ftp://a.example", "https://a/b", "https://a:x"])
def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("STILLHAND_TRIED", said)
    with pytest.raises(ImproperlyConfigured, match="write https://name or https://name:port"):
        environment.address("STILLHAND_TRIED")


def test_production_is_https_only_without_asking_for_it() -> None:
    found = settings(**PRODUCTION)
    for name in NAMES[4:8]:
        assert found[name] is True, name
    assert found["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert found["SESSION_COOKIE_NAME"] == "__Host-session"
    assert found["CSRF_COOKIE_NAME"] == "__Host-csrf"
    assert found["DEVICE_COOKIE_NAME"] == "__Host-device"
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000
    assert found["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert found["ALLOWED_HOSTS"] == ["clinic.example", "www.clinic.example"]
    assert (found["DEBUG"], found["DEMO"], found["SECRET_KEY_IS_TEMPORARY"]) == (False,) * 3
    assert str(found["PASSWORD_HASHERS"][0]).endswith("Argon2PasswordHasher")  # type: ignore[index]


def test_a_proxy_is_believed_only_where_one_is_told_of() -> None:
    assert settings()["SECURE_PROXY_SSL_HEADER"] is None


def test_without_https_the_cookies_work_and_nothing_is_promised() -> None:
    found = settings(**PRODUCTION, STILLHAND_HTTPS="0")
    assert (found["SESSION_COOKIE_SECURE"], found["SECURE_SSL_REDIRECT"]) == (False, False)
    assert (found["SESSION_COOKIE_NAME"], found["SECURE_HSTS_SECONDS"]) == ("session", 0)
    assert found["SESSION_COOKIE_HTTPONLY"] is True


def test_the_demo_answers_on_this_machine_only() -> None:
    found = settings(STILLHAND_DEMO="1", STILLHAND_ALLOWED_HOSTS="clinic.example")
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost"]
    assert found["DEBUG"] is False


def test_a_misspelt_flag_stops_the_start_with_its_name() -> None:
    done = run(["-c", "import django; django.setup()"], STILLHAND_HTTPS="ture")
    assert done.returncode != 0
    assert "STILLHAND_HTTPS is «ture»: write 1 or 0." in done.stderr


@pytest.mark.slow
def test_djangos_own_deployment_check_finds_nothing(tmp_path: Path) -> None:
    command = ["-W", "error", "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = run(command, **PRODUCTION, STILLHAND_DATA=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ({}, ("", 587, True, False)),
        ({"STILLHAND_SMTP_HOST": "post.example"}, ("post.example", 587, True, False)),
        ({"STILLHAND_SMTP_TLS": "implicit"}, ("", 465, False, True)),
        ({"STILLHAND_SMTP_TLS": "off", "STILLHAND_SMTP_PORT": "2525"}, ("", 2525, False, False)),
    ],
)
def test_the_mail_server_is_read_and_its_line_is_secured_unless_told(
    said: dict[str, str], read: tuple[object, ...]
) -> None:
    names = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL")
    shown = "; ".join(f"print(repr(settings.{name}))" for name in names)
    done = run(["-c", f"from django.conf import settings; {shown}"], **said)
    assert done.stdout.split() == [repr(one) for one in read], done.stderr


@pytest.mark.parametrize("name", ["STILLHAND_SMTP_TLS", "STILLHAND_SMTP_PORT"])
def test_a_mail_setting_that_is_none_is_refused(name: str) -> None:
    done = run(["manage.py", "check"], **{name: "perhaps"})
    assert done.returncode != 0
    assert f"{name} is «perhaps»" in done.stderr


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("postgresql://a@db.example/b", "verify-full"),
        ("postgresql://a@10.0.0.7/b", "verify-full"),
        ("postgresql://a@db.example/b?sslmode=disable", "disable"),
        ("postgresql://a@localhost/b", "None"),
        ("postgresql://a@127.0.0.1/b", "None"),
        ("postgresql://a@%2Fvar%2Frun%2Fpostgresql/b", "None"),
    ],
)
def test_the_line_to_a_database_elsewhere_is_sealed_unless_told_otherwise(
    url: str, read: str
) -> None:
    code = (
        "from django.conf import settings;"
        "print(settings.DATABASES['default']['OPTIONS'].get('sslmode'))"
    )
    assert run(["-c", code], DATABASE_URL=url).stdout.strip() == read


def test_a_secret_is_read_from_the_file_where_a_vault_puts_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "key"
    file.write_text("from the file\n")
    monkeypatch.setenv("STILLHAND_TRIED", "from the environment")
    assert environment.secret("STILLHAND_TRIED") == "from the environment"
    monkeypatch.setenv("STILLHAND_TRIED_FILE", str(file))
    assert environment.secret("STILLHAND_TRIED") == "from the file"
    file.unlink()
    with pytest.raises(ImproperlyConfigured, match="STILLHAND_TRIED_FILE cannot be read"):
        environment.secret("STILLHAND_TRIED")


def test_a_key_can_be_changed_while_the_one_before_still_holds() -> None:
    code = "from django.conf import settings as s; print(s.SECRET_KEY, *s.SECRET_KEY_FALLBACKS)"
    assert run(["-c", code], STILLHAND_SECRET_KEY="new").stdout.split() == ["new"]
    both = {"STILLHAND_SECRET_KEY": "new", "STILLHAND_SECRET_KEY_BEFORE": "old"}
    assert run(["-c", code], **both).stdout.split() == ["new", "old"]


HOSPITAL = {
    "STILLHAND_OIDC_NAME": "Hospital", "STILLHAND_OIDC_ISSUER": "https://id.hospital.example",
    "STILLHAND_OIDC_CLIENT_ID": "stillhand", "STILLHAND_OIDC_CLIENT_SECRET": "s",
}  # fmt: skip


def test_a_hospitals_sign_in_is_set_up_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.hospital_sign_in() is None
    for name, value in HOSPITAL.items():
        monkeypatch.setenv(name, value)
    assert environment.hospital_sign_in() == {
        "name": "Hospital", "issuer": "https://id.hospital.example", "client_id": "stillhand",
        "client_secret": "s",
    }  # fmt: skip


@pytest.mark.parametrize("missing", HOSPITAL)
def test_what_is_missing_of_a_hospitals_sign_in_is_named(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    for name, value in HOSPITAL.items():
        monkeypatch.setenv(name, "" if name == missing else value)
    with pytest.raises(ImproperlyConfigured, match=missing):
        environment.hospital_sign_in()


@pytest.mark.parametrize("issuer", ["http://id.hospital.example", "id.hospital.example", "ftp://x"])
def test_a_hospitals_sign_in_is_on_https(monkeypatch: pytest.MonkeyPatch, issuer: str) -> None:
    for name, value in (HOSPITAL | {"STILLHAND_OIDC_ISSUER": issuer}).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match="https"):
        environment.hospital_sign_in()
