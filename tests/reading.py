"""A page as a browser reads it: what its forms would send, what stands at a field, its links."""

from collections.abc import Mapping

from django.http import HttpResponse
from lxml import etree

Attrs = dict[str, str]

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
TICKED = {"checkbox", "radio"}
NOT_SENT = {"submit", "button", "reset", "image"}


class Page:
    """One answer, parsed. `forms` holds for each form what it would send: name to values."""

    def __init__(self, answer: HttpResponse) -> None:
        self.html = answer.content.decode()
        self.tags: list[tuple[str, Attrs]] = []
        self.forms: list[dict[str, list[str]]] = []
        self.form_tags: list[Attrs] = []
        self.texts: dict[str, str] = {}
        self.words = ""
        self._said: list[str] = []
        self._pieces: list[str] = []
        self._silent = 0
        self._titled = 0
        self.title = ""
        self._open: list[tuple[str, str, int]] = []
        self._select: tuple[str, list[tuple[str, bool]]] | None = None
        self._textarea: str | None = None
        etree.HTML(self.html, parser=etree.HTMLParser(target=self))
        while self._open:
            self._close_last()
        self.words = "".join(" " + data for data in self._said)

    def form(self, id: str = "session-form") -> dict[str, list[str]]:
        """Return what the form with this id would send."""
        return next(
            sent
            for tag, sent in zip(self.form_tags, self.forms, strict=True)
            if tag.get("id") == id
        )

    def posting(self, field: str) -> dict[str, list[str]]:
        """Return what the form that has this field would send."""
        return next(sent for sent in self.forms if field in sent)

    def tag(self, id: str) -> Attrs:
        """Return the attributes of the element with this id."""
        return next(attrs for _, attrs in self.tags if attrs.get("id") == id)

    def has(self, id: str) -> bool:
        """Say whether there is an element with this id."""
        return any(attrs.get("id") == id for _, attrs in self.tags)

    def said_at(self, id: str) -> str:
        """Return the words that `aria-describedby` links to an element."""
        linked = self.tag(id).get("aria-describedby", "").split()
        return " ".join(self.texts[one] for one in linked)

    def inputs(self, name: str) -> list[Attrs]:
        """Return the inputs of a name."""
        return [attrs for tag, attrs in self.tags if tag == "input" and attrs.get("name") == name]

    def links(self) -> list[str]:
        """Return every address that the page leads or sends to."""
        return [attrs[key] for _, attrs in self.tags for key in ("href", "action") if key in attrs]

    def start(self, tag: str, attrs: Mapping[str, str]) -> None:
        """Take a tag in; a control belongs to the form that is open."""
        self._join()
        here: Attrs = dict(attrs)
        self.tags.append((tag, here))
        if tag == "form":
            self.forms.append({})
            self.form_tags.append(here)
        elif tag == "input":
            self._input(here)
        elif tag == "select":
            self._select = (here.get("name", ""), [])
        elif tag == "option" and self._select:
            self._select[1].append((here.get("value", ""), "selected" in here))
        elif tag == "textarea":
            self._textarea = ""
        if tag not in VOID:
            name = here.get("name" if tag == "textarea" else "id", "")
            self._open.append((tag, name, len(self._said)))
            self._count(tag, 1)

    def end(self, tag: str) -> None:
        """Close a tag; a select without a choice sends its first option, as browsers do."""
        self._join()
        if tag == "select" and self._select:
            name, options = self._select
            chosen = [value for value, selected in options if selected] or [options[0][0]]
            self._send(name, *chosen)
            self._select = None
        while tag not in VOID and self._open and self._close_last() != tag:
            pass

    def data(self, piece: str) -> None:
        """Keep a piece of text: the parser tells each entity by itself."""
        self._pieces.append(piece)

    def _join(self) -> None:
        """Take in the text up to a tag; it belongs to every element that is open around it."""
        text = "".join(self._pieces)
        self._pieces.clear()
        if self._textarea is not None:
            self._textarea += text
        elif text and not self._silent:
            self._said.append(text)
            if self._titled:
                self.title += text

    def close(self) -> None:
        """Take the end of the page in."""
        self._join()

    def _close_last(self) -> str:
        """Close the innermost open element: what was said since it opened is its text."""
        tag, name, began = self._open.pop()
        self._count(tag, -1)
        if tag == "textarea":
            self._send(name, (self._textarea or "").removeprefix("\n"))
            self._textarea = None
        elif name and len(self._said) > began:
            self.texts[name] = self.texts.get(name, "") + "".join(self._said[began:])
        return tag

    def _count(self, tag: str, by: int) -> None:
        """Count what is open of elements whose text is not the page's; a drawing has titles too."""
        self._silent += by * (tag in ("script", "style"))
        self._titled += by * (tag == "title" and not any(one[0] == "svg" for one in self._open))

    def _input(self, here: Attrs) -> None:
        kind = here.get("type", "text")
        if kind in NOT_SENT or (kind in TICKED and "checked" not in here):
            return
        self._send(here.get("name", ""), here.get("value", "on" if kind in TICKED else ""))

    def _send(self, name: str, *values: str) -> None:
        if name and self.forms and any(one[0] == "form" for one in self._open):
            self.forms[-1].setdefault(name, []).extend(values)
