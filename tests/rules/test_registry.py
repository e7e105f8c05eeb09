"""What holds for every rule: it is registered, has a code of its own, a whole page, and examples."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from rlhf_linkcheck import rules
from rlhf_linkcheck.cli.settings import read_settings
from rlhf_linkcheck.config import Config
from rlhf_linkcheck.pipeline import check
from rlhf_linkcheck.rules import RULES, Rule
from rlhf_linkcheck.rules.page import page

SECTIONS = [
    "## What it does",
    "## Why is this bad?",
    "## Example",
    "## What to do instead",
    "## How it is configured",
]
RULE_FILE = re.compile(r"(?P<code>[a-z]{3}[0-9]{3})_(?P<name>[a-z_]+)")
EXAMPLES = Path(__file__).parent.parent / "examples"
HOOKS = ("check_document", "check_entry", "check_link")


def rule_files() -> list[str]:
    return [module.name for module in pkgutil.iter_modules(rules.__path__) if RULE_FILE.fullmatch(module.name)]


def test_every_rule_file_is_registered_under_its_own_code_and_name() -> None:
    registered = [f"{rule.info.code.lower()}_{rule.info.name.replace('-', '_')}" for rule in RULES]
    assert sorted(registered) == sorted(rule_files())
    assert [type(rule).__module__.rpartition(".")[2] for rule in RULES] == registered


def test_no_code_and_no_name_is_used_twice() -> None:
    for identities in ([rule.info.code for rule in RULES], [rule.info.name for rule in RULES]):
        assert len(set(identities)) == len(identities)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.code)
def test_a_rules_page_has_all_its_sections_in_order(rule: Rule) -> None:
    prose = re.sub(r"^```.*?^```$", "", page(rule), flags=re.MULTILINE | re.DOTALL)
    assert re.findall(r"^## .*", prose, re.MULTILINE) == SECTIONS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.code)
def test_a_rules_page_says_how_it_is_configured_in_forms_that_are_understood(rule: Rule, tmp_path: Path) -> None:
    code = rule.info.code
    configured = page(rule).partition("## How it is configured\n")[2]
    (settings,) = re.findall(r"```toml\n(.*?)```", configured, re.DOTALL)
    file = tmp_path / "rlhf-linkcheck.toml"
    file.write_text(settings, encoding="utf-8")
    read = read_settings(file)
    assert read.ignore == (code,)
    by_address = [("example.org", "", (code,)), ("", "/draft/", (code,))] if rule.names_address else []
    assert [(each.host, each.pattern, each.codes) for each in read.suppressions] == by_address
    assert bool(read.exclude) is rule.info.needs_network
    assert configured.count(f"linkcheck: ignore[{code}]") == (2 if rule.heeds_comments else 0)
    for option in rule.options:
        assert f"\n- `{option}`" in configured
    assert settings_read_by(rule) <= set(rule.options)


def settings_read_by(rule: Rule) -> set[str]:
    """What its ``configured`` asks the configuration for."""
    asked = type(rule).configured.__code__.co_names if "configured" in vars(type(rule)) else ()
    return {name.replace("_", "-") for name in asked if hasattr(Config(), name)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.code)
def test_a_rules_module_says_its_code_name_and_summary(rule: Rule) -> None:
    module = importlib.import_module(type(rule).__module__)
    assert (module.__doc__ or "").startswith(f"{rule.info.code} {rule.info.name}: ")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.code)
def test_a_rule_answers_exactly_one_question(rule: Rule) -> None:
    overridden = {
        hook
        for base in type(rule).__mro__
        if base is not Rule and issubclass(base, Rule)
        for hook in HOOKS
        if hook in vars(base)
    }
    assert len(overridden) == 1


def expectations(path: Path) -> list[tuple[str, int, int]]:
    text = path.read_text(encoding="utf-8")
    return [
        (code, int(line), int(column))
        for code, line, column in re.findall(r"expect: ([A-Z]{3}\d{3}) (\d+):(\d+)", text)
    ]


def offline(path: Path) -> list[tuple[str, int, int]]:
    report = check(Config(inputs=(str(path),), offline=True))
    return [(finding.rule.code, finding.position.line, finding.position.column) for finding in report.findings]


@pytest.mark.parametrize("path", sorted((EXAMPLES / "flagged").iterdir()), ids=lambda path: path.name)
def test_a_flagged_example_is_reported_at_its_places_and_nowhere_else(path: Path) -> None:
    expected = expectations(path)
    assert expected, "a flagged example says what it expects"
    assert {code for code, _, _ in expected} == {path.name.partition("-")[0]}
    assert sorted(offline(path)) == sorted(expected)


@pytest.mark.parametrize("path", sorted((EXAMPLES / "flagged").iterdir()), ids=lambda path: path.name)
def test_a_rules_page_shows_no_way_of_silencing_that_has_no_effect(path: Path, tmp_path: Path) -> None:
    rule = next(rule for rule in RULES if path.name.startswith(rule.info.code))
    before, after = (" <!--", " -->") if path.suffix == ".md" else ("  #", "")
    comment = f"{before} linkcheck: ignore[{rule.info.code}]{after}"
    lines = path.read_text(encoding="utf-8").splitlines()
    for line in {line for _, line, _ in expectations(path)}:
        lines[line - 1] += comment
    (tmp_path / path.name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    findings = check(Config(inputs=(str(tmp_path / path.name),), offline=True)).findings
    assert {finding.suppressed for finding in findings} == {rule.heeds_comments}
    assert {finding.url is not None for finding in findings} == {rule.names_address}


@pytest.mark.parametrize("path", sorted((EXAMPLES / "clean").iterdir()), ids=lambda path: path.name)
def test_a_clean_example_has_no_finding(path: Path) -> None:
    assert offline(path) == []


def test_every_rule_that_needs_no_network_has_examples_of_both_kinds() -> None:
    for folder in ("flagged", "clean"):
        shown = {path.name.partition("-")[0] for path in (EXAMPLES / folder).iterdir()}
        assert {rule.info.code for rule in RULES if not rule.info.needs_network} <= shown
