"""A supervisor reads how reminders are answered; an admin tries a stricter rule on the past."""

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.steps import button, expect, link, sign_in


def test_a_supervisor_reads_the_alert_budget_on_a_phone_without_scripts(visitor: Visit) -> None:
    # (at a desk, with scripts, its page is one of the walk in test_light_and_dark.py)
    supervisor = visitor(scripts=False)
    sign_in(supervisor, "supervisor")
    supervisor.go(link(supervisor, "Summary"))
    supervisor.go(link(supervisor, "Reminders and their answers"))
    supervisor.go(link(supervisor, "365 days"))
    expect(supervisor.page.get_by_role("link", name="365 days")).to_have_attribute(
        "aria-current", "true"
    )
    expect(supervisor.page.get_by_role("row", name="Bone metastasis")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_an_admin_tries_a_threshold_on_past_sessions(visitor: Visit, scripts: bool) -> None:
    admin = visitor(wide=scripts, scripts=scripts)
    sign_in(admin, "admin")
    admin.open("/summary/")
    admin.go(link(admin, "Try the rules on past sessions"))
    admin.page.get_by_label("Try another threshold").select_option("platelets_low")
    admin.page.get_by_label("With this value").fill("4")
    admin.go(button(admin, "Try them"))
    assert admin.status == 422
    admin.page.get_by_label("With this value").fill("40000")
    admin.go(button(admin, "Try them"))
    assert admin.status == 200
    expect(admin.page.get_by_role("heading", name="asked again")).to_be_visible()
