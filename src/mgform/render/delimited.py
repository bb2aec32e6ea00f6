"""CSV and TSV: a header and a row for each record.

A list of words is joined with "; ". What is nested deeper stands in its cell as JSON.
"""

import csv
import io
from typing import Any

from msgspec import json

from mgform.reports.report import Report


def csv_text(report: Report) -> str:
    """Comma-separated values, quoted as RFC 4180 says, lines ended as the shell's tools expect."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(report.header())
    writer.writerows([_cell(record[key]) for key in report.header()] for record in report.rows())
    return out.getvalue()


def tsv_text(report: Report) -> str:
    """Tab-separated values, never quoted: tabs and line breaks in a cell become spaces."""
    lines = [report.header(), *([_cell(record[key]) for key in report.header()] for record in report.rows())]
    return "".join("\t".join(" ".join(cell.split()) for cell in line) + "\n" for line in lines)


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return str(value)
        case list() | tuple() if all(isinstance(item, str) for item in value):
            return "; ".join(value)
        case _:
            return json.encode(value).decode()
