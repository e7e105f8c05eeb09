"""What surrounds a run and cannot be meant is one line before anybody is asked: settings, folders, variables."""

import os
from pathlib import Path

import pytest
from commandline import Run

CLEAN = "- id: a\n  category: book\n  title: A title\n  url: https://example.org/\n"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_duration_in_the_settings_is_refused_with_their_name(run: Run) -> None:
    Path("entries.yaml").write_text(CLEAN, encoding="utf-8")
    for name in ("deadline", "max-age"):
        Path("rlhf-linkcheck.toml").write_text(f'{name} = "soon"\n', encoding="utf-8")
        said = f"rlhf-linkcheck.toml: {name} soon: write a number and a unit, as in 90s, 5m, 24h or 7d"
        assert run("check", "--offline").err == f"rlhf-linkcheck: {said}\n"


def test_a_list_that_a_link_no_longer_leads_to_is_not_passed_over_for_another(run: Run) -> None:
    Path("entries.yaml").symlink_to("moved-away.yaml")
    Path("README.md").write_text("- [a](https://example.org/)\n", encoding="utf-8")
    ran = run("check", "--offline")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("rlhf-linkcheck: entries.yaml: there is no such file")


def test_a_folder_that_was_removed_meanwhile_is_one_line(run: Run, tmp_path: Path) -> None:
    Path("entries.yaml").write_text(CLEAN, encoding="utf-8")
    gone = tmp_path / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
    ran = run("check", "--offline", tmp_path / "entries.yaml")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "rlhf-linkcheck: the folder that this runs in is not there any more: change to another\n"


@pytest.mark.parametrize("name", ["absent.pem", "."])
def test_authorities_that_cannot_be_read_do_not_make_every_certificate_look_forged(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """OpenSSL passes over such a file in silence."""
    Path("entries.yaml").write_text(CLEAN, encoding="utf-8")
    monkeypatch.setenv("SSL_CERT_FILE", name)
    ran = run("check", "--no-state")
    assert (ran.code, ran.out) == (2, "")
    said = f"SSL_CERT_FILE {name}: there is no file that can be read: mend the variable, or unset it"
    assert ran.err == f"rlhf-linkcheck: {said}\n"
    assert run("check", "--offline").code == 0


@pytest.mark.parametrize("proxy", ["http://user:secret\n@proxy:1", "a name with blanks", "http://proxy\t:3128"])
def test_a_proxy_with_blanks_in_it_is_none_and_is_not_repeated(
    run: Run, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    Path("entries.yaml").write_text(CLEAN, encoding="utf-8")
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    ran = run("check", "--no-state")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "rlhf-linkcheck: HTTPS_PROXY is no proxy that can be used: write http://HOST:PORT\n"
