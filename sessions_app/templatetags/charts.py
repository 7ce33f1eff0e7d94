"""A chart on a page: its answer, its picture on two sheets, and the same numbers as a table."""

from typing import Any

from django.template import Library

from sessions_app.charts.chart import SIZES, Chart

register = Library()


@register.inclusion_tag("components/chart.html")
def chart(shown: Chart, uid: str) -> dict[str, Any]:
    """Show a chart. ``uid`` begins its ids, so each chart of a page has its own."""
    head = shown.head()
    return {
        "chart": shown,
        "pictures": [shown.draw(size, f"{uid}-{size.name}") for size in SIZES],
        "corner": head[0],
        "columns": head[1:],
    }
