"""`explain`: what a rule is about."""

import inspect
from typing import Annotated

import typer

from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.output import print_exactly
from rlhf_linkcheck.rules import RULES, Rule


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


def page(rule: Rule) -> str:
    """A rule's published page, in Markdown: its identity, and then its class's docstring."""
    info = rule.info
    needs = "needs the network" if info.needs_network else "needs no network"
    fixable = ", carries a fix where it is certain" if info.fixable else ""
    summary = info.summary[0].upper() + info.summary[1:]
    body = inspect.cleandoc(type(rule).__doc__ or "")
    return f"# {info.code} {info.name}\n\n{info.severity.value} · {needs}{fixable}\n\n{summary}.\n\n{body}\n"
