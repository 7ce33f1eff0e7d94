"""A log line helps to find an error and tells nothing about a patient."""

import logging
import re
import sys

import pytest
from django.db import IntegrityError

from clinic.logging import DiscreetFormatter
from sessions_app.audit.context import as_request
from sessions_app.models import Patient, Session
from tests.log_lines import Listener, naming
from tests.universe import Universe, care, ratings

UNIQUE = (
    'duplicate key value violates unique constraint "patient_chart_number_once"\n'
    "DETAIL:  Key (clinic_id, chart_number)=(1, C-secret) already exists."
)
CHECK = (
    'new row for relation "sessions_app_session" violates check constraint "x"\n'
    "DETAIL:  Failing row contains (7, told me of Mrs Secret\n"
    "Mother: a secret\n"
    "\n"
    "Pain: secret, 3)."
)
SYNTAX = 'syntax error at or near "x"\nLINE 1: INSERT INTO a VALUES (secret)\n                ^'
CONTEXT = "deadlock detected\nDETAIL:  Process 1.\nHINT:  See log.\nCONTEXT:  tuple secret"


def line(error: BaseException | None = None, message: str = "it failed") -> str:
    """Format a record as the server would, with the traceback of `error`."""
    info = None
    if error is not None:
        try:
            raise error
        except type(error):
            info = sys.exc_info()
    record = logging.LogRecord("django.request", 40, "", 0, message, (), info)
    return DiscreetFormatter().format(record)


@pytest.mark.parametrize("said", [UNIQUE, CHECK, SYNTAX, CONTEXT])
def test_what_the_database_quotes_is_dropped_and_its_first_line_kept(said: str) -> None:
    for told in (line(IntegrityError(said)), line(message=f"could not save: {said}")):
        assert "secret" not in told.lower()
        assert said.splitlines()[0] in told


def test_the_second_half_of_a_chained_error_is_kept() -> None:
    try:
        raise ValueError(CHECK)
    except ValueError as cause:
        second = IntegrityError(CHECK)
        second.__cause__ = cause
    told = line(second)
    assert "secret" not in told.lower()
    assert "direct cause" in told
    assert "django.db.utils.IntegrityError: new row" in told
    assert told.count("Traceback (most recent call last)") == 2


def test_a_line_carries_level_name_and_request() -> None:
    with as_request("abc123"):
        assert "ERROR django.request [abc123] it failed" in line()
    assert "[-]" in line()


def test_an_ordinary_traceback_is_whole() -> None:
    told = line(ValueError("plain\nwith a second line\n\nand a third"))
    assert told.endswith("ValueError: plain\n  with a second line\n  \n  and a third")


def test_the_time_is_utc_and_says_so() -> None:
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ERROR ", line())
    record = logging.LogRecord("a", 40, "", 0, "b", (), None)
    record.created, record.msecs = 0, 7
    assert DiscreetFormatter().format(record).startswith("1970-01-01T00:00:00.007Z ")


@pytest.mark.parametrize("ending", ["\n", "\r", "\r\n", "\x0b", "\x85", "\u2028"])
def test_nobody_forges_a_line(ending: str) -> None:
    told = line(message=f"a page{ending}2026-01-01T00:00:00.000Z ERROR forged\x1b[2J")
    assert [one for one in told.splitlines() if not one.startswith("  ")] == [told.splitlines()[0]]
    assert "\x1b" not in told


@pytest.mark.parametrize("column", ["minutes", "performed_at"])
def test_a_real_refusal_tells_no_note_and_no_name(universe: Universe, column: str) -> None:
    note = "He said:\nMother: Mrs Secret was here\n\nWife: also secret"
    changes = {"care": care(minutes=0, subjective=note)} if column == "minutes" else {}
    with pytest.raises(IntegrityError) as refused:
        universe.log(universe.bruno_course, **{"after": ratings(pain=11), **changes})
    told = line(refused.value)
    assert "secret" not in told.lower()
    assert "IntegrityError" in told


def test_rows_show_no_name_in_their_text(universe: Universe) -> None:
    for row in (Patient.objects.first(), Session.objects.first()):
        assert str(row.pk) in str(row)
        assert "son" not in str(row).replace("session", "")


def test_every_line_of_a_run_is_listened_to(
    universe: Universe, no_patient_in_the_logs: Listener
) -> None:
    before = no_patient_in_the_logs.heard
    logging.getLogger("django.request").warning("a line that names nobody")
    logging.getLogger("sessions_app.anything").warning("another")
    assert no_patient_in_the_logs.heard == before + 2
    for patient in universe.patients.values():
        assert naming(f"{patient.given_names} {patient.family_name} was here"), patient.chart_number
    assert naming("The bed of Mrs Quillfeather\nis made") == ["The bed of Mrs Quillfeather"]
    assert naming("no patient at all") == []
