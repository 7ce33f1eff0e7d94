"""What the mark for the sums costs a writer: sessions stored with it and without, in turns."""

import threading
import uuid
from statistics import median
from time import perf_counter
from typing import Any

import psycopg
from django.db import connection

AT_ONCE = (1, 8, 16, 32)
SECONDS, MARK = 3.0, 0.93
_SESSION = """
INSERT INTO sessions_app_session
SELECT (jsonb_populate_record(s,
    jsonb_build_object('id', %(id)s::text, 'client_key', %(key)s::text))).*
FROM sessions_app_session s WHERE s.id = %(like)s;
INSERT INTO sessions_app_score
SELECT (jsonb_populate_record(c,
    jsonb_build_object('id', gen_random_uuid()::text, 'session_id', %(id)s::text))).*
FROM sessions_app_score c WHERE c.clinic_id = %(clinic)s AND c.session_id = %(like)s;
"""
_WITH_MARK = """
INSERT INTO sessions_app_unfolded (id, clinic_id, patient_id, week)
VALUES (%(mark)s, %(clinic)s, %(patient)s, date '2026-01-05');
"""
_FIRST = "ffffffff-0000-0000-0000-000000000000"
_CLEAN = (
    f"DELETE FROM sessions_app_score WHERE session_id >= '{_FIRST}'",
    f"DELETE FROM sessions_app_session WHERE id >= '{_FIRST}'",
    "DELETE FROM sessions_app_unfolded WHERE week = date '2026-01-05'",
)


def measure(rounds: int) -> list[str]:
    """Print the rate with the mark as a share of the rate without, by how many write at once."""
    like = _examples()
    missed = []
    for number in AT_ONCE:
        shares = []
        for _ in range(max(3, rounds // 2)):
            without = _rate(number, like, _SESSION)
            shares.append(_rate(number, like, _SESSION + _WITH_MARK) / without)
        share = median(shares)
        print(f"writers, {number} at once: with the mark {share:.2f} of without (mark {MARK})")
        if share < MARK:
            missed.append(f"{number} writers keep {MARK} of their rate")
    _clean()
    return missed


def _examples() -> list[dict[str, Any]]:
    """Return given sessions of different clinics, to be stored again under new ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (clinic_id) id, clinic_id, patient_id FROM sessions_app_session "
            "WHERE status = 'given' AND performed_at > now() - interval '30 days'"
        )
        return [
            {"like": one, "clinic": clinic, "patient": patient}
            for one, clinic, patient in cursor.fetchall()
        ]


def _rate(number: int, like: list[dict[str, Any]], sql: str) -> float:
    done, until = [0] * number, perf_counter() + SECONDS

    def write(place: int) -> None:
        said = connection.get_connection_params()
        keys = ("dbname", "user", "host", "port")
        with (
            psycopg.connect(**{key: said[key] for key in keys if said.get(key)}) as own,
            psycopg.ClientCursor(own) as cursor,
        ):
            while perf_counter() < until:
                one = like[(done[place] * number + place) % len(like)]
                new = {"id": _new(), "key": uuid.uuid4(), "mark": uuid.uuid4()}
                cursor.execute(sql, one | new)
                own.commit()
                done[place] += 1

    threads = [threading.Thread(target=write, args=(place,)) for place in range(number)]
    began = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (perf_counter() - began)


def _new() -> uuid.UUID:
    """An id that tells what was stored here, to take it away again."""
    return uuid.UUID(f"ffffffff-{str(uuid.uuid4())[9:]}")


def _clean() -> None:
    with connection.cursor() as cursor:
        for sql in _CLEAN:
            cursor.execute(sql)
