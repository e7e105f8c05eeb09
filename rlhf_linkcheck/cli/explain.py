"""`explain`: what a rule is about."""

from typing import Annotated

import typer

from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.output import print_exactly
from rlhf_linkcheck.rules import RULES
from rlhf_linkcheck.rules.page import page


def explain(
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="The rule, by code or name.")] = None,
) -> None:
    """List the rules, or print one rule's page."""
    if code is None:
        rows = (
            f"{rule.info.code}  {rule.info.name:<20} {rule.info.severity.value:<8} {rule.info.summary}\n"
            for rule in RULES
        )
        print_exactly(rows)
        return
    for rule in RULES:
        if code.upper() == rule.info.code or code.lower() == rule.info.name:
            print_exactly([page(rule)])
            return
    raise UsageError(f"explain {code}: there is no such rule; `rlhf-linkcheck explain` lists them")
