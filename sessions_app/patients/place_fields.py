"""The field that asks where: the list of sites with the body map beside it, without a pressure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from sessions_app.bodymap.picture import Mark, picture
from sessions_app.vocabulary.body_sites import SITE_GROUPS, BodySite, SiteGroup

ALL = frozenset(BodySite)


@dataclass(frozen=True)
class PlaceRow:
    """One line of the list of sites, as the template of the session form shows it."""

    code: str
    label: str
    checked: bool


class PlacesWidget(forms.CheckboxSelectMultiple):
    """The grouped list of sites; the body map beside it is a second view of it."""

    look = "sites"
    template_name = "components/sites_field.html"
    offered: frozenset[BodySite] = ALL
    with_presets = False

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the map, the groups of rows, and the groups of sites that are ticked at once."""
        context = super().get_context(name, value, attrs)
        chosen = {str(code) for code in value or ()}
        rows = [PlaceRow(one.value, one.label, one.value in chosen) for one in self._offered()]
        context["plain"] = True
        context["picture"] = picture(
            {one: Mark(chosen=one.value in chosen, tells_limit=False) for one in BodySite}
        )
        context["groups"] = [(label, [*mine]) for label, mine in _grouped(rows)]
        context["presets"] = [
            {"label": one.label, "codes": " ".join(sorted(site.value for site in one.sites))}
            for one in (SITE_GROUPS.values() if self.with_presets else ())
        ]
        return context

    def _offered(self) -> list[BodySite]:
        return [one for one in BodySite if one in self.offered]


class PlacesField(forms.MultipleChoiceField):
    """Sites without a pressure; what is not in the list is refused by name."""

    widget = PlacesWidget

    def __init__(
        self, *, offered: frozenset[BodySite] | None = None, presets: bool = False, **kwargs: Any
    ) -> None:
        self.offered = ALL if offered is None else offered
        choices = [(one.value, one.label) for one in BodySite if one in self.offered]
        super().__init__(choices=choices, required=False, **kwargs)
        self.widget.offered, self.widget.with_presets = self.offered, presets

    def validate(self, value: list[str]) -> None:
        """Refuse a site that cannot be here, and say which can."""
        known = {one.value: one for one in BodySite}
        choose = f"{self.label}: choose from the list."
        if any(code not in known for code in value):
            raise forms.ValidationError(f"{choose} It has no such site.")
        wrong = [known[code].label for code in value if known[code] not in self.offered]
        if wrong:
            where = "; ".join(one.label for one in BodySite if one in self.offered)
            raise forms.ValidationError(
                f"{choose} Not at the {'; '.join(wrong)}: it can be at {where}."
            )


def _grouped(rows: Iterable[PlaceRow]) -> list[tuple[str, list[PlaceRow]]]:
    """Return the rows head to foot under their headings; a heading without a row is left out."""
    rows = list(rows)
    groups = [
        (group.label, [row for row in rows if BodySite(row.code).group is group])
        for group in SiteGroup
    ]
    return [(label, mine) for label, mine in groups if mine]
