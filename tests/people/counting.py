"""What a try to sign in costs: hashes are counted where they are reckoned, time stands still."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher

from sessions_app.people import counters, throttled_backend


@dataclass
class Hashes:
    """How many hashes were reckoned since it was last set to 0."""

    spent: int = 0


@dataclass
class Clock:
    """The time that tries are counted at."""

    now_ms: int = 1_800_000_000_000

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.now_ms += int(seconds * 1000)


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> Hashes:
    """Count every hash; the tests' hasher reckons each of them in `encode`."""
    counted, usual = Hashes(), MD5PasswordHasher.encode

    def encode(hasher: MD5PasswordHasher, password: str, salt: str) -> str:
        counted.spent += 1
        return usual(hasher, password, salt)

    throttled_backend._nobodys("md5")  # made once in a process, not for each try
    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    return counted


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Hold the time at which tries are counted."""
    held = Clock()
    monkeypatch.setattr(counters, "now_ms", lambda: held.now_ms)
    return held
