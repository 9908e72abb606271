"""Tables out: CSV and XLSX of exactly what the current filter shows."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse

CSV, XLSX = "csv", "xlsx"
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and the function (or attribute name) that gives a row's value."""

    heading: str
    value: Callable[[Any], Any] | str

    def of(self, row: Any) -> Any:
        """Return the row's value."""
        return getattr(row, self.value) if isinstance(self.value, str) else self.value(row)


def guarded(value: Any) -> Any:
    """Return a cell a spreadsheet will not run: text that begins like a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_START) else text


class _Echo:
    def write(self, value: str) -> str:
        return value


def csv_lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[str]:
    """Yield a table as CSV, line by line, in flat memory."""
    writer = csv.writer(_Echo())
    yield "\ufeff"  # spreadsheets then read UTF-8
    yield writer.writerow([column.heading for column in columns])
    for row in rows:
        yield writer.writerow([guarded(column.of(row)) for column in columns])


def table(columns: Sequence[Column], rows: Iterable[Any], name: str, fmt: str) -> HttpResponseBase:
    """Return rows as a download: CSV streamed in flat memory, or XLSX. Another format is a 404."""
    if fmt == CSV:
        response: HttpResponseBase = StreamingHttpResponse(
            csv_lines(columns, rows), content_type="text/csv; charset=utf-8"
        )
    elif fmt == XLSX:
        response = HttpResponse(
            _workbook(columns, rows), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
    else:
        raise Http404("Bentuk berkas tidak dikenal.")
    response["Content-Disposition"] = f'attachment; filename="{name}.{fmt}"'
    return response


def _workbook(columns: Sequence[Column], rows: Iterable[Any]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, [column.heading for column in columns], bold)
        for index, row in enumerate(rows, start=1):
            sheet.write_row(index, 0, [guarded(column.of(row)) for column in columns])
    return out.getvalue()
