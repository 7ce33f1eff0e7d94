"""A chart on a page: its answer, its picture on two sheets, and the same numbers as a table."""

from typing import Any

from django.template import Library

from sessions_app.charts import figures
from sessions_app.charts.chart import SIZES, Chart
from sessions_app.charts.svg import Drawing
from sessions_app.charts.table import body

register = Library()


@register.filter
def unbroken(words: str) -> str:
    """Keep each sign of percent on the line of its number."""
    return figures.unbroken(words)


@register.inclusion_tag("components/chart.html")
def chart(shown: Chart, uid: str, said: str = "") -> dict[str, Any]:
    """Show a chart. ``uid`` begins its ids, so each chart of a page has its own.

    ``said`` is an answer that stands on the page already; it is not given twice.
    """
    corner, *names = shown.head()
    rows = shown.table
    numbers = [any(row[n].number for row in rows) for n in range(1, len(names) + 1)]
    return {
        "chart": shown,
        "answer": shown.answer if shown.answer != said else "",
        "pictures": [shown.draw(size, f"{uid}-{size.name}") for size in SIZES],
        "corner": corner,
        "columns": list(zip(names, numbers, strict=True)),
        "rows": body((row[0], tuple(zip(row[1:], numbers, strict=True))) for row in rows)
        if rows
        else "",
    }


@register.simple_tag
def table_rows(table: Any) -> Drawing:
    """Return the rows of a table, a dashboards.panel.Table."""
    return body(table.lines)
