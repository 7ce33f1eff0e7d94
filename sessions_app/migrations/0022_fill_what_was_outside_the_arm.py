"""Sessions that are there already get the codes of what was outside their arm.

What an arm lists is read from the stored text of its protocol, as it was published.
"""

import tomllib
from collections import defaultdict

from django.db import migrations

from sessions_app.vocabulary.body_sites import PRESETS, SITE_GROUPS

AT_ONCE = 1000


def fill(apps, schema_editor):
    """Compare each given session with its arm, clinic by clinic and some hundreds at a time."""
    using = schema_editor.connection.alias
    arms = apps.get_model("sessions_app", "Arm").objects.using(using).select_related("protocol")
    allowed = {arm.pk: tomllib.loads(arm.protocol.text)["arms"][arm.code] for arm in arms}
    for clinic in apps.get_model("sessions_app", "Clinic").objects.using(using):
        sessions = apps.get_model("sessions_app", "Session").objects.using(using)
        sites = apps.get_model("sessions_app", "SiteTreated").objects.using(using)
        mine = sessions.filter(clinic_id=clinic.pk)
        pks = list(mine.filter(status="given").order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(pks), AT_ONCE):
            some = mine.filter(pk__in=pks[start : start + AT_ONCE])
            touched = sites.filter(clinic_id=clinic.pk, session_id__in=pks[start : start + AT_ONCE])
            for said, found in _by_words(allowed, some, touched).items():
                mine.filter(pk__in=found).update(outside=said)


def _by_words(allowed, sessions, sites):
    pressures = defaultdict(dict)
    for pk, site, pressure in sites.values_list("session_id", "site", "pressure"):
        pressures[pk][site] = pressure
    found = defaultdict(list)
    for pk, arm, techniques in sessions.values_list("pk", "arm_id", "techniques"):
        if said := _said(allowed[arm], set(techniques), pressures[pk]):
            found[said].append(pk)
    return found


def _said(allowed, techniques, pressures):
    named, places = _listed(allowed.get("techniques")), _listed(allowed.get("sites"))
    most, firmest = allowed.get("max_pressure"), max(pressures.values(), default=None)
    told = (
        ("technique_outside", named is not None and not techniques <= named),
        ("site_outside", places is not None and not set(pressures) <= places),
        ("pressure_beyond", most is not None and firmest is not None and firmest > most),
    )
    return " ".join(word for word, true in told if true)


def _listed(words):
    """Return the codes of a list, its named sets of sites opened; None for «any»."""
    if words is None or words == "any":
        return None
    sets = {**SITE_GROUPS, **PRESETS}
    opened = ({site.value for site in sets[word].sites} if word in sets else {word} for word in words)
    return set().union(*opened)


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0021_what_was_outside_the_arm")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
