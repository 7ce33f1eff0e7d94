"""Form fields of a session: a score or its reason, and the sites with a pressure each."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from sessions_app.safety.findings import SiteLimit
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions.body import limits_picture
from sessions_app.sessions.plain_fields import HIDDEN_PART_LOST, WholeNumberField
from sessions_app.sessions.record import Rating
from sessions_app.vocabulary.body_sites import SITE_GROUPS, BodySite, SiteGroup, SitePreset
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.records import Reporter
from sessions_app.vocabulary.scales import Scale

_CODES = frozenset(BodySite.codes())
BEDSIDE_REASONS = (
    MissingReason.NOT_ASKED,
    MissingReason.ASLEEP,
    MissingReason.DECLINED,
    MissingReason.UNABLE,
)


class KeyInput(forms.HiddenInput):
    """A form's own key; one that cannot be read is replaced, so that the form can be sent again."""

    def format_value(self, value: Any) -> str:
        """Write the key, or a fresh one."""
        try:
            return str(uuid.UUID(str(value)))
        except ValueError:
            return str(uuid.uuid4())


class KeyField(forms.UUIDField):
    """What makes a form that is sent twice the same session."""

    widget = KeyInput

    def __init__(self) -> None:
        super().__init__(initial=uuid.uuid4)
        self.error_messages = dict.fromkeys(("required", "invalid"), HIDDEN_PART_LOST)


class Pills(forms.CheckboxSelectMultiple):
    """Short choices on one line, several at once."""

    look = "pills"


class OnePill(forms.RadioSelect):
    """Short choices on one line, one of them."""

    look = "pills"


class ScoreWidget(forms.RadioSelect):
    """Eleven radio buttons, none preselected; quieter, the reasons why there is no number."""

    look = "score"

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self.scale = scale


class ScoreField(forms.ChoiceField):
    """One score of 0 to 10, or the reason why there is none; cleans to a Rating or None.

    The question may be asked twice on one form, so refusals go by the `name` of the score.
    """

    def __init__(self, scale: Scale, *, required: bool, label: str = "", name: str = "") -> None:
        name = name or scale.label
        numbers = [(str(n), str(n)) for n in range(scale.minimum, scale.maximum + 1)]
        reasons = [(one.value, one.label) for one in BEDSIDE_REASONS]
        super().__init__(
            choices=[*numbers, *reasons],
            required=required,
            label=label or scale.question,
            widget=ScoreWidget(scale),
            error_messages={
                "required": f"{name}: choose a number, or say why there is none.",
                "invalid_choice": f"{name}: a whole number from 0 to 10.",
            },
        )

    def clean(self, value: Any) -> Rating | None:
        """Return the rating; 0 is a score, an untouched optional field is None."""
        chosen = super().clean(value)
        if chosen == "":
            return None
        if chosen.isdigit():
            return Rating(value=int(chosen))
        return Rating(missing=MissingReason(chosen))


class CountField(WholeNumberField):
    """A counted vital sign; cleans to a Rating by the therapist, or None."""

    def __init__(self, scale: Scale, label: str) -> None:
        super().__init__(label, scale.minimum, scale.maximum, required=False)
        self.widget.unit = scale.unit

    def clean(self, value: Any) -> Rating | None:
        """Return the count as a rating."""
        number = super().clean(value)
        return None if number is None else Rating(value=number, reporter=Reporter.THERAPIST)


@dataclass(frozen=True)
class SiteRow:
    """One line of the list of sites, as the template shows it."""

    code: str
    label: str
    checked: bool
    pressure: str
    options: tuple[tuple[str, str, bool], ...]
    ceiling: int
    limit_words: str
    limit_kind: str
    error: str


class SitesWidget(forms.Widget):
    """The grouped list of sites, each with its limit today and a pressure.

    `verdict` is set by the form that draws the list; `errors` by the field that reads it. The
    body map beside the list is a second view of it.
    """

    look = "sites"
    template_name = "components/sites_field.html"
    use_fieldset = True
    verdict: Callable[[], Verdict]

    def __init__(self, *, highest: int, usual: int, presets: tuple[SitePreset, ...] = ()) -> None:
        super().__init__()
        self.highest, self.usual = highest, usual
        self.presets = presets
        self.errors: dict[str, str] = {}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        """Return ticked site codes with the pressure chosen beside them."""
        ticked = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name, [])
        return {code: data.get(f"pressure-{code}", "") for code in ticked}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """An empty list of sites is an answer."""
        return False

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the groups of rows and the one-tap presets."""
        chosen = {str(code): str(pressure) for code, pressure in (value or {}).items()}
        context = super().get_context(name, value, attrs)
        verdict = self.verdict()
        limits = verdict.limits
        context["picture"] = limits_picture(verdict, chosen)
        # What holds everywhere is said once above the list; a row is marked where it is stricter.
        general = max(limit.ceiling for limit in limits.values())
        rows = [self._row(site, limits[site], general, chosen) for site in BodySite]
        context["groups"] = [
            (group.label, [row for row in rows if BodySite(row.code).group is group])
            for group in SiteGroup
        ]
        context["presets"] = [
            {"label": one.label, "codes": " ".join(sorted(site.value for site in one.sites))}
            for one in (*self.presets, *SITE_GROUPS.values())
        ]
        return context

    def _row(
        self, site: BodySite, limit: SiteLimit, general: int, chosen: Mapping[str, str]
    ) -> SiteRow:
        at_most = max(min(self.usual, limit.ceiling), Pressure.RESTING)
        pressure = chosen.get(site.value) or str(int(at_most))
        limited = limit.ceiling < general
        return SiteRow(
            code=site.value,
            label=site.label,
            checked=site.value in chosen,
            pressure=pressure,
            options=tuple(
                (str(level.value), level.label, str(level.value) == pressure)
                for level in Pressure
                if level <= self.highest
            ),
            ceiling=limit.ceiling,
            limit_words=limit.words if limited else "",
            limit_kind=_kind(limit.ceiling),
            error=self.errors.get(site.value, ""),
        )


class SitesField(forms.Field):
    """Sites with a pressure each; cleans to a mapping from BodySite to 0-5.

    `read` is what could be read, also where something else in the list is refused.
    """

    widget: SitesWidget
    read: Mapping[BodySite, int] = MappingProxyType({})

    def clean(self, value: Any) -> dict[BodySite, int]:
        """Check every code and pressure; errors name the site and stand beside it."""
        said = value or {}
        offered = {str(level.value) for level in Pressure if level <= self.widget.highest}
        known = {code: pressure for code, pressure in said.items() if code in _CODES}
        wrong = [code for code, pressure in known.items() if pressure not in offered]
        pressures = {BodySite(code): int(known[code]) for code in known if code not in wrong}
        choose = f"Choose a pressure from 0 to {self.widget.highest}."
        self.read, self.widget.errors = pressures, dict.fromkeys(wrong, choose)
        if len(known) < len(said):
            raise forms.ValidationError("Sites: this list has no such site. Choose from the list.")
        if wrong:
            labels = "; ".join(BodySite(code).label for code in wrong)
            raise forms.ValidationError(f"The pressure is missing or unknown: {labels}.")
        if self.required and not pressures:
            raise forms.ValidationError("Sites: tick at least one site.")
        return pressures


def _kind(ceiling: int) -> str:
    if ceiling == NO_CONTACT:
        return "none"
    return "still" if ceiling == Pressure.RESTING else "upto"
