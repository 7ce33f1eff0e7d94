"""New passwords: long, not guessed first, and otherwise whatever a person likes."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from sessions_app.people import actions, password_rules
from sessions_app.people.models import User
from tests.universe import Universe

WIDE = "wanda.wide@rosewood.example"


def refused(password: str, user: User | None = None) -> str:
    """Return by what code a password is refused; empty where it is taken."""
    try:
        validate_password(password, user)
    except ValidationError as problem:
        return str(problem.error_list[0].code)
    return ""


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("two grey herons", ""), ("two grey heron", "too_short"), ("", "too_short"),
        ("ünïcödé påss wörd", ""), ("🦢🦢🦢 am See 🦆 früh", ""),
        ("correct horse battery staple", ""),
        ("x7#kQ" * 3 + "z", ""), ("tuesday tuesday rain", ""), ("p" * 64 + "qrxw7ugi", "row"),
        (" ".join(["blue tram"] * 12), ""), ("ab cd " * 171 + "x", "too_long"),
        ("ninety massages in the rain", ""), ("my name is wanda and I row", ""),
        # common as it stands, with numbers, several times
        ("1q2w3e4r5t6y7u8i9o0p", "common"), ("Iloveyou20262026!", "common"),
        ("sunshinesunshine", "common"), ("Manchester United", "common"),
        # rows of keys
        ("qwertyuiopasdfghjkl", "row"), ("abcdefghijklmnopq", "row"),
        ("12345678901234567890", "common"),
        ("987654321098765432", "row"), ("aaaaaaaaaaaaaaaaaa", "common"),
        ("abababababababab", "row"),
        ("zxcvbnm,zxcvbnm,", "row"), ("AZERTYUIOPazertyuiop", "common"),
        # the words around
        ("Stillhand Massage 2026", "context"), ("massage-massage-1", "context"),
        ("Birchwood2026!!!!", "context"), ("harbour_birchwood", "context"),
        ("WandaWide19700101", "context"), (WIDE, "context"), ("rosewood.example.1", "context"),
    ],
)  # fmt: skip
def test_a_password_is_taken_or_refused(universe: Universe, password: str, code: str) -> None:
    assert refused(password, User(email=WIDE, display_name="Wanda Wide")) == code


@pytest.mark.parametrize(
    ("length", "has_factor", "taken"),
    [(14, False, False), (15, False, True), (7, True, False), (8, True, True)],
)
def test_a_second_factor_makes_eight_characters_enough(
    universe: Universe, monkeypatch: pytest.MonkeyPatch, length: int, has_factor: bool, taken: bool
) -> None:
    monkeypatch.setattr(password_rules, "has_second_factor", lambda user: has_factor)
    password = "xk7 tqm paw zulu"[:length]
    assert (refused(password, universe.wanda) == "") is taken


def test_a_person_is_told_what_would_do(universe: Universe) -> None:
    with pytest.raises(ValidationError) as short:
        validate_password("two grey heron")
    assert "too short: 14 characters, of at least 15" in short.value.messages[0]


@pytest.mark.parametrize(
    "typed", ["Zo\u00eb und Ren\u00e9 am Meer", "Zoe\u0308 und Rene\u0301 am Meer"]
)
def test_the_same_signs_from_another_keyboard_are_the_same_password(
    universe: Universe, typed: str
) -> None:
    actions.set_password(universe.wanda, password="Zoe\u0308 und Ren\u00e9 am Meer")
    assert authenticate(username="wanda@both.example", password=typed) == universe.wanda


def test_composed_signs_count_once(universe: Universe) -> None:
    assert refused("cafe\u0301 noir sucre\u0301") == ""  # 15 as they are read, typed with 17
    assert refused("cafe\u0301 noir sucr") == "too_short"  # typed with 15


@pytest.mark.parametrize(
    ("password", "said"),
    [("Birchwood 2026", "of at least 15"), ("birchwood birchwood", "the clinic")],
)
def test_a_command_asks_the_same(
    universe: Universe, tmp_path: Path, password: str, said: str
) -> None:
    file = tmp_path / "password"
    file.write_text(password + "\n", encoding="utf-8")
    told: dict[str, Any] = {"clinic": "birchwood", "role": "therapist", "password_file": file}
    with pytest.raises(CommandError, match=said):
        call_command("add_member", "new@birchwood.example", **told)
    assert not User.objects.filter(email="new@birchwood.example").exists()


def test_a_command_knows_the_persons_own_name(universe: Universe, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("zenobia quince 1\n", encoding="utf-8")
    told: dict[str, Any] = {
        "clinic": "birchwood", "role": "therapist", "password_file": file, "name": "Zenobia Quince",
    }  # fmt: skip
    with pytest.raises(CommandError, match="your name"):
        call_command("add_member", "new@else.example", **told)


def test_createsuperuser_asks_the_same(universe: Universe, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["birchwood birchwood"] * 2 + ["two grey herons fly"] * 2)
    monkeypatch.setattr("getpass.getpass", lambda *_: next(typed))
    monkeypatch.setattr("builtins.input", lambda *_: "n")
    refusals = io.StringIO()

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    said: dict[str, Any] = {"email": "dev@else.example", "display_name": "Dev", "stdin": Terminal()}
    call_command("createsuperuser", verbosity=0, stderr=refusals, **said)
    assert "anybody would try here" in refusals.getvalue()
    assert User.objects.get(email="dev@else.example").check_password("two grey herons fly")


def test_the_sign_in_form_lets_one_paste(client: Any, db: None) -> None:
    page = client.get("/sign-in/").content.decode()
    assert "onpaste" not in page
    assert 'autocomplete="current-password"' in page
