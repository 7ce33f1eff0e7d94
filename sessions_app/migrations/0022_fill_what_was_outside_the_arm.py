"""Sessions that are there already get the codes of what was outside their arm.

What an arm lists is read from the stored text of its protocol, as it was published.
"""

from collections import defaultdict

from django.db import migrations

AT_ONCE = 1000


def fill(apps, schema_editor):
    """Compare each given session with its arm, some hundreds at a time."""
    from sessions_app.protocols.definition import parse

    using = schema_editor.connection.alias
    sessions = apps.get_model("sessions_app", "Session").objects.using(using)
    for arm in apps.get_model("sessions_app", "Arm").objects.using(using).select_related("protocol"):
        row = arm.protocol
        allowed = parse(row.text, f"{row.code} version {row.version}").arm(arm.code)
        given = sessions.filter(arm_id=arm.pk, status="given").order_by("pk")
        pks = list(given.values_list("pk", flat=True))
        for start in range(0, len(pks), AT_ONCE):
            some = pks[start : start + AT_ONCE]
            for said, found in _by_words(apps, using, allowed, some).items():
                sessions.filter(pk__in=found).update(outside=said)


def _by_words(apps, using, allowed, pks):
    touched = defaultdict(dict)
    sites = apps.get_model("sessions_app", "SiteTreated").objects.using(using)
    for pk, site, pressure in sites.filter(session_id__in=pks).values_list(
        "session_id", "site", "pressure"
    ):
        touched[pk][site] = pressure
    found = defaultdict(list)
    sessions = apps.get_model("sessions_app", "Session").objects.using(using)
    for pk, techniques in sessions.filter(pk__in=pks).values_list("pk", "techniques"):
        if said := _said(allowed, set(techniques), touched[pk]):
            found[said].append(pk)
    return found


def _said(allowed, techniques, pressures):
    named = {one.value for one in allowed.techniques} if allowed.techniques is not None else None
    places = {one.value for one in allowed.sites} if allowed.sites is not None else None
    most, firmest = allowed.max_pressure, max(pressures.values(), default=None)
    told = (
        ("technique_outside", named is not None and not techniques <= named),
        ("site_outside", places is not None and not set(pressures) <= places),
        ("pressure_beyond", most is not None and firmest is not None and firmest > most),
    )
    return " ".join(word for word, true in told if true)


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0021_what_was_outside_the_arm")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
