"""Counts stored before the database knew what a count can be: read low, and nothing is lost."""

import importlib
import sqlite3
import uuid
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from sessions_app.patients.models import ClinicalFact
from tests.guards.test_upgrade import grown, manage
from tests.universe import Universe

STEP = "sessions_app.migrations.0004_counts_that_cannot_be"

# kind, value, unit, note -> value, unit, note
ROWS: list[tuple[tuple[str, str | None, str, str], tuple[str | None, str, str]]] = [
    (("platelets", "45", "per_nl", "lab"), ("45", "per_nl", "lab")),
    (("platelets", "3000", "per_nl", ""), ("3000", "per_nl", "")),
    (("platelets", "45000", "per_nl", ""), ("45000", "per_ul", "Typed as 45000 per_nl.")),
    (("platelets", "8000", "", "b"), ("8000", "per_ul", "Typed as 8000 without a unit. b")),
    (("platelets", "8", "G/l", ""), ("8", "per_ul", "Typed as 8 G/l.")),
    (("platelets", "4000000", "per_ul", ""), (None, "", "Typed as 4000000 per_ul.")),
    (("platelets", None, "per_nl", ""), (None, "", "")),
    (("consent", "1", "per_nl", "c"), ("1", "", "c")),
]


def as_told(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


@pytest.mark.postgres
def test_a_count_that_cannot_be_is_read_as_the_lowest(universe: Universe) -> None:
    names = ("fact_unit_fits_kind", "fact_value_can_be_believed")
    rules = [one for one in ClinicalFact._meta.constraints if one.name in names]
    connection.check_constraints()
    with connection.schema_editor() as editor:
        for rule in rules:
            editor.remove_constraint(ClinicalFact, rule)
    row = universe.ada.facts.first()
    ids = []
    for (kind, value, unit, note), _ in ROWS:
        row.pk = uuid.uuid4()
        row.kind, row.value, row.unit, row.note = kind, as_told(value), unit, note
        row.save(force_insert=True)
        ids.append(row.pk)
    importlib.import_module(STEP).read_low(apps, None)
    stored = {one.pk: one for one in ClinicalFact.objects.filter(pk__in=ids)}
    for pk, (_, (value, unit, note)) in zip(ids, ROWS, strict=True):
        one = stored[pk]
        assert (one.value, one.unit, one.note) == (as_told(value), unit, note)
    connection.check_constraints()
    with connection.schema_editor() as editor:
        for rule in rules:
            editor.add_constraint(ClinicalFact, rule)


PEOPLE = f"""
    INSERT INTO sessions_app_user (id, password, email, display_name, is_active, added_at)
    VALUES ('{1:032x}', '', 'a@b.example', 'A', 1, '2026-01-01');
    INSERT INTO sessions_app_clinic
        (id, name, slug, time_zone, emergency_text, emergency_number, opened_at)
    VALUES ('{2:032x}', 'Old Ward', 'old', 'UTC', 'Call', '2222', '2026-01-01');
    INSERT INTO sessions_app_patient
        (id, clinic_id, chart_number, given_names, family_name, birth_date, language, ward, room,
         cancer_type, icd10, status, search_key, registered_at, registered_by_id)
    VALUES ('{3:032x}', '{2:032x}', 'C', 'A', 'B', '1950-01-01', '', '', '', '', '', 'active',
            'b a c', '2026-01-01', '{1:032x}');
"""
FACT = f"""
    INSERT INTO sessions_app_clinicalfact
        (id, clinic_id, patient_id, kind, value, unit, note, sites, observed_on, source,
         recorded_at, recorded_by_id)
    VALUES (?, '{2:032x}', '{3:032x}', ?, ?, ?, ?, '[]', '{date(2026, 1, 1)}', 'lab',
            '2026-01-01', '{1:032x}')
"""


@pytest.mark.slow
@pytest.mark.sqlite  # a file of its own, whatever the run's database
def test_an_embedded_database_with_such_counts_is_migrated(tmp_path: Path) -> None:
    database = tmp_path / "old.sqlite3"
    grown(database, "0003")
    before = [(f"{n + 10:032x}", *row) for n, (row, _) in enumerate(ROWS)]
    with sqlite3.connect(database) as old:
        old.executescript(PEOPLE)
        old.executemany(FACT, before)
    manage(database, "migrate", "--verbosity", "0")
    manage(database, "check")
    with sqlite3.connect(database) as new:
        query = "SELECT value, unit, note FROM sessions_app_clinicalfact ORDER BY id"
        found = [
            (None if value is None else Decimal(str(value)), unit, note)
            for value, unit, note in new.execute(query)
        ]
    assert found == [(as_told(value), unit, note) for _, (value, unit, note) in ROWS]
