"""A group of commands of which only the one that is called is built.

Typer would inspect the options of all of them before it reads the call, which takes longer than
reading the table.
"""

from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command_from_info

declared = typer.Typer()


class LazyGroup(TyperGroup):
    """The group of the `declared` commands, each of which needs a name."""

    def __init__(self, **settings: Any) -> None:
        self._declared = {str(each.name): each for each in declared.registered_commands}
        super().__init__(**settings | {"commands": dict.fromkeys(self._declared)})

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  # Typer calls it so
        """The command of that name, built now, or None where there is none."""
        found = self._declared.get(cmd_name)
        return found and get_command_from_info(found, pretty_exceptions_short=False, rich_markup_mode=None)
