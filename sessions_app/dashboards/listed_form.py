"""What the list of sessions behind a number can be asked: filters, and what its link selects."""

from sessions_app.asking_form import anything
from sessions_app.dashboards.scope_form import ScopeForm
from sessions_app.dashboards.selection import KNOWN


class ListedForm(ScopeForm):
    """A word of a link that is none is told: the list would be of more sessions than it says."""

    beside = KNOWN | {"page": anything}


class FileForm(ScopeForm):
    """The filters of a file, and whether it is for sharing outside."""

    beside = {"share": {"1"}.__contains__}
