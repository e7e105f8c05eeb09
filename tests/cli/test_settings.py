import os
from pathlib import Path

import pytest

from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.settings import OPERATOR_ONLY, Settings, read_settings
from rlhf_linkcheck.config import SuppressionRule


def written(folder: Path, text: str, name: str = "rlhf-linkcheck.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


WHOLE = """
select = ["ENT", "dup101"]
ignore = ["ENT106"]
fail-on = "warning"
exclude = ["^https://intranet"]
schema = "own.schema.json"
baseline = "known.json"
concurrency = 8
per-host = 1
interval = 0.5
timeout = 5
retries = 0
deadline = "5m"
control-url = "https://example.net/"
suppress = [
  {host = "Zhihu.com", codes = ["LNK105"]},
  {pattern = "\\\\.pdf$"},
]
"""


def test_every_setting_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, WHOLE)
    assert read_settings(path) == Settings(
        origin=path,
        select=("ENT", "DUP101"),
        ignore=("ENT106",),
        fail_on="warning",
        exclude=("^https://intranet",),
        schema=tmp_path / "own.schema.json",
        baseline=tmp_path / "known.json",
        concurrency=8,
        per_host=1,
        interval=0.5,
        timeout=5,
        retries=0,
        deadline="5m",
        control_url="https://example.net/",
        suppressions=(
            SuppressionRule(("LNK105",), host="zhihu.com", origin=f"{path}: host Zhihu.com"),
            SuppressionRule((), pattern="\\.pdf$", origin=f"{path}: pattern \\.pdf$"),
        ),
    )


def test_the_own_file_comes_before_pyproject_and_no_file_is_fine(tmp_path: Path) -> None:
    assert read_settings(None, tmp_path) == Settings()
    project = written(tmp_path, "[tool.rlhf-linkcheck]\nretries = 5\n", "pyproject.toml")
    assert read_settings(None, tmp_path) == Settings(origin=project, retries=5)
    own = written(tmp_path, "retries = 1\n")
    assert read_settings(None, tmp_path) == Settings(origin=own, retries=1)


def test_a_pyproject_of_somebody_else_says_nothing(tmp_path: Path) -> None:
    project = written(tmp_path, "[tool.other]\nx = 1\n", "pyproject.toml")
    assert read_settings(None, tmp_path) == Settings(origin=project)


