"""JSON: for scripts. The keys are a contract."""

from msgspec import json

from mgform.reports.report import Report


def render(report: Report) -> str:
    """The report's data, indented, with a final newline."""
    return json.format(json.encode(report.data()), indent=2).decode() + "\n"
