"""The page of all clinics together, beside a page that does nothing for the same person."""

from functools import partial

from django.urls import reverse

from benchmarks.clinic_page import HELLO, signed_in
from benchmarks.turns import in_turns
from sessions_app.people.models import User

PAGE = reverse("dashboards:network")
ASKED = {"26 weeks": PAGE, "all time": f"{PAGE}?period=all-time"}
MOST_STATEMENTS = 15


def measure(rounds: int) -> list[str]:
    """Print what the page costs who sees every clinic; return the marks that it misses."""
    browser = signed_in(User.objects.get(email="network@bench.example"), PAGE)
    missed = []
    for name, address in ASKED.items():
        tag = browser.get(address)["ETag"]
        took = in_turns(
            max(1, rounds // 2),
            hello=partial(browser.get, HELLO),
            page=partial(browser.get, address),
            unchanged=partial(browser.get, address, headers={"if-none-match": tag}),
        )
        hello, page = took["hello"], took["page"]
        statements = page[0].statements
        print(
            f"network page, {name}, {statements} statements: hello {hello.whole:.1f} ms, "
            f"SQL {page.sql - hello.sql:.1f}, page {page.whole:.1f} = SQL + "
            f"{(page.own + hello.sql) / hello.whole:.2f} hello, "
            f"unchanged {took['unchanged'].whole / hello.whole:.2f} hello"
        )
        if statements > MOST_STATEMENTS:
            missed.append(f"network page, {name}: at most {MOST_STATEMENTS} statements")
    return missed
