"""The addresses behind the numbers of a dashboard."""

import uuid
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from sessions_app.dashboards.scope import Scope
from sessions_app.outcomes.completeness import RatedBy


@dataclass(frozen=True)
class Links:
    """Leads from a number to its sessions; to nowhere where the person may not see patients.

    Nor where the scope is not of the one clinic in which the person acts.
    """

    scope: Scope
    may_follow: bool

    def __bool__(self) -> bool:
        """Whether there are links at all."""
        return self.may_follow

    def to(self, **selection: Any) -> str:
        """Return the address of the list of sessions that are selected."""
        return self._address(self.scope, selection)

    def of_arm(self, arm_id: uuid.UUID, **selection: Any) -> str:
        """Return the same of one arm of one version of a protocol."""
        return self._address(self.scope, selection | {"course": arm_id})

    def of_rater(self, who: RatedBy, **selection: Any) -> str:
        """Return the same of the pairs of scores that are one's judgement."""
        return self._address(replace(self.scope, rated_by=who), selection)

    def of_person(self, person: uuid.UUID, **selection: Any) -> str:
        """Return the same of the sessions that one person gave."""
        return self._address(replace(self.scope, given_by=person), selection)

    def _address(self, scope: Scope, selection: dict[str, Any]) -> str:
        if not self.may_follow:
            return ""
        own = self._own if scope is self.scope else f"{self._list}?{scope.query()}"
        said = "&".join([_said(name, str(told)) for name, told in selection.items() if told])
        return f"{own}&{said}" if said else own

    @cached_property
    def _own(self) -> str:
        """The list of all sessions of the scope, to which each link adds what it selects."""
        return f"{self._list}?{self.scope.query()}"

    @cached_property
    def _list(self) -> str:
        return reverse("dashboards:sessions")


@lru_cache(maxsize=4096)
def _said(name: str, told: str) -> str:
    """Return a word of a selection as it stands in an address: a page has hundreds of the same."""
    return urlencode({name: told})
