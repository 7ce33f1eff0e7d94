"""A panel as CSV: exactly the numbers that are shown, with the words they need."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from sessions_app.charts.chart import Chart
from sessions_app.dashboards.panel import Panel, Table
from sessions_app.spreadsheet import harmless

Line = list[str]
INSIDE = "For use inside the clinic"
OUTSIDE = "For sharing outside the clinic: small numbers are not shown"


def as_download(text: str, name: str) -> HttpResponse:
    """Return a file that a spreadsheet opens with its letters right."""
    answer = HttpResponse(f"\ufeff{text}", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def csv_of(panel: Panel, asked: Iterable[tuple[str, str]], use: str = INSIDE) -> str:
    """Return whom it is for, the question, what it was asked about, its answer, and each table."""
    return text_of([[use], *_lines(panel, asked)])


def text_of(lines: Iterable[Sequence[str]]) -> str:
    """Return lines as CSV, in which no cell is read as a formula."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(map(harmless, lines))
    return text.getvalue()


def _lines(panel: Panel, asked: Iterable[tuple[str, str]]) -> Iterable[Line]:
    yield [panel.question]
    yield from ([name, value] for name, value in asked)
    if panel.answer:
        yield ["Answer", panel.answer]
    for part in panel.flat:
        yield []
        yield from _part(part)
    if panel.notes:
        yield []
        yield from ([note] for note in panel.notes)


def _part(part: Chart | Table) -> Iterable[Line]:
    chart = part if isinstance(part, Chart) else None
    if isinstance(part, Table):
        head, rows = part.head, part.rows
    else:
        head, rows = part.head(), part.table
    yield [part.title]
    if chart:
        yield [chart.answer]
    if part.counted:
        yield [part.counted]
    if rows:
        yield list(head)
        yield from ([cell.words for cell in row] for row in rows)
    if chart:
        yield from ([note] for note in chart.notes())
