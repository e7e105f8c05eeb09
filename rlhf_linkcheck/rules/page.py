"""A rule's published page: its identity, its docstring, and how it is configured."""

import inspect
import json
from collections.abc import Iterator
from importlib import resources
from typing import Any

from rlhf_linkcheck.config import Config
from rlhf_linkcheck.finding import Severity
from rlhf_linkcheck.rules.base import Rule

_FAILS = {
    Severity.ERROR: "An error makes the exit code 1, unless `--fail-on never` is given.",
    Severity.WARNING: "A warning makes the exit code 1 only with `--fail-on warning`.",
    Severity.INFO: "An info never changes the exit code, and without `--verbose` the text only counts it.",
}


def page(rule: Rule) -> str:
    """The page, in Markdown."""
    info = rule.info
    needs = "needs the network" if info.needs_network else "needs no network"
    fixable = ", carries a fix where it is certain" if info.fixable else ""
    summary = info.summary[0].upper() + info.summary[1:]
    body = inspect.cleandoc(type(rule).__doc__ or "")
    configured = "\n".join(_configuration(rule))
    return (
        f"# {info.code} {info.name}\n\n{info.severity.value} · {needs}{fixable}\n\n{summary}.\n\n{body}\n\n{configured}"
    )


def _configuration(rule: Rule) -> Iterator[str]:
    info = rule.info
    yield "## How it is configured"
    yield _FAILS[info.severity]
    if rule.options:
        yield "\nWhat it finds depends on these settings:"
        yield from _settings(rule.options)
    yield f"\nOf a whole run it is left out by `--ignore {info.code}`, and with its kin by `--ignore {info.code[:3]}`;"
    if rule.heeds_comments:
        yield from _comments(info.code)
    else:
        yield f"`--select {info.code}` runs no other. No comment silences it: of such a file none is read."
    yield "In `rlhf-linkcheck.toml`, or under `[tool.rlhf-linkcheck]` in `pyproject.toml`:"
    yield from _file(rule)
    yield "What is silenced is counted, and a suppression that nothing needs any more is said.\n"


def _comments(code: str) -> Iterator[str]:
    yield f"`--select {code}` runs no other. One finding is silenced where it stands, on the entry's first line"
    yield "or on the value's, or in a Markdown list on the item's:"
    yield f"```yaml\nurl: https://example.org/paper  # linkcheck: ignore[{code}]\n```"
    yield f"```markdown\n- [Paper](https://example.org/paper) <!-- linkcheck: ignore[{code}] -->\n```"


def _file(rule: Rule) -> Iterator[str]:
    code = rule.info.code
    if rule.names_address:
        yield f'```toml\nignore = ["{code}"]  # not at all, or only not for a host and for some addresses:'
        yield f'suppress = [\n  {{host = "example.org", codes = ["{code}"]}},'
        yield f'  {{pattern = "/draft/", codes = ["{code}"]}},\n]'
    else:
        yield f'```toml\nignore = ["{code}"]'
    if rule.info.needs_network:
        yield 'exclude = ["^https://example\\\\.org/"]  # addresses that are not even asked'
    yield "```"


def _settings(options: tuple[str, ...]) -> Iterator[str]:
    """Each with its meaning, as the schema of the configuration file has it, and what it is unless it is set."""
    schema = json.loads((resources.files("rlhf_linkcheck") / "data" / "config.schema.json").read_bytes())
    for option in options:
        yield f"- `{option}`{_default(option)}: {schema['properties'][option]['description']}"


def _default(option: str) -> str:
    config, name = Config(), option.replace("-", "_")
    value: Any = getattr(config if hasattr(config, name) else config.network, name)
    return f" (by default {value:g})" if isinstance(value, int | float) else ""
