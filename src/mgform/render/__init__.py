"""One module a format; each takes a report and returns text."""
