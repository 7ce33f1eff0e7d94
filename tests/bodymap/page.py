"""A page with the body map and nothing else, served from memory with the product's own CSP."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from django.conf import settings
from django.template import engines
from playwright.sync_api import BrowserContext, Route

from sessions_app.bodymap.picture import Mark, Picture, picture
from sessions_app.safety.findings import SiteLimit
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions.fields import SitesWidget
from sessions_app.vocabulary.body_sites import SITE_GROUPS, BodySite

ADDRESS = "http://map.test/"
STATIC = Path(__file__).resolve().parents[2] / "sessions_app" / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

METASTASES = (BodySite.SPINE_THORACIC, BodySite.THIGH_FRONT_LEFT, BodySite.THIGH_BACK_LEFT)
PORT = BodySite.CHEST_RIGHT
SPECIAL = {
    **{site: Mark("none", words="no contact (Bone metastasis)", fact=True) for site in METASTASES},
    PORT: Mark("none", words="no contact (Port)", fact=True),
    BodySite.HIP_LEFT: Mark("still", words="still hands only (next to a bone metastasis)"),
}


def example(chosen: Mapping[BodySite, int] | None = None) -> dict[BodySite, Mark]:
    """Return the marks of the example: a metastasis, a port, elsewhere up to pressure 2."""
    marks = {site: SPECIAL.get(site, Mark("upto", 2)) for site in BodySite}
    for site, pressure in (chosen or {}).items():
        known = marks[site]
        marks[site] = Mark(
            known.kind, known.number, known.words, True, pressure, "effleurage", known.fact
        )
    return marks


CHOSEN = {
    BodySite.HAND_LEFT: 1,
    BodySite.HAND_RIGHT: 1,
    BodySite.SHOULDER_RIGHT: 2,
    BodySite.CALF_LEFT: 3,
}


def component(shown: Picture, tag: str = "body_map", uid: str = "m") -> str:
    """Return the component alone."""
    source = f"{{% load body_map %}}{{% {tag} shown '{uid}' %}}"
    return engines["django"].from_string(source).render({"shown": shown})


def drawn() -> str:
    """Return the drawings of the example, one element a line."""
    html = component(picture(example(CHOSEN)))
    svgs = "\n".join(re.findall(r'<svg class="body-map__svg".*?</svg>', html, re.S))
    return "\n".join(line.strip() for line in svgs.splitlines() if line.strip())


def html(*, control: bool, chosen: Mapping[BodySite, int] | None = None) -> str:
    """Return a page of the product with the map in it, beside the list if it is a control."""
    tag = "body_map_control" if control else "body_map"
    body = engines["django"].from_string(
        "{% extends 'base.html' %}{% load static body_map %}{% block title %}Body map{% endblock %}"
        "{% block scripts %}"
        "<script type='module' src='{% static 'sessions_app/js/session_form.js' %}'></script>"
        "<script type='module' src='{% static 'sessions_app/js/body_map.js' %}'></script>"
        "{% endblock %}{% block main %}<h1>Body map</h1><form>"
        f"{{% {tag} shown %}}{{{{ list }}}}</form>{{% endblock %}}"
    )
    marks = example(None if control else chosen)
    return body.render({"shown": picture(marks), "list": _list(marks) if control else ""})


def _list(marks: Mapping[BodySite, Mark]) -> str:
    widget = SitesWidget(highest=5, usual=1, presets=(SITE_GROUPS["both_feet"],))
    widget.template_name = "components/sites_list.html"
    limits = {site: SiteLimit(marks[site].ceiling, ()) for site in BodySite}
    widget.verdict = lambda: Verdict((), limits)
    return str(widget.render("sites", {}))


def serve(context: BrowserContext, pages: Mapping[str, Callable[[], str]]) -> None:
    """Answer for ``ADDRESS``: the pages by their path, and the static files."""

    def answer(route: Route) -> None:
        path = re.sub(r"^https?://[^/]+/", "", route.request.url).split("?")[0]
        if path in pages:
            headers = {"Content-Security-Policy": policy()}
            route.fulfill(body=pages[path](), content_type="text/html", headers=headers)
        elif (file := STATIC / path.removeprefix("static/")).is_file():
            kind = TYPES.get(file.suffix, "application/octet-stream")
            route.fulfill(body=file.read_bytes(), content_type=kind)
        else:
            route.fulfill(status=404, body="")

    context.route(f"{ADDRESS}**", answer)


def policy() -> str:
    """Return the product's Content-Security-Policy, written out."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())
