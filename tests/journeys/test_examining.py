"""The examination of pages finds what is amiss, in either theme, on a later page too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import examining
from tests.journeys.known import Known

PAGE = """<!doctype html><html lang="en"><head><title>A page</title><style>
  :root {{ --ink: #111; --ground: #fff; --quiet: #444; }}
  @media (prefers-color-scheme: dark) {{ :root {{ --ink: #eee; --ground: #111; --quiet: #bbb; }} }}
  body {{ color: var(--ink); background: var(--ground); font-size: 16px; }}
  .quiet {{ color: var(--quiet); }}
  {style}
</style></head><body><main><h1>A page</h1><p>Words and <b class="quiet">others</b>.</p>{more}</main>
</body></html>"""
WORDS = '<p class="new">Some <b class="quiet">more</b> words.</p>'
AMISS = {
    "a colour": (".new { color: #bbb; }", WORDS, r"\(light\).*color-contrast"),
    "a colour in dark": (".new { color: #555; }", WORDS, r"\(dark\).*color-contrast"),
    "a token in dark": (
        "@media (prefers-color-scheme: dark) { :root { --quiet: #333; } }",
        "",
        r"\(dark\).*color-contrast",
    ),
    "known letters on another ground": (
        ".new { background: #777; }", WORDS, r"\(light\).*color-contrast",
    ),
    "letters that fade": (".new { opacity: 0.4; }", WORDS, r"\(light\).*color-contrast"),
    "a place too small to press": (
        ".small { display: block; width: 60px; height: 10px; }",
        '<a class="small" href="#1">One</a><a class="small" href="#2">Two</a>', "target-size",
    ),
    "the last of many that are alike": (
        "a { display: block; width: 60px; height: 40px; } .new + .new { margin-top: -38px; }",
        '<a class="new" href="#1">One</a>' * 3, "target-size",
    ),
    "a field over another": (
        "a { display: block; width: 60px; height: 40px; } .on { margin-top: -30px; height: 8px; }",
        '<a href="#1">One</a><a class="on" href="#2">Two</a>', "target-size",
    ),
    "no label": ("", '<input name="nameless">', "label"),
    "a heading left out": ("", "<h4>Below</h4>", "heading-order"),
    "a list of something else": ("", "<ul><p>No item</p></ul>", r"\blist\b"),
}  # fmt: skip


@pytest.fixture
def page(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Give an empty page, after the sound one was examined."""
    monkeypatch.setattr(examining, "SEEN", Known())
    page = browser.new_page()
    page.set_content(PAGE.format(style="", more=""))
    examining.examine(page)
    yield page
    page.close()


@pytest.mark.parametrize("amiss", AMISS)
def test_what_is_amiss_on_a_later_page_is_found(page: Page, amiss: str) -> None:
    style, more, told = AMISS[amiss]
    page.set_content(PAGE.format(style=style, more=more))
    with pytest.raises(AssertionError, match=f"(?s){told}"):
        examining.examine(page)


def test_what_was_found_once_is_found_again(page: Page) -> None:
    # given a page that was amiss, then it counts as examined only when it is sound
    page.set_content(PAGE.format(style=".new { color: #bbb; }", more=WORDS))
    for _ in range(2):
        with pytest.raises(AssertionError, match="color-contrast"):
            examining.examine(page)
    page.set_content(PAGE.format(style="", more=WORDS))
    examining.examine(page)
    assert page.locator("[data-unseen], [data-unmeasured]").count() == 0
    assert not page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")


def test_of_many_alike_the_last_is_measured_too(page: Page) -> None:
    page.set_content(PAGE.format(style=".new { color: #bbb; }", more=WORDS * 9))
    with pytest.raises(AssertionError, match=r"color-contrast") as told:
        examining.examine(page)
    assert "nth-child(11)" in str(told.value)


def test_what_one_worker_has_examined_the_others_know(tmp_path: Path) -> None:
    ours, theirs = Known(), Known()
    for one in (ours, theirs):
        one.share(tmp_path / "seen")
    ours.add(["390 light 1", "390 dark 2"])
    assert theirs.lines() == {"390 light 1", "390 dark 2"}
    theirs.add(["390 dark 2", "1280 light 3"])
    assert ours.lines() == theirs.lines() == {"390 light 1", "390 dark 2", "1280 light 3"}
    # and a line that is still being written is read when it is whole
    with (tmp_path / "seen").open("a") as half:
        half.write("390 li")
    assert "390 li" not in ours.lines()