@pytest.mark.parametrize("key", sorted(OPERATOR_ONLY))
def test_what_only_the_operator_may_say_has_no_effect_and_is_told(tmp_path: Path, key: str) -> None:
    path = written(tmp_path, f"{key} = true\nretries = 1\n")
    settings = read_settings(path)
    assert settings.retries == 1
    assert settings.notes == (
        f"{path}: «{key}» has no effect in a file that a pull request can change: give it by flag or environment",
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("retries = ", "not readable TOML"),
        ("retrys = 1", "there is no setting «retrys»; did you mean «retries»?"),
        ("retries = -1", "retries: -1 is less than the minimum of 0"),
        (
            'select = ["nonsense"]',
            "select.0: «nonsense» is not what belongs there: a rule's code or its beginning, such as LNK105 or ENT",
        ),
        ('exclude = ["("]', "«(» is no regular expression"),
        ('suppress = [{pattern = "("}]', "«(» is no regular expression"),
        ('exclude = ["a{99999999999}"]', "is no regular expression: the repetition number is too large"),
        (
            f'suppress = [{{pattern = "{"(" * 5_000}{")" * 5_000}"}}]',
            "is no regular expression: it is nested too deeply",
        ),
        ('exclude = [""]', "exclude: an empty pattern is found in every address: take it out"),
        ("suppress = [{}]", "suppress.0 should name a host, a pattern or codes"),
        ("suppress = [{hosts = 'x'}]", "suppress.0: there is no setting «hosts»; did you mean «host»?"),
        ("nonsense = 1", "there is no setting «nonsense»; there are select, ignore"),
        ('ignore = "LNK106"', "ignore should be a list in brackets, not 'LNK106'"),
        ("baseline = true", "baseline should be text in quotes, not true"),
        ("timeout = 2026-01-31", "timeout should be a number, not 2026-01-31"),
        ("deadline = 10:30:00", "deadline should be text in quotes, not 10:30:00"),
        (
            f"fail-on = '{'x' * 9_000}'",
            "fail-on should be one of error, warning, never, not 'xxxxxxxxxxxx...xxxxxxxxxxxxx'",
        ),
        ('fail-on = "info"', "fail-on should be one of error, warning, never, not 'info'"),
        # what would hold a run for ever, and a pull request may write
        ("timeout = 301", "timeout: 301 is greater than the maximum of 300"),
        ("interval = 61", "interval: 61 is greater than the maximum of 60"),
        ("[hosts.a]\ntimeout = 1e9", "hosts.a.timeout: 1000000000.0 is greater than the maximum of 300"),
        ("[hosts.a]\ninterval = 86400", "hosts.a.interval: 86400 is greater than the maximum of 60"),
        ("timeout = nan", "timeout: nan is no number to count with"),
        ("interval = inf", "interval: inf is greater than the maximum of 60"),
        ('control-url = "ftp://x"', "control-url"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_one_clear_line(tmp_path: Path, text: str, complaint: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(UsageError) as error:
        read_settings(path)
    assert str(error.value).startswith(f"{path}: ")
    assert complaint in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_or_no_table_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such file"):
        read_settings(tmp_path / "absent.toml")
    project = written(tmp_path, "[tool]\nrlhf-linkcheck = 1\n", "pyproject.toml")
    for text in ("[tool]\nrlhf-linkcheck = 1\n", "tool = 5\n", "[[tool]]\n"):
        written(tmp_path, text, "pyproject.toml")
        with pytest.raises(UsageError, match="must be a table"):
            read_settings(project)


def test_what_is_no_file_is_said_and_never_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    for path, complaint in (
        (tmp_path, "is a directory: name a file in it"),
        (pipe, "is not a regular file: save its text into a file, and name that"),
        (Path("/dev/zero"), "is not a regular file: save its text into a file, and name that"),
    ):
        with pytest.raises(UsageError) as refused:
            read_settings(path)
        assert str(refused.value) == f"{path}: {complaint}"


def test_a_file_without_end_is_read_to_a_bound(tmp_path: Path) -> None:
    path = tmp_path / "rlhf-linkcheck.toml"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(UsageError, match="the file is larger than 64 MiB"):
        read_settings(path)


def test_the_null_device_says_nothing() -> None:
    path = Path(os.devnull)
    assert read_settings(path) == Settings(origin=path)


def test_bytes_that_are_no_text_are_said(tmp_path: Path) -> None:
    path = tmp_path / "rlhf-linkcheck.toml"
    for data, complaint in (
        (b"\xff\xfer\0", "1:1: not readable TOML: the file looks like UTF-16: save it as UTF-8"),
        (b"# \xe9\n", "1:3: not readable TOML: byte 0xE9 is not UTF-8"),
        (b"a = 1\n\0", "2:1: not readable TOML: there is a NUL byte here"),
    ):
        path.write_bytes(data)
        with pytest.raises(UsageError) as refused:
            read_settings(path)
        assert str(refused.value).startswith(f"{path}:{complaint}")


def test_a_byte_order_mark_as_editors_on_windows_write_it_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "rlhf-linkcheck.toml"
    path.write_bytes(b"\xef\xbb\xbfretries = 1\r\n")
    assert read_settings(path).retries == 1


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("retries = 1\nsuppress = [{host = 'x',}]", ":2:25: not readable TOML: Invalid initial character"),
        ("retries = [", ": not readable TOML: Invalid value (at end of document)"),
        ("a = " + "[" * 100_000, ": not readable TOML: its values are nested too deeply"),
        ("retries = " + "9" * 5_000, ": not readable TOML: a number in it is far too long"),
        ("a." * 100_000 + "a = 1", ": not readable TOML: a key has more than 100 parts"),
        ("[" + "'a' . \"b\"." * 100_000 + "a]", ": not readable TOML: a key has more than 100 parts"),
        ("x = '" + "a" * 1_000_000 + "\n" + "'.'" * 100_000, ": not readable TOML: "),
    ],
)
def test_a_file_made_to_break_its_reader_is_one_line_at_once(tmp_path: Path, text: str, complaint: str) -> None:
    """A pull request can change the file, and it is read to say what of it has no effect yet."""
    path = written(tmp_path, text)
    with pytest.raises(UsageError) as refused:
        read_settings(path)
    assert str(refused.value).startswith(f"{path}{complaint}")
    assert "\n" not in str(refused.value)
