"""Writes go through actions.py, reads in a view through `visible_to`; seen in the source."""

import ast
import re
from collections.abc import Iterator

from django.apps import apps

from sessions_app.clinics.owned import ClinicOwned
from tests.architecture.sources import modules, nodes, parents

WRITES = {
    "save", "create", "bulk_create", "get_or_create", "update_or_create", "update",
    "bulk_update", "delete", "asave", "acreate", "aupdate", "adelete",
}  # fmt: skip
MAY_WRITE = {
    ("sessions_app/sessions/forms.py", "update"): "a dictionary of form fields",
    ("sessions_app/management/commands/demo.py", "delete"): "the demo's own database file",
    ("sessions_app/people/lasting.py", "save"): "the browser session",
    ("sessions_app/people/session_store.py", "save"): "Django's own store of browser sessions",
    ("clinic/virtualenv.py", "create"): "the virtual environment",
}
MAY_SPEAK_SQL = {
    "sessions_app/guards.py",
    "sessions_app/audit/actions.py",
    "sessions_app/people/try_actions.py",  # counts tries in one statement; of no clinic
    "sessions_app/storing.py",  # how actions insert; only they may call it
    "sessions_app/rollups/folding.py",  # sums, which are made from rows and can be made anew
    "sessions_app/rollups/reading.py",  # stored sums and raw rows in one statement
    "sessions_app/management/commands/fold_rollups.py",  # the check's one snapshot
    "sessions_app/fetching.py",  # a SELECT spelled once; each names the clinic
    "sessions_app/dashboards/statement.py",  # sums of a dashboard; each table names the clinic
}
FETCHES = {
    "sessions_app/sessions/context.py": {"fetch"},
    # These cannot be asked without a clinic.
    "sessions_app/clinics/thresholds.py": {"rows_of"},
    "sessions_app/enrolments/access.py": {"rows_of"},
    "sessions_app/patients/facts.py": {"rows_of"},
    "sessions_app/patients/looked_at.py": {"fetch", "of_model"},
    # One person's own: as what they act and where, who they are, by which sign-in.
    "sessions_app/clinics/membership.py": {"found_by"},
    "sessions_app/people/throttled_backend.py": {"nobodys"},
    "sessions_app/people/session_store.py": {"nobodys"},
    "sessions_app/storing.py": {"keeping_cursor"},
    "sessions_app/dashboards/statement.py": {"keeping_cursor"},
    "sessions_app/rollups/reading.py": {"keeping_cursor"},
}
"""Who reads by a statement that is spelled once, and by which function."""
ASKS = "sessions_app/dashboards/"
OWNED = {
    model.__name__
    for model in apps.get_app_config("sessions_app").get_models()
    if issubclass(model, ClinicOwned)
}
SCREENS = ("views.py", "access.py")
ONE_PERSONS_OWN = {
    ("sessions_app/emergency_access/reading.py", "Membership"),
    ("sessions_app/emergency_access/reading.py", "EmergencyAccess"),
    ("sessions_app/members/joining.py", "Invitation"),  # who holds the link
}


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    for node in nodes(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func.attr


def managers(tree: ast.Module) -> Iterator[tuple[str, str, ast.Call | None, int]]:
    """Yield (model, method, its call, line) for each `Model.objects.method(…)`."""
    around = parents(tree)
    for node in nodes(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager"):
            method = around[node]
            name = method.attr if isinstance(method, ast.Attribute) else ""
            call = around.get(method)
            model = node.value.id if isinstance(node.value, ast.Name) else "?"
            yield model, name, call if isinstance(call, ast.Call) else None, node.lineno


def test_only_actions_write() -> None:
    found = {
        (path, name)
        for path, tree in modules().items()
        if not path.endswith("actions.py")
        for _, name in calls(tree)
        if name in WRITES
    }
    assert found - set(MAY_WRITE) == set()
    assert set(MAY_WRITE) - found == set(), "no longer needed: take it off the list"


def test_only_actions_store_rows() -> None:
    callers = {
        path
        for path, tree in modules().items()
        for node in nodes(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "sessions_app.storing"
    }
    assert callers
    assert all(path.endswith("actions.py") for path in callers), callers


def test_only_a_few_modules_fetch_and_each_statement_names_the_clinic() -> None:
    callers = {
        path: {name.name for name in node.names} - {"Asked", "Select", "as_rows", "column"}
        for path, tree in modules().items()
        for node in nodes(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "sessions_app.fetching"
    }
    assert callers == FETCHES
    for path in (path for path, names in callers.items() if names == {"fetch"}):
        spelled = [
            node.value
            for node in nodes(modules()[path])
            if isinstance(node, ast.Constant) and "SELECT" in str(node.value)
        ]
        assert spelled
        for sql in spelled:
            tables = re.findall(r"\b(?:FROM|JOIN) sessions_app_\w+ (\w)", sql)
            assert len(tables) == len(re.findall(r"\b\w\.clinic_id = (?:%s|\w\.clinic_id)", sql))


def test_only_the_audit_actions_write_audit_events() -> None:
    makers = {
        path
        for path, tree in modules().items()
        for node in nodes(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "AuditEvent"
    }
    assert makers == {"sessions_app/audit/actions.py"}


def test_only_a_few_modules_speak_sql() -> None:
    found = {
        path
        for path, tree in modules().items()
        for _, name in calls(tree)
        if name in ("cursor", "raw", "extra", "RawSQL", "executescript")
    }
    assert found - MAY_SPEAK_SQL == set()


def test_what_is_fetched_without_a_clinic_is_one_persons_own_or_nobodys() -> None:
    """The memberships of one person; the rest of tables that no clinic owns."""
    mine = modules()["sessions_app/clinics/membership.py"]
    spelled = [sql for sql in _spelled(mine) if "SELECT" in sql and "FROM" in sql]
    assert len(spelled) == 1
    assert re.findall(r"(?:FROM|JOIN) sessions_app_(\w+ \w)", spelled[0]) == [
        "emergencyaccess e", "membership m", "clinic c",
    ]  # fmt: skip
    assert all(
        held in spelled[0]
        for held in ("e.clinic_id = m.clinic_id", "c.id = m.clinic_id", "m.user_id = %s")
    )
    asked = {
        node.args[0].id
        for tree in modules().values()
        for node in nodes(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "nobodys"
        and isinstance(node.args[0], ast.Name)
    }
    assert asked == {"User", "SignIn"}
    assert not asked & OWNED


def test_every_table_in_the_statements_of_a_dashboard_names_the_clinic() -> None:
    tables = 0
    for path, tree in modules().items():
        if not path.startswith(ASKS):
            continue
        for sql in _spelled(tree):
            # A person is of no clinic; whose name is asked for stands in the clinic's own rows.
            named = re.findall(r"\b(?:FROM|JOIN) sessions_app_(?!user )\w+ (\w+)", sql)
            asked = re.findall(r"\b(\w+)\.clinic_id ?=", sql)
            assert set(named) <= set(asked), f"{path}: {sql}"
            tables += len(named)
    assert tables


def _spelled(tree: ast.Module) -> Iterator[str]:
    """Yield each text of a module; what is put into one later stands in it as «?»."""
    parts = {id(part) for node in nodes(tree) for part in getattr(node, "values", [])}
    for node in nodes(tree):
        if isinstance(node, ast.JoinedStr):
            told = (part.value if isinstance(part, ast.Constant) else "?" for part in node.values)
            yield "".join(map(str, told))
        elif isinstance(node, ast.Constant) and id(node) not in parts:
            yield str(node.value)


def test_a_view_reads_by_what_is_visible_to_the_person() -> None:
    for path, tree in modules().items():
        if path.endswith(SCREENS):
            for model, method, _, line in managers(tree):
                assert method == "visible_to", f"{path}:{line}: {model}.objects.{method}"


def test_every_other_read_of_a_clinics_rows_names_the_clinic() -> None:
    """`filter(clinic_id=…)`, or a mapping that the module builds with it."""
    for path, tree in modules().items():
        for model, method, call, line in managers(tree):
            if model not in OWNED or path.endswith("actions.py") or method == "visible_to":
                continue
            if (path, model) in ONE_PERSONS_OWN:
                continue
            named = {word.arg for word in call.keywords} if call else set()
            assert method == "filter", f"{path}:{line}: {model}.objects.{method}"
            a_clinic = named & {"clinic_id", "clinic_id__in", None}
            assert a_clinic, f"{path}:{line}: {model}.objects.{method}"


def test_every_read_in_an_action_names_the_clinic() -> None:
    for path, tree in modules().items():
        if not path.endswith("actions.py"):
            continue
        for model, method, call, line in managers(tree):
            if model in OWNED and method in ("filter", "get", "exclude"):
                named = {word.arg for word in call.keywords} if call else set()
                assert named & {"clinic_id", None}, f"{path}:{line}: {model}.objects.{method}"


def test_no_module_is_a_bag() -> None:
    bags = ("utils.py", "helpers.py", "services.py", "common.py", "misc.py", "signals.py")
    assert [path for path in modules() if path.endswith(bags)] == []


def test_no_signal_but_the_guards_own() -> None:
    receivers = [
        path
        for path, tree in modules().items()
        for node in nodes(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".signals")
    ]
    assert receivers == ["sessions_app/apps.py"]
