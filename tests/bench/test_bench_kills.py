"""A few kills at random moments, of the real command; `python bench/kills.py` makes fifty over the whole list."""

import json

import pytest
from killing.subjects import subjects_of_link, subjects_of_request
from kills import bench_of, kills, main

from rlhf_linkcheck.simweb.log import LoggedRequest

# A whole run each, whose parts are measured where they are tested.
pytestmark = pytest.mark.unmeasured

HOSTS = 6
PAPERS = [f"2203.{number:05}" for number in range(1, 21)]
NAMES = [f"o/r{number}" for number in range(12)]
PAGES = [f"https://site{host}.example/p{number}" for host in range(HOSTS) for number in range(4)]
LINKS = [
    *(("paper", f"https://arxiv.org/abs/{paper}") for paper in PAPERS),
    *(("codebase", f"https://github.com/{name}") for name in NAMES),
    *(("dataset", page) for page in (*PAGES, "https://site1.example/shy")),
]
WORLD = json.dumps(
    {
        "papers": [{"arxiv": paper, "title": f"Title {paper}", "authors": ["A. Author"]} for paper in PAPERS],
        "repositories": [{"github": name, "files": {"README.md": f"# {name}"}} for name in NAMES],
        "github": {"token": "ghp_simulated"},
        "hosts": {
            f"site{host}.example": {
                "/shy": 403,
                **{f"/p{number}": {"delay": 0.02 * (host + number)} for number in range(4)},
            }
            for host in range(HOSTS)
        }
        | {"example.com": {"/": 200}},
    }
)
ENTRIES = json.dumps(
    [
        {"id": f"e{number}", "category": category, "title": f"Title {url[-10:]}", "url": url}
        | ({"authors": ["A. Author"], "year": 2022} if category == "paper" else {})
        for number, (category, url) in enumerate(LINKS)
    ]
)


def test_no_kill_loses_a_verdict_or_has_asked_twice_what_was_in_the_file() -> None:
    with bench_of(WORLD, ENTRIES) as bench:
        every = list(kills(bench, 2, seed=1))
    assert [one.faults for one in every] == [()] * 2
    assert max(one.known for one in every) < len(LINKS)


def logged(host: str, path: str, body: bytes = b"") -> LoggedRequest:
    return LoggedRequest("https", host, "GET", path, {}, 1, 0.0, 1, body)


@pytest.mark.parametrize(
    ("url", "request_"),
    [
        ("https://a.example/x?y=1#z", logged("a.example", "/x?y=1")),
        ("https://arxiv.org/pdf/2203.02155", logged("export.arxiv.org", "/api/query?id_list=1701.06049,2203.02155")),
        ("https://arxiv.org/abs/2203.02155v2", logged("export.arxiv.org", "/api/query?id_list=2203.02155v2")),
        (
            "https://github.com/A/B/tree/main/c",
            logged(
                "api.github.com",
                "/graphql",
                json.dumps(
                    {
                        "query": "s0: repository(owner: $v0, name: $v1) { nameWithOwner }",
                        "variables": {"v0": "a", "v1": "b"},
                    }
                ).encode(),
            ),
        ),
        ("https://huggingface.co/datasets/A/b", logged("huggingface.co", "/api/datasets/A/b?expand%5B%5D=private")),
        ("https://zenodo.org/record/12", logged("zenodo.org", "/api/records/12")),
    ],
)
def test_a_request_is_known_as_a_link_s(url: str, request_: LoggedRequest) -> None:
    assert subjects_of_link(url) & subjects_of_request(request_)


def test_the_files_of_a_repository_are_another_question() -> None:
    body = {"query": "r0: repository(owner: $v0, name: $v1) { text }", "variables": {"v0": "a", "v1": "b"}}
    assert subjects_of_request(logged("api.github.com", "/graphql", json.dumps(body).encode())) == frozenset()


def test_the_command_says_what_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "--kills" in capsys.readouterr().out
