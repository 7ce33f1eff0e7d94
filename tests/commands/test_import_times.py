"""`manage.py import_times`: doses from another system's file, line by line, once."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from sessions_app.audit.models import AuditEvent
from sessions_app.timing.models import TimedCare
from sessions_app.vocabulary.conditions import FactKind
from tests.universe import Universe

HEAD = "external_key,chart_number,kind,happens_at,note"
DOSE = "d-1,{bruno},opioid_breakthrough,2026-11-20T14:05:00+00:00,10 mg"


@pytest.fixture
def bring(universe: Universe, tmp_path: Path):
    """Bring in a file of these lines; return what was said."""

    def call(*lines: str, head: str = HEAD, **more: object) -> str:
        numbers = {"bruno": universe.bruno.chart_number, "ada": universe.ada.chart_number}
        file, said = tmp_path / "times.csv", StringIO()
        file.write_text("\n".join([head, *(line.format(**numbers) for line in lines)]), "utf-8")
        where = {"clinic": universe.birchwood.slug, "by": universe.therapist.user.email}
        told = {"system": "ward", **where, **more}
        call_command("import_times", str(file), stdout=said, **told)
        return said.getvalue()

    return call


def brought() -> int:
    return TimedCare.objects.filter(source="import").count()


def test_who_answers_for_it_is_found_however_the_address_is_written(
    universe: Universe, bring
) -> None:
    said = bring(DOSE, by=universe.therapist.user.email.title())
    assert said.startswith("1 brought in")


def test_a_line_becomes_a_dose_and_a_treatment_its_fact_too(universe: Universe, bring) -> None:
    said = bring(DOSE, "r-1,{ada},radiotherapy,2026-11-19 09:30,")
    assert said == "2 brought in, 0 there already.\n"
    dose = TimedCare.objects.get(source="import", kind="opioid_breakthrough")
    assert (dose.patient, dose.note) == (universe.bruno, "10 mg")
    assert dose.happens_at.isoformat() == "2026-11-20T14:05:00+00:00"
    beam = TimedCare.objects.get(source="import", kind="radiotherapy")
    assert beam.happens_at.astimezone(universe.birchwood.zone).hour == 9
    assert beam.fact is not None
    assert beam.fact.kind == FactKind.RADIOTHERAPY
    events = AuditEvent.objects.filter(action="timing.recorded", subject_id=dose.pk)
    assert events.get().new["source"] == "import"


def test_the_same_file_again_changes_nothing(bring) -> None:
    bring(DOSE)
    assert bring(DOSE, "d-2,{bruno},analgesic,2026-11-20T15:00Z,") == (
        "1 brought in, 1 there already.\n"
    )
    assert brought() == 2


def test_what_a_member_recorded_already_is_not_recorded_twice(bring) -> None:
    bring(DOSE)
    assert bring(DOSE.replace("d-1", "other")) == "0 brought in, 1 there already.\n"


def test_the_keys_of_two_systems_are_their_own(bring) -> None:
    bring(DOSE)
    bring("d-1,{bruno},analgesic,2026-11-20T16:00Z,", system="pharmacy")
    assert brought() == 2


def test_a_dry_run_says_what_would_be_and_writes_nothing(bring) -> None:
    assert bring(DOSE, dry_run=True) == "1 would be brought in, 0 there already.\n"
    assert brought() == 0


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",{bruno},analgesic,2026-11-20T16:00Z,", "the external key is missing"),
        ("x,NOBODY,analgesic,2026-11-20T16:00Z,", "no patient of this clinic"),
        ("x,{bruno},aspirin,2026-11-20T16:00Z,", "no kind «aspirin»"),
        ("x,{bruno},analgesic,yesterday,", "«yesterday» is no time"),
        ("x,{bruno},analgesic,2026-11-20,", "«2026-11-20» has no hour"),
        ("x,{bruno},analgesic,2026-11-20T16:00Z," + "n" * 201, "more than 200 characters"),
        ("x,{bruno},analgesic,2026-11-20T16:00Z,a,b", "more than 5 cells"),
        ("d-1,{bruno},analgesic,2026-11-20T16:00Z,", "stands in line 2 too"),
        ("x,{bruno}", "no kind «»"),
    ],
)
def test_a_bad_line_is_told_and_nothing_is_written(bring, line: str, words: str) -> None:
    for dry in (True, False):
        with pytest.raises(CommandError, match=f"Line 3: .*{words}"):
            bring(DOSE, line, dry_run=dry)
    assert brought() == 0


def test_every_bad_line_is_told_at_once(bring) -> None:
    bad = "x,{bruno},aspirin,2026-11-20T16:00Z,"
    with pytest.raises(CommandError, match=r"(?s)Line 2: .*Line 4: "):
        bring(bad, DOSE, bad.replace("x,", "y,"))


def test_a_key_that_comes_back_with_other_content_is_refused(bring) -> None:
    bring(DOSE)
    with pytest.raises(CommandError, match=r"Line 2: .*with other content"):
        bring(DOSE.replace("14:05", "14:20"))
    assert brought() == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"head": "key,when"}, "Line 1: the columns"),
        ({"clinic": "nowhere"}, "nobody"),
        ({"by": "nobody@birchwood.example"}, "nobody"),
    ],
)
def test_what_is_asked_for_has_to_be_there(bring, more: dict[str, str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        bring(DOSE, **more)
