from commandline import Run

from rlhf_linkcheck.rules import RULES


def test_without_a_code_every_rule_is_listed(run: Run) -> None:
    ran = run("explain")
    assert [line.split()[:2] for line in ran.out.splitlines()] == [[rule.info.code, rule.info.name] for rule in RULES]


def test_a_rule_is_found_by_code_or_name_in_any_case(run: Run) -> None:
    page = run("explain", "LNK101").out
    assert page.startswith("# LNK101 dead-link\n\nerror · needs the network\n\n")
    assert "## What to do instead" in page
    assert run("explain", "lnk101").out == run("explain", "Dead-Link").out == page


def test_an_unknown_rule_is_said(run: Run) -> None:
    ran = run("explain", "LNK999")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no such rule" in ran.err
