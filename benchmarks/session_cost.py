"""The measurements of log_a_session.py; Django is set up and the database is empty by now."""

import time
import uuid
from argparse import Namespace
from dataclasses import dataclass
from statistics import median

from django.core.management import call_command
from django.urls import reverse

from benchmarks import pages, ward
from benchmarks.big_clinic import fill_big_clinic
from benchmarks.load import Form, Outcome, send
from benchmarks.pages import Budget, Page
from benchmarks.server import Server, running
from sessions_app.sessions.models import Session

NAMES = ("hello", "stock hello", "log", "empty page")
BUDGETS = {
    "session form, GET start": Budget(statements=12),
    "session page": Budget(statements=12),
    "chart": Budget(),
    "patient list": Budget(statements=8, size=100_000, milliseconds=150),
}


@dataclass(frozen=True)
class Run:
    """One page or form in one round: answers a second, and CPU for one of them, in ms."""

    outcome: Outcome
    rate: float
    cpu: float
    database: float


def measure(options: Namespace) -> list[str]:
    """Print all figures; give the names of those that miss their mark."""
    began = time.perf_counter()
    call_command("migrate", verbosity=0)
    course, begun = ward.publish(), ward.begun()
    therapist, other = ward.open_clinic("ward", begun), ward.open_clinic("big", begun)
    courses = ward.fill_ward(therapist, course, begun)
    fill_big_clinic(other, course, begun, options.patients)
    desk = ward.desk_of(therapist, reverse("sessions:log", args=[courses[0].pk]))
    big = ward.desk_of(other, reverse("rounds:list"))
    whole = [ward.whole_form(desk, one, begun.replace(hour=10)) for one in courses]
    print(f"set-up {time.perf_counter() - began:.1f} s\n")
    missed = _pages(desk, big, courses, whole, options.patients)
    if options.pages_only:
        return missed
    forms = {"hello": [Form("/hello/")], "stock hello": [Form("/hello/")]}
    forms |= {"log": whole, "empty page": [Form("/empty/")]}
    stock = running(options.threads, "benchmarks.stock_settings")
    with running(options.threads) as ours, stock as djangos:
        servers = dict.fromkeys(NAMES, ours) | {"stock hello": djangos}
        return missed + _rounds(servers, desk, forms, options)


def _pages(desk: ward.Desk, big: ward.Desk, courses: list, whole: list[Form], n: int) -> list[str]:
    place, asked = pages.statements_of(desk.browser, whole[0], str(uuid.uuid4()))
    kinds = pages.by_kind(asked)
    print(f"POST of a whole session: {kinds.total()} statements in {len(asked)} messages")
    for kind, number in kinds.items():
        print(f"    {number} {kind}")
    first = courses[0]
    seen = [
        pages.look_at(name, browser, address)
        for name, browser, address in (
            ("session form, GET start", desk.browser, reverse("sessions:start", args=[first.pk])),
            ("session page", desk.browser, place),
            ("chart", desk.browser, reverse("rounds:chart", args=[first.patient_id])),
            ("patient list", big.browser, reverse("rounds:list")),
        )
    ]
    print(f"\npages, in process; the list is that of a clinic with {n} patients on a course")
    print(f"{'':26}{'statements':>12}{'bytes':>10}{'ms':>8}")
    for one in seen:
        print(f"{one.name:26}{one.statements:12}{one.size:10}{one.milliseconds:8.1f}{_mark(one)}")
    return [one.name for one in seen if one.status != 200 or not BUDGETS[one.name].holds(one)]


def _mark(page: Page) -> str:
    return "" if page.status == 200 and BUDGETS[page.name].holds(page) else "   MISSED"


def _rounds(
    servers: dict[str, Server], desk: ward.Desk, forms: dict[str, list[Form]], options: Namespace
) -> list[str]:
    # Each thread opens its connection, which keeps a statement once it has come some ten times.
    for name, some in forms.items():
        send(some, servers[name].port, desk.cookie, options.threads, options.clients)
    print(f"\n{'round':>5}{'loop ms':>9}{'hello/s':>9}{'log/s':>8}{'log/hello':>11}", end="")
    print(f"{'hello CPU':>11}{'log CPU':>9}{'ratio':>7}")
    rounds = []
    for number in range(1, options.rounds + 1):
        loop = _calibrate()
        found = {n: _run(servers[n], desk, n, forms[n], options) for n in NAMES}
        rounds.append(found)
        hello, log = found["hello"], found["log"]
        print(
            f"{number:5}{loop:9.1f}{hello.rate:9.1f}{log.rate:8.1f}{log.rate / hello.rate:11.3f}"
            f"{hello.cpu:11.2f}{log.cpu:9.2f}{hello.cpu / log.cpu:7.3f}",
            flush=True,
        )
    return _medians(rounds, options.mark)


def _run(server: Server, desk: ward.Desk, name: str, forms: list[Form], options: Namespace) -> Run:
    there, before = Session.objects.count(), server.cpu()
    outcome = send(forms, server.port, desk.cookie, options.seconds, options.clients)
    spent, new = server.cpu().since(before), Session.objects.count() - there
    units = outcome.requests
    # A redirect is an answer too when it leads to the sign-in: the rows tell.
    if outcome.errors or (forms[0].body and not 0 <= new - units <= 2 * options.clients):
        raise SystemExit(f"{name}: {outcome.errors} errors, {units} answers, {new} new sessions")
    cpu, database = 1e3 * spent.workers / units, 1e3 * spent.database / units
    return Run(outcome, units / outcome.seconds, cpu, database)


def _calibrate() -> float:
    """Time a fixed loop of Python, in ms: how fast is the machine just now?"""
    began = time.perf_counter()
    sum(n * n for n in range(1_000_000))
    return 1e3 * (time.perf_counter() - began)


def _medians(rounds: list[dict[str, Run]], mark: float) -> list[str]:
    print(f"\nmedians of {len(rounds)} rounds")
    for name in NAMES:
        runs = [found[name] for found in rounds]
        print(
            f"{name:16}{median(run.rate for run in runs):8.1f}/s"
            f"   CPU a piece: workers {median(run.cpu for run in runs):.2f} ms,"
            f" database {median(run.database for run in runs):.2f} ms"
            f"   latency p50 {median(run.outcome.p50 for run in runs):.1f},"
            f" p99 {median(run.outcome.p99 for run in runs):.1f} ms"
        )
    for base in ("hello", "stock hello", "empty page"):
        by_cpu = median(found[base].cpu / found["log"].cpu for found in rounds)
        said = f"{_ratio(rounds, base):.3f} by rate, {by_cpu:.3f} by the workers' CPU"
        print(f"log / {base}: {said}{f' (mark: {mark})' if base == 'hello' else ''}")
    ratio = _ratio(rounds, "hello")
    return [] if ratio >= mark else [f"log / hello is {ratio:.3f}"]


def _ratio(rounds: list[dict[str, Run]], base: str) -> float:
    """The median over the rounds of the rate of «log» as a share of another's."""
    return median(found["log"].rate / found[base].rate for found in rounds)
