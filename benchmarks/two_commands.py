#!/usr/bin/env python3
"""The least that a program costs: what mgform's start-up is measured against.

It has two commands; ``table`` draws what mgform's screens draw: a table of six rows, by Rich.
"""

import sys

import typer

app = typer.Typer()


@app.command()
def hello(name: str) -> None:
    """Greet somebody."""
    typer.echo(f"Hello {name}")


@app.command()
def table(rows: int = 6) -> None:
    """Print a table of names."""
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    drawn = Table("Name", "Effect", "Tolerance", box=None)
    for row in range(rows):
        drawn.add_row(f"name {row}", "mild [somebody]", "good [somebody]")
    Console(file=sys.stdout, width=80, height=24).print(drawn)


if __name__ == "__main__":
    app()
