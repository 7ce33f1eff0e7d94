"""The forms of incidents and emergencies: what happened, what was done, what follows from it."""

from typing import Any

from django import forms

from sessions_app.one_button import with_button
from sessions_app.plain_errors import PlainForm
from sessions_app.vocabulary.incidents import Harm, IncidentKind

NOT_JUDGED = ("", "Cannot say yet")


def words(label: str, longest: int, **kwargs: Any) -> forms.CharField:
    """Return a field for some sentences that have to be there."""
    box = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, max_length=longest, widget=box, **kwargs)


def meanings(kind: type[IncidentKind] | type[Harm]) -> list[tuple[str, str]]:
    """Return choices with their meaning, for people who choose one seldom."""
    return [(one.value, f"{one.label}: {one.meaning[0].lower()}{one.meaning[1:]}") for one in kind]


class OneButtonForm(PlainForm):
    """A form with one button of its own words."""

    def __init__(self, *args: Any, button: str = "Save", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = with_button(button)


class IncidentForm(OneButtonForm):
    """What went wrong with a session."""

    kind = forms.ChoiceField(
        label="What is it about?", choices=meanings(IncidentKind), widget=forms.RadioSelect
    )
    what_happened = words(
        "What happened",
        2000,
        help_text="What was seen and told, what was done at once, who was told.",
    )
    harm = forms.ChoiceField(
        label="How bad is it, as far as you know?",
        choices=[NOT_JUDGED, *meanings(Harm)],
        required=False,
        widget=forms.RadioSelect,
    )

    def said(self) -> dict[str, Any]:
        """Return what the action wants to know."""
        told = self.cleaned_data
        harm = Harm(told["harm"]) if told["harm"] else None
        return {
            "kind": IncidentKind(told["kind"]), "harm": harm, "what_happened": told["what_happened"]
        }  # fmt: skip


class NoteForm(OneButtonForm):
    """A supervisor's note: what was found, or that it has been seen to."""

    note = words("Note", 500)


class CloseIncidentForm(OneButtonForm):
    """What is to be learnt of an incident, and how badly it went."""

    conclusion = words("Conclusion", 2000, help_text="What came of it, and what is to be learnt.")
    harm = forms.ChoiceField(
        label="How badly did it go?", choices=meanings(Harm), widget=forms.RadioSelect
    )


class DoneForm(OneButtonForm):
    """What was done in an emergency."""

    done = words("What was done", 500, help_text="Whom you called, when, what they said.")

    def __init__(self, *args: Any, done: str = "", **kwargs: Any) -> None:
        super().__init__(*args, button="Save what was done", **kwargs)
        self.fields["done"].initial = done
