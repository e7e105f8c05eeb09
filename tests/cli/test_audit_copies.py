"""`audit` over a link that is dead, and of which an archive has a copy."""

import json
from pathlib import Path

import pytest
from commandline import Run

from rlhf_linkcheck import simweb

GONE = "https://a.example/gone"
COPY = f"https://web.archive.org/web/20240506070809/{GONE}"
SCENARIO = f"""
hosts: {{a.example: {{/gone: 404}}, control.example: {{/: 200}}}}
archive: [{{page: {GONE}, taken: "20240506070809"}}, {{page: {GONE}, taken: "20250506070809", status: 404}}]
"""
LIST = f"- {{id: toolkit, category: codebase, title: A toolkit, url: '{GONE}'}}\n"


def test_the_copy_is_in_the_report_and_the_finding_suggests_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("entries.yaml").write_text(LIST, encoding="utf-8")
    with simweb.serve(simweb.Scenario.parse(SCENARIO)) as web:
        ran = run("audit", "--interval", "0", "--retries", "0", "--no-progress", "--format", "json", *web.options)
    assert ran.code == 0, ran.err  # suspect: found dead but once
    report = json.loads(ran.out)
    (link,), (finding,) = report["links"], report["findings"]
    assert link["archived"] == {"url": COPY, "taken_at": "2024-05-06T07:08:09Z"}
    assert (finding["code"], finding["severity"]) == ("LNK101", "warning")
    assert "; the Wayback Machine has a copy of 2024-05-06 (suspect: found dead once" in finding["message"]
    assert finding["suggestion"] == {"edits": [{"field": "url", "value": COPY}], "safe": False}
    assert report["complete"]
    assert Path("entries.yaml").read_text("utf-8") == LIST


def test_where_no_rule_would_offer_it_none_is_asked_for(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("entries.yaml").write_text(LIST, encoding="utf-8")
    with simweb.serve(simweb.Scenario.parse(SCENARIO)) as web:
        run("audit", "--select", "PAP,LNK104", "--interval", "0", "--retries", "0", "--no-progress", *web.options)
        assert {one.host for one in web.log.requests} == {"a.example"}
