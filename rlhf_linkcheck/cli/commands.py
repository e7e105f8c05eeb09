"""The sub-commands, each in a module of its own that is imported when it is asked for, or `--help` is."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, TypeAlias

import typer
from typer.core import TyperGroup

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "check": ("check", "check"),
        "audit": ("audit", "audit"),
        "import": ("importing", "import_list"),
        "report": ("report", "report"),
        "explain": ("explain", "explain"),
        "demo": ("demo", "demo"),
    }
)
"""Each command's module and function, in the order in which help lists them."""

Click: TypeAlias = Any
"""What click calls Context and Command; some versions of typer carry a click of their own."""


class Commands(TyperGroup):
    """The group of all commands; to list their names it imports none of them."""

    def list_commands(self, ctx: Click) -> list[str]:
        """The commands' names, in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Click, cmd_name: str) -> Click:
        """The command with its options and help, None for a name that is not in the table."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module_name, function = COMMANDS[cmd_name]
        module = import_module(f"rlhf_linkcheck.cli.{module_name}")
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        alone.command(cmd_name, epilog=getattr(module, "EPILOG", None))(getattr(module, function))
        return typer.main.get_command(alone)
