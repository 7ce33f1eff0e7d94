"""Two ways to use a page: by tapping, and by keys alone; a journey can be walked with either."""

from playwright.sync_api import Locator

from tests.journeys.visitor import Visitor

# Where an element stands as seen from what has the focus.
WHERE = """(one) => {
  const focused = document.activeElement;
  if (one === focused) return "here";
  const before = one.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_FOLLOWING;
  return before && focused !== document.body ? "before" : "after";
}"""


class Pointer:
    """Hands that tap."""

    def go(self, visitor: Visitor, target: Locator) -> None:
        """Use a link or a button that leads to another page."""
        visitor.go(target)

    def unfold(self, visitor: Visitor, target: Locator) -> None:
        """Use what opens something on this page."""
        visitor.tap(target)

    def write(self, visitor: Visitor, label: str, words: str) -> None:
        """Put words into a field, in the place of what is in it."""
        visitor.page.get_by_label(label, exact=True).fill(words)

    def choose(self, visitor: Visitor, name: str, value: str) -> None:
        """Choose one of a field's radio buttons."""
        visitor.tap(visitor.page.locator(f"input[name={name}][value={value}]"))


class Keys(Pointer):
    """Hands on a keyboard: Tab, Space, arrows and Enter; each stop of the focus is seen."""

    def go(self, visitor: Visitor, target: Locator) -> None:
        """Go there by Tab, and press Enter."""
        self._reach(visitor, target)
        visitor.press("Enter")

    def unfold(self, visitor: Visitor, target: Locator) -> None:
        """Go there by Tab, and press Enter; the page stays."""
        self._reach(visitor, target)
        visitor.page.keyboard.press("Enter")

    def write(self, visitor: Visitor, label: str, words: str) -> None:
        """Go to the field by Tab, and type over what is in it."""
        self._reach(visitor, visitor.page.get_by_label(label, exact=True))
        visitor.page.keyboard.press("ControlOrMeta+a")
        visitor.page.keyboard.type(words)

    def choose(self, visitor: Visitor, name: str, value: str) -> None:
        """Reach the field by Tab, its first choice where there is none, and go down by arrow."""
        options, wanted = f"input[name={name}]", f"input[name={name}][value={value}]"
        chosen = visitor.page.locator(f"{options}:checked")
        if chosen.count():
            self._reach(visitor, chosen)
        else:
            self._reach(visitor, visitor.page.locator(options).first)
            visitor.page.keyboard.press("Space")
        for _ in range(visitor.page.locator(options).count()):
            if visitor.page.locator(wanted).is_checked():
                return
            visitor.page.keyboard.press("ArrowDown")
            visitor.see_focus()
        raise AssertionError(f"no arrow leads to {value}")

    def _reach(self, visitor: Visitor, target: Locator) -> None:
        """Tab there; back where the page has put the focus behind it."""
        where = target.evaluate(WHERE)
        if where != "here":
            visitor.focus_on(target, "Shift+Tab" if where == "before" else "Tab")
