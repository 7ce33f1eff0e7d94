"""An emergency, without JavaScript: the number to call, what was done, a supervisor's note."""

from tests.journeys.conftest import Visit
from tests.journeys.steps import button, chart_of, expect, link, sign_in


def test_an_emergency_is_called_told_and_closed(visitor: Visit) -> None:
    # given a volunteer at the bed who sees that something is wrong
    volunteer = visitor(scripts=False)
    sign_in(volunteer, "volunteer")
    chart_of(volunteer, "Refusing, Rita")
    # when it is called an emergency, then one tap shows whom to call, and nothing else
    volunteer.go(button(volunteer, "This is an emergency"))
    expect(volunteer.page.get_by_role("heading", level=1)).to_have_text(
        "Stop. Call now. Stay with the patient."
    )
    call = volunteer.page.locator("a[href^='tel:']")
    expect(call).to_contain_text("2222")
    assert volunteer.page.get_by_role("navigation").count() == 0
    # when what was done is written down, then it stands there
    volunteer.page.get_by_label("What was done").fill("Called; the team came at once.")
    volunteer.go(button(volunteer, "Save what was done"))
    expect(volunteer.page.get_by_text("Called; the team came at once.").first).to_be_visible()
    # then a supervisor sees it, and closes it with a note
    supervisor = visitor(wide=True)
    sign_in(supervisor, "supervisor")
    supervisor.go(link(supervisor, "Summary"))
    supervisor.go(link(supervisor, "What needs your eyes"))
    supervisor.go(supervisor.page.locator("a.row", has_text="the team came at once"))
    supervisor.page.get_by_label("Note").fill("A faint; she is well again.")
    supervisor.go(button(supervisor, "Close it"))
    supervisor.go(link(supervisor, "Those that are closed"))
    expect(supervisor.page.get_by_text("A faint; she is well again.")).to_be_visible()
