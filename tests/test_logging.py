"""A log line helps to find an error and tells nothing about a patient."""

import logging
import re
import sys

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.test import Client

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
    'new row for relation "sessions_app_session" violates check constraint "score_in_range"\n'
    "DETAIL:  Failing row contains (7, told me of Mrs Secret\n"
    "Mother: a secret\n"
    "\n"
    "Pain: secret, 3)."
)
SYNTAX = 'syntax error at or near "a_b"\nLINE 1: INSERT INTO a VALUES (secret)\n                ^'
SECRET = "no such ward: Secret"
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


@pytest.mark.parametrize(
    "error", [ValueError, KeyError, RuntimeError, UnicodeError, ValidationError]
)
def test_an_error_is_told_without_the_value_that_it_quotes(error: type[Exception]) -> None:
    told = line(error(SECRET))
    assert "secret" not in told.lower()
    assert f"{error.__name__}: (its words are not logged)" in told
    assert "Traceback (most recent call last)" in told
    assert "in line" in told


def test_what_is_said_about_the_program_is_kept() -> None:
    told = line(AttributeError("'NoneType' object has no attribute 'pk'"))
    assert told.endswith("AttributeError: 'NoneType' object has no attribute 'pk'")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ('invalid input syntax for type uuid: "Secret"', "invalid input syntax for type uuid: «…»"),
        ("invalid byte: 'mrs secret'", "invalid byte: «…»"),
        ('violates check constraint "score_in_range"', 'check constraint "score_in_range"'),
        ("UNIQUE constraint failed: sessions_app_patient.id", "failed: sessions_app_patient.id"),
    ],
)
def test_of_the_databases_words_names_of_ours_are_kept_and_values_are_not(
    said: str, kept: str
) -> None:
    told = line(DataError(said))
    assert "secret" not in told.lower()
    assert kept in told


def test_an_error_that_hangs_in_a_ring_is_told_once() -> None:
    first, second = ValueError(), KeyError()
    first.__context__, second.__context__ = second, first
    assert line(first).count("ValueError") == 1


def test_an_address_that_is_none_of_ours_is_not_written(caplog: pytest.LogCaptureFixture) -> None:
    Client().get("/patients/Secret, Mary/")
    (record,) = [one for one in caplog.records if one.name == "django.request"]
    assert "Not Found: (no address of ours)" in DiscreetFormatter().format(record)


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
