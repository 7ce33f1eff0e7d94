"""Amending a chart that somebody else may have amended since the page was opened."""

import json
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict

from sessions_app.patients.forms import PatientForm

MEANWHILE = (
    "Somebody else has changed this chart since you opened it. What they changed and you did not "
    "is taken over here; what you typed is kept. Look at it, and save again."
)
BOTH = "Meanwhile changed to {now}. Save again to put what you typed in its place."


class AmendForm(PatientForm):
    """A chart's particulars, with what they were when the page was opened."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: Mapping[str, Any], **kwargs: Any) -> None:
        self.seen = dict(now)
        self.now = {name: _written(value) for name, value in now.items()}
        super().__init__(*args, initial={**now, "shown": json.dumps(self.now)}, **kwargs)
        self.helper.layout.append("shown")

    def clean(self) -> dict[str, Any]:
        """Bring both amendments together once; who saves again has seen the other's."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        opened = self._opened()
        theirs = {name for name, value in self.now.items() if opened[name] != value}
        if theirs:
            self.add_error(None, MEANWHILE)
            self._take_over(theirs, opened)
        return cleaned

    def particulars(self) -> dict[str, Any]:
        """Return the chart's columns."""
        return {name: value for name, value in super().particulars().items() if name != "shown"}

    def _opened(self) -> dict[str, str]:
        """Return what the page showed; as the chart is now where a form does not say."""
        try:
            told = json.loads(self.data.get("shown", ""))
        except ValueError:
            return self.now
        said = told if isinstance(told, dict) else {}
        return {name: str(said.get(name, value)) for name, value in self.now.items()}

    def _take_over(self, theirs: set[str], opened: Mapping[str, str]) -> None:
        """Show what the other changed, and say it where both did."""
        sent = cast(QueryDict, self.data).copy()
        for name in theirs:
            if sent.get(name, "").strip() == opened[name]:
                sent[name] = self.now[name]
            elif sent.get(name, "").strip() != self.now[name]:
                self.add_error(name, BOTH.format(now=_quoted(self.now[name])))
        sent["shown"] = json.dumps(self.now)
        self.data = sent


def _written(value: Any) -> str:
    """Return a particular as the form sends it."""
    return "" if value is None else str(value)


def _quoted(value: str) -> str:
    return f"«{value}»" if value else "nothing"
