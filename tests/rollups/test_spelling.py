"""What counts, as the database is asked, is what the pure functions count."""

from itertools import product

import pytest
from django.db import connection

from sessions_app.outcomes.responders import Threshold, hits
from sessions_app.rollups.spelling import BEGAN_HIGH, FELL


def counted(scale: str, before: int, after: int) -> tuple[int, ...]:
    """Whether much can change, and whether each threshold was reached: of pain alone."""
    if scale != "pain":
        return 0, 0, 0
    told = [hits(one, [(before, after)]) for one in Threshold]
    return told[0][0], *(hit for _, hit in told)


@pytest.mark.django_db
@pytest.mark.parametrize("scale", ["pain", "mood"])
def test_who_had_clearly_less_pain_is_the_same_in_sql(scale: str) -> None:
    wanted = (BEGAN_HIGH, *(f"{BEGAN_HIGH} AND {FELL[one]}" for one in Threshold))
    asked = ", ".join(f"CASE WHEN {one} THEN 1 ELSE 0 END" for one in wanted)
    with connection.cursor() as cursor:
        for before, after in product(range(11), repeat=2):
            row = f'SELECT \'{scale}\' AS scale, {before} AS "before", {after} AS "after"'
            cursor.execute(f"SELECT {asked} FROM ({row}) AS told")
            assert cursor.fetchone() == counted(scale, before, after), (before, after)
