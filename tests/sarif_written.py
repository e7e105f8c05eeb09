"""A report as it is written in SARIF, and what is read of it."""

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from golden_report import EMPTY
from jsonschema import Draft4Validator
from referencing import Registry
from shared_data import SHARED

from rlhf_linkcheck.finding import Finding, RuleInfo, Severity
from rlhf_linkcheck.model import Position
from rlhf_linkcheck.report import Report, summarize
from rlhf_linkcheck.reporters import REPORTERS, Style

SCHEMA = SHARED / "data" / "sarif-schema-2.1.0.json"
needs_schema = pytest.mark.skipif(not SCHEMA.exists(), reason=f"needs {SCHEMA} (see RLHF_LINKCHECK_SHARED)")

RULE = RuleInfo("PAP101", "wrong-paper", Severity.ERROR, "a different paper", needs_network=True, fixable=True)
OFFLINE = RuleInfo("ENT103", "empty-link", Severity.WARNING, "no address")


@cache
def validator() -> Any:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    del schema["$schema"]  # of the draft, which the class names
    return Draft4Validator(schema, registry=Registry())


def write(shown: Report) -> str:
    return REPORTERS["sarif"].render(shown, Style())


def run(shown: Report) -> dict[str, Any]:
    only: dict[str, Any]
    (only,) = json.loads(write(shown))["runs"]
    return only


def finding(line: int = 3, severity: Severity = Severity.ERROR, **parts: Any) -> Finding:
    basis = Finding(RULE, severity, "it is wrong", "list.md", Position(line, 5, line, 9), "one")
    return replace(basis, **parts)


def report(*findings: Finding, **parts: Any) -> Report:
    links = parts.get("links", ())
    summary = summarize(0, links, findings, ())
    return replace(EMPTY, findings=findings, summary=summary, inputs=("list.md",), **parts)


def result(shown: Finding, **parts: Any) -> dict[str, Any]:
    only: dict[str, Any]
    (only,) = run(report(shown, **parts))["results"]
    return only


def notifications(shown: Report) -> list[tuple[str, str]]:
    told = run(shown)["invocations"][0]["toolExecutionNotifications"]
    return [(one["level"], one["message"]["text"]) for one in told]
