"""What wrong passwords cost: hashes spent, a refused try beside «hello», known beside unknown.

    python -m benchmarks.wrong_passwords                 an SQLite file of its own
    python -m benchmarks.wrong_passwords --postgres      a throw-away PostgreSQL

Sends in process, with the product's own argon2id, as fast as it is answered, so all of an attack
falls into one window. Hashes are counted where they are reckoned. Exit code 1 with --check when a
mark is missed.
"""

import argparse
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from tests import postgres

MOST_HASHES, REFUSED_BY_HELLO, DIFFERENCE = 10, 3.0, 0.05
PASSWORD = "a long enough password"


def main(arguments: list[str]) -> int:
    """Measure on a fresh database; give the exit code."""
    options = _parser().parse_args(arguments)
    with ExitStack() as stack:
        if options.postgres:
            binaries = postgres.system_binaries() or postgres.wheel_binaries()
            if binaries is None:
                print(postgres.MISSING, file=sys.stderr)
                return 2
            url = stack.enter_context(postgres.throwaway_cluster(binaries, durable=True))
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            url = f"sqlite:///{Path(folder) / 'tries.sqlite3'}"
        os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        logging.disable(logging.WARNING)  # a line for each refused try
        call_command("migrate", verbosity=0)
        try:
            missed = Attack(options.pairs).measure()
        finally:
            connections.close_all()
    for name in missed:
        print(f"missed: {name}")
    return 1 if missed and options.check else 0


class Attack:
    """A clinic with 200 accounts, and who tries passwords on them."""

    def __init__(self, pairs: int) -> None:
        from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
        from django.test import Client

        from sessions_app.people.models import User

        self.pairs, self.spent, self.client = pairs, 0, Client
        password = make_password(PASSWORD)
        User.objects.bulk_create(
            User(email=f"p{n}@h.example", display_name=f"P{n}", password=password)
            for n in range(200)
        )
        for name in ("encode", "verify"):
            setattr(Argon2PasswordHasher, name, self._counted(getattr(Argon2PasswordHasher, name)))

    def measure(self) -> list[str]:
        """Attack in each way; return what missed its mark."""
        owner = self.client()
        assert self._try(owner, 0, PASSWORD).status_code == 302
        owner.post("/sign-out/")
        found = {
            "1,000 on one account, one address": self._hashes(
                lambda: [self._try(self.client(), 0) for _ in range(1000)]
            ),
            "one account from 200 addresses, 1,000 tries": self._hashes(
                lambda: [self._try(self.client(), 0, where=n % 200) for n in range(1000)]
            ),
            "50 at once on one account": self._hashes(lambda: self._at_once(50)),
        }
        missed = [what for what, hashes in found.items() if hashes > MOST_HASHES]
        each = self._hashes(lambda: [self._try(self.client(), 2 + n % 198) for n in range(1000)])
        for what, hashes in found.items():
            print(f"{what}: {hashes} hashes (mark {MOST_HASHES})")
        print(f"1,000 on 198 accounts, one address: {each} hashes, one or none for an account")
        inside = self._try(owner, 0, PASSWORD).status_code == 302
        print(f"the owner on a known device, meanwhile: {'gets in' if inside else 'is held off'}")
        missed += [] if inside else ["the owner on a known device"]
        return missed + self._refused() + self._known_and_unknown()

    def _try(self, browser: Any, who: int | str, password: str = "wrong", where: int = 0) -> Any:
        email = f"p{who}@h.example"
        said = {"email": email, "password": password}
        return browser.post("/sign-in/", said, REMOTE_ADDR=f"127.0.0.{where + 1}")

    def _at_once(self, tries: int) -> None:
        from django.db import connection

        def one(n: int) -> None:
            try:
                self._try(self.client(), 1, where=201 + n % 2)
            finally:
                connection.close()

        with ThreadPoolExecutor(tries) as pool:
            list(pool.map(one, range(tries)))

    def _hashes(self, deed: Callable[[], Any]) -> int:
        before = self.spent
        deed()
        return self.spent - before

    def _counted(self, usual: Callable[..., Any]) -> Callable[..., Any]:
        def reckon(*said: Any, **more: Any) -> Any:
            self.spent += 1
            return usual(*said, **more)

        return reckon

    def _refused(self) -> list[str]:
        """Compare a refused try with «hello», in turn, by CPU of this process."""
        hello, refused, bare = self.client(), self.client(), self.client()
        hello.force_login(self._member())
        took: dict[str, list[float]] = {"hello": [], "refused": [], "page": []}
        for _ in range(200):
            took["hello"].append(_cpu(lambda: hello.get("/hello/")))
            took["refused"].append(_cpu(lambda: self._try(refused, 0)))
            took["page"].append(_cpu(lambda: bare.get("/sign-in/")))
        told = {name: 1e3 * median(each) for name, each in took.items()}
        share = told["refused"] / told["hello"]
        print(
            f"refused try {told['refused']:.2f} ms of CPU, hello {told['hello']:.2f} ms:"
            f" {share:.2f} (mark {REFUSED_BY_HELLO}); the sign-in page alone {told['page']:.2f} ms"
        )
        return [] if share <= REFUSED_BY_HELLO else ["a refused try"]

    def _member(self) -> Any:
        from sessions_app.clinics import actions
        from sessions_app.people.models import User
        from sessions_app.vocabulary.roles import Role

        clinic = actions.open_clinic(
            name="H", slug="h", time_zone="UTC", emergency_text="Ring.", emergency_number="1"
        )
        user = User.objects.get(email="p199@h.example")
        actions.add_member(clinic=clinic, user=user, role=Role.THERAPIST)
        return user

    def _known_and_unknown(self) -> list[str]:
        """Compare wrong passwords on known and unknown accounts, in turn, by the clock and CPU."""
        from sessions_app.people.try_model import PasswordTry

        clock: dict[str, list[float]] = {"known": [], "unknown": []}
        cpu: dict[str, list[float]] = {"known": [], "unknown": []}
        for n in range(2 * self.pairs):
            PasswordTry.objects.all().delete()
            kind = ("known", "unknown", "unknown", "known")[n % 4]
            who = f"{n}" if kind == "known" else f"nobody{n}"
            browser, began = self.client(), time.perf_counter()
            cpu[kind].append(_cpu(lambda b=browser, w=who: self._try(b, w)))  # type: ignore[misc]
            clock[kind].append(time.perf_counter() - began)
        for how, took in (("clock", clock), ("CPU", cpu)):
            known, unknown = (1e3 * median(took[kind]) for kind in ("known", "unknown"))
            differ = abs(known - unknown) / known
            print(f"known {known:.1f} ms, unknown {unknown:.1f} ms by {how}: {differ:.1%} apart")
        known, unknown = (median(cpu[kind]) for kind in ("known", "unknown"))
        return [] if abs(known - unknown) / known < DIFFERENCE else ["known and unknown"]


def _cpu(deed: Callable[[], Any]) -> float:
    began = time.process_time()
    deed()
    return time.process_time() - began


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wrong_passwords")
    parser.add_argument("--check", action="store_true", help="exit 1 when a mark is missed")
    parser.add_argument("--postgres", action="store_true", help="on a throw-away PostgreSQL")
    parser.add_argument("--pairs", type=int, default=60, help="known and unknown, each (60)")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
