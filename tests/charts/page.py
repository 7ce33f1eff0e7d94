"""A page with the example charts and nothing else, for looking at; it is not in the product."""

from django.template import engines

from tests.charts.examples import EXAMPLES

_PAGE = """{% extends "base.html" %}{% load charts %}{% block title %}Charts{% endblock %}
{% block main %}<h1>Charts</h1>
{% for uid, shown in charts %}<section class="sheet" id="{{ uid }}">
<h2 class="sheet__question">{{ shown.title }}</h2>{% chart shown uid %}</section>{% endfor %}
<div class="grid half">{% for uid, shown in charts %}<div class="span-6"><section class="sheet">
<h2>{{ shown.title }}</h2>{% chart shown uid|add:"-half" %}</section></div>{% endfor %}</div>
{% endblock %}"""


def html() -> str:
    """Return all examples, over the whole width and in half of it."""
    return str(engines["django"].from_string(_PAGE).render({"charts": list(EXAMPLES.items())}))


def component(name: str) -> str:
    """Return one example as a page has it."""
    source = "{% load charts %}{% chart shown 'c' %}"
    return str(engines["django"].from_string(source).render({"shown": EXAMPLES[name]}))
