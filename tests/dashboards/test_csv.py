"""A question as CSV: exactly what the page shows, and nothing a spreadsheet would calculate."""

import csv
import io
import re
import uuid
from html import unescape

import pytest
from django.urls import reverse

from sessions_app.charts.chart import Cell
from sessions_app.dashboards.clinic_dashboard import QUESTIONS
from sessions_app.dashboards.csv_text import csv_of
from sessions_app.dashboards.panel import Panel, Table
from sessions_app.sessions import actions as sessions
from sessions_app.vocabulary.reasons import NotGivenReason
from tests.universe import ClientAs, Universe


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def sheet(html: str, code: str) -> str:
    """Return one question's part of the page."""
    return html.split(f'aria-labelledby="{code}"')[1].split("</section>")[0]


def tables(html: str) -> list[list[list[str]]]:
    """Return the rows of cells of each table, heads too."""
    found = []
    for table in re.findall(r"<table>.*?</table>", html, re.S):
        lines = re.findall(r"<tr>(.*?)</tr>", table, re.S)
        cells = [re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", line, re.S) for line in lines]
        found.append([[_words(cell) for cell in line] for line in cells])
    return found


def _words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ").split())


@pytest.mark.parametrize("code", QUESTIONS)
def test_each_table_of_the_page_is_in_the_csv_and_no_other_number(
    universe: Universe, client_as: ClientAs, code: str
) -> None:
    sessions.not_given(
        enrolment=universe.ada_course, reason=NotGivenReason.ASLEEP, client_key=uuid.uuid4(),
        digest="d", by=universe.therapist,
    )  # fmt: skip
    browser = client_as("supervisor")
    html = sheet(browser.get(reverse("dashboards:summary")).content.decode(), code)
    answer = browser.get(reverse("dashboards:csv", args=[code]))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        rf'attachment; filename="{code}-\d{{4}}-\d\d-\d\d-\d{{4}}-\d\d-\d\d\.csv"',
        answer.headers["Content-Disposition"],
    )
    text = answer.content.decode("utf-8")
    assert text.startswith("\ufeff")
    lines = [[_words(cell) for cell in line] for line in rows(text[1:])]
    shown = [line for table in tables(html) for line in table]
    for line in shown:
        assert line in lines
    tabled = [line for line in lines if len(line) > 2]
    assert all(line in shown for line in tabled)
    assert _words(html.split('class="sheet__answer">')[1].split("</p>")[0]) in [
        cell for line in lines for cell in line
    ]


def test_it_says_what_was_asked(universe: Universe, client_as: ClientAs) -> None:
    asked = {"from": "2026-01-05", "to": "2026-02-01", "protocol": "rest", "ward": "Willow"}
    where = reverse("dashboards:csv", args=["happening"])
    lines = rows(client_as("supervisor").get(where, asked).content.decode("utf-8-sig"))
    assert lines[:2] == [
        ["For use inside the clinic"],
        ["Are planned sessions happening? If not, why?"],
    ]
    assert ["Clinics", "Birchwood Hospice"] in lines
    assert ["From", "2026-01-05"] in lines
    assert ["To", "2026-02-01"] in lines
    assert ["Ward", "Willow"] in lines


def test_no_patient_is_named_and_nothing_leads_anywhere(
    universe: Universe, client_as: ClientAs
) -> None:
    for code in QUESTIONS:
        text = client_as("supervisor").get(reverse("dashboards:csv", args=[code])).content.decode()
        for word in ("Adason", "C-ada", "/summary/", "href"):
            assert word not in text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("=1+1", "'=1+1"), ("+cmd", "'+cmd"), ("-cmd", "'-cmd"), ("@x", "'@x"), ("\tx", "'\tx"),
        ("+1.50", "+1.50"), ("-3", "-3"), ("−0.40", "−0.40"), ("7", "7"), ("", ""), ("–", "–"),
        ("+1.62 to +2.01", "'+1.62 to +2.01"), ("=", "'="), ("-", "'-"),
    ],
)  # fmt: skip
def test_words_are_no_formula(typed: str, kept: str) -> None:
    table = Table(title="T", head=("A", "B"), rows=((Cell("x"), Cell(typed)),))
    panel = Panel(code="c", question="Q?", answer="A.", parts=(table,))
    assert rows(csv_of(panel, []))[-1] == ["x", kept]
