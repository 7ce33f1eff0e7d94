"""What is to be asked of a patient today, as a page offers it: what is out of date, and topics."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sessions_app.patients.fact_forms import answers_to
from sessions_app.patients.facts import as_patient_facts
from sessions_app.patients.models import ClinicalFact
from sessions_app.safety.questions import Question, questions
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.recorded import FactTopic


@dataclass(frozen=True)
class AskedAgain:
    """A fact that is out of date, and what can be answered in one tap.

    ``unknown_today``: it was asked about today, and nobody knew.
    """

    fact: ClinicalFact
    answers: list[tuple[str, str]]
    unknown_today: bool


@dataclass(frozen=True)
class TopicToAsk:
    """The kinds of one topic that today's rules need and nobody has answered lately."""

    topic: FactTopic
    kinds: tuple[FactKind, ...]
    asked_before: bool

    @property
    def deniable(self) -> str:
        """The codes of what «none of these» says not to be so, as one word list."""
        return " ".join(kind.value for kind in self.kinds if kind.may_be_absent)

    @property
    def beside(self) -> tuple[FactKind, ...]:
        """What «none of these» does not answer: it wants an answer of its own."""
        return tuple(kind for kind in self.kinds if not kind.may_be_absent)


@dataclass(frozen=True)
class Asking:
    """All that is to be asked today: facts out of date, strongest first, and topics."""

    again: tuple[AskedAgain, ...]
    topics: tuple[TopicToAsk, ...]

    @property
    def open(self) -> tuple[AskedAgain, ...]:
        """What nobody has answered today."""
        return tuple(one for one in self.again if not one.unknown_today)

    @property
    def unknown(self) -> tuple[AskedAgain, ...]:
        """What was asked today and nobody knew; the limits that it makes stay."""
        return tuple(one for one in self.again if one.unknown_today)

    @property
    def count(self) -> str:
        """How much there is to ask: «3 questions, 4 topics»."""
        parts = (_many(len(self.open), "question"), _many(len(self.topics), "topic"))
        return ", ".join(part for part in parts if part)


def asked_of(facts: Sequence[ClinicalFact], today: date) -> Asking:
    """Return what is to be asked today, of the facts that stand."""
    wanted = questions(as_patient_facts(facts), today)
    by_id = {str(fact.pk): fact for fact in facts}
    again = (
        AskedAgain(fact, answers_to(one.kind), fact.unknown_on == today)
        for one in wanted
        if one.is_again and one.last is not None and (fact := by_id[one.last.id])
    )
    return Asking(tuple(again), _topics([one for one in wanted if not one.is_again]))


def _topics(wanted: Iterable[Question]) -> tuple[TopicToAsk, ...]:
    """Return the topics in the order of their strongest question."""
    gathered: dict[FactTopic, list[Question]] = {}
    for one in wanted:
        gathered.setdefault(one.kind.recorded.topic, []).append(one)
    return tuple(
        TopicToAsk(
            topic,
            tuple(one.kind for one in asked),
            asked_before=all(one.last is not None for one in asked),
        )
        for topic, asked in gathered.items()
    )


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""
