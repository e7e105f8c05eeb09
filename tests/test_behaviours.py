"""The catalogue of behaviours, each run from the entries file to the findings over real sockets."""

from collections import Counter
from pathlib import Path

import pytest
import yaml
from behaviours.catalogue import CONTROL, FINE, Behaviour, load
from behaviours.handlers import HANDLERS
from behaviours.naive import naive_verdict
from crawling import network

from rlhf_linkcheck.config import Config
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.pipeline import check
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.simweb import Scenario, Web, serve

BEHAVIOURS = tuple(load())
NOT_OF_THE_WORLD = {Reason.INTERRUPTED, Reason.SHORTAGE}
"""What only the user can do, and what only this machine may lack."""


def _entries(behaviour: Behaviour) -> str:
    """A list with the link, or the links, and with a fine one."""
    books = [*behaviour.urls, *(() if behaviour.alone else (f"https://{FINE}/",))]
    entries = [
        {"id": f"data-{number}", "category": "dataset", "title": f"Data {number}", "url": url}
        for number, url in enumerate(books)
    ]
    return yaml.safe_dump(entries, allow_unicode=True)


def _run(behaviour: Behaviour, web: Web, folder: Path) -> Report:
    path = folder / "entries.yaml"
    path.write_text(_entries(behaviour), encoding="utf-8")
    options = {"control_url": f"https://{CONTROL}/", **behaviour.options}
    return check(Config(inputs=(str(path),), network=network(web, **options), **behaviour.config))


@pytest.mark.unmeasured
@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=str)
def test_the_product_says_what_is_true_and_a_naive_checker_what_the_catalogue_has(
    behaviour: Behaviour, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handlers = {host: HANDLERS[name] for host, name in behaviour.handlers.items()}
    with serve(Scenario.parse(behaviour.scenario), handlers) as web:
        # Nobody here needs this machine's own authorities, and reading them takes longer than all else.
        monkeypatch.setenv("SSL_CERT_FILE", str(web.ca_file))
        report = _run(behaviour, web, tmp_path)
        if _is_steady(behaviour):
            assert naive_verdict(behaviour.urls[0], web) is behaviour.naive
    outcomes = {link.url: link.evidence.outcome for link in report.links}
    for url in behaviour.urls:
        outcome = outcomes[url.strip()]
        codes = {finding.rule.code for finding in report.findings if finding.url and finding.url.strip() == url.strip()}
        said = (outcome.verdict, outcome.reason, codes)
        assert said == (behaviour.verdict, behaviour.reason, {behaviour.code} - {None}), outcome.detail
        assert behaviour.detail in outcome.detail


def _is_steady(behaviour: Behaviour) -> bool:
    """Whether the world answers the naive checker as if nobody had asked before."""
    return not behaviour.handlers and "sequence" not in behaviour.scenario


@pytest.mark.unmeasured
@pytest.mark.parametrize("behaviour", [one for one in BEHAVIOURS if not _is_steady(one)], ids=str)
def test_a_naive_checker_says_what_the_catalogue_says_of_a_world_that_changes(behaviour: Behaviour) -> None:
    handlers = {host: HANDLERS[name] for host, name in behaviour.handlers.items()}
    with serve(Scenario.parse(behaviour.scenario), handlers) as web:
        assert naive_verdict(behaviour.urls[0], web) is behaviour.naive


def test_the_catalogue_is_large_and_a_third_of_it_are_traps() -> None:
    assert len(BEHAVIOURS) >= 120
    assert sum(behaviour.is_trap for behaviour in BEHAVIOURS) * 3 >= len(BEHAVIOURS)


def test_each_reason_occurs() -> None:
    assert {behaviour.reason for behaviour in BEHAVIOURS} == set(Reason) - NOT_OF_THE_WORLD


def test_each_behaviour_contradicts_no_other() -> None:
    assert all(behaviour.verdict is behaviour.reason.verdict for behaviour in BEHAVIOURS)


def test_names_are_unique() -> None:
    assert [name for name, count in Counter(behaviour.name for behaviour in BEHAVIOURS).items() if count > 1] == []


def test_each_handler_is_used() -> None:
    assert {name for behaviour in BEHAVIOURS for name in behaviour.handlers.values()} == HANDLERS.keys()
