"""The simulated GitHub's GraphQL: what it tells, and in which shapes it refuses."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from github_wire import AGENT, API, TOKEN, aliases, get, graphql
from graphql import GraphQLInterfaceType, GraphQLObjectType, build_schema
from shared_data import SHARED
from simweb_wire import post, status_of

from rlhf_linkcheck.simweb import Scenario, Web, serve
from rlhf_linkcheck.simweb.services.github_roots import schema

WORLD = """
repositories:
  - github: google-deepmind/narrativeqa
    description: Stories and questions
    homepage: https://example.org/
    topics: [qa, reading]
    licence: Apache-2.0
    former: [deepmind/narrativeqa]
    archived_at: 2024-03-05
    pushed_at: 2023-11-02T10:00:00Z
    default_branch: master
    files:
      README.md: "# NarrativeQA"
      docs/figure.png:
      libs/other: {submodule: "https://github.com/o/other"}
      LINK: {symlink: README.md}
    branches: {feature/x: {new.py: x = 1}}
    tags: {v0: }
    releases: {v1.0: [data.zip, code.zip]}
  - {github: o/fork, fork_of: Google-DeepMind/NarrativeQA, disabled: true}
  - {github: o/empty, empty: true}
  - {github: o/secret, private: true}
  - {github: o/locked, sso: true}
  - {github: o/gone, taken_down: "https://github.com/github/dmca/blob/master/2024/x.md"}
  - {gist: 6bff0fecd65950898eba1bb321cfbd81, owner: yoavg, description: RL, files: {a.md: Text}}
github: {users: [somebody]}
"""


@pytest.fixture
def web() -> Iterator[Web]:
    with serve(Scenario.parse(WORLD)) as web:
        yield web


def data(web: Web, query: str, **variables: Any) -> Any:
    answer = graphql(web, query, **variables)
    assert (answer.status, "errors" in answer.json) == (200, False), answer.body
    return answer.json["data"]


def test_a_repository_is_told_in_the_schemas_words(web: Web) -> None:
    fields = """
      nameWithOwner isArchived archivedAt isDisabled isEmpty isFork isPrivate visibility description homepageUrl url
      pushedAt licenseInfo { spdxId key name } defaultBranchRef { name prefix } lockReason isLocked
      repositoryTopics(first: 10) { totalCount nodes { topic { name } } } parent { nameWithOwner }
      latestRelease { tagName releaseAssets(first: 5) { nodes { name } } } owner { __typename login }
    """
    assert data(web, aliases("google-deepmind/narrativeqa", fields=fields))["r0"] == {
        "nameWithOwner": "google-deepmind/narrativeqa",
        "isArchived": True,
        "archivedAt": "2024-03-05T00:00:00Z",
        "isDisabled": False,
        "isEmpty": False,
        "isFork": False,
        "isPrivate": False,
        "visibility": "PUBLIC",
        "description": "Stories and questions",
        "homepageUrl": "https://example.org/",
        "url": "https://github.com/google-deepmind/narrativeqa",
        "pushedAt": "2023-11-02T10:00:00Z",
        "licenseInfo": {"spdxId": "Apache-2.0", "key": "apache-2.0", "name": "Apache License 2.0"},
        "defaultBranchRef": {"name": "master", "prefix": "refs/heads/"},
        "lockReason": None,
        "isLocked": False,
        "repositoryTopics": {"totalCount": 2, "nodes": [{"topic": {"name": "qa"}}, {"topic": {"name": "reading"}}]},
        "parent": None,
        "latestRelease": {
            "tagName": "v1.0",
            "releaseAssets": {"nodes": [{"name": "data.zip"}, {"name": "code.zip"}]},
        },
        "owner": {"__typename": "Organization", "login": "google-deepmind"},
    }


def test_an_old_name_and_other_letters_lead_to_the_repository_of_today(web: Web) -> None:
    found = data(
        web,
        aliases(
            "deepmind/narrativeqa",
            "GOOGLE-deepmind/NarrativeQA",
            "o/fork",
            "o/empty",
            fields="""
      nameWithOwner isDisabled isEmpty isFork parent { nameWithOwner } defaultBranchRef { name }
    """,
        ),
    )
    assert [one["nameWithOwner"] for one in found.values()] == [
        "google-deepmind/narrativeqa",
        "google-deepmind/narrativeqa",
        "o/fork",
        "o/empty",
    ]
    assert (found["r2"]["isDisabled"], found["r2"]["isFork"]) == (True, True)
    assert found["r2"]["parent"] == {"nameWithOwner": "google-deepmind/narrativeqa"}
    assert (found["r3"]["isEmpty"], found["r3"]["defaultBranchRef"]) == (True, None)
    unfollowed = graphql(web, '{ repository(owner: "deepmind", name: "narrativeqa", followRenames: false) { name } }')
    assert unfollowed.json["errors"][0]["type"] == "NOT_FOUND"


def test_what_is_missing_is_null_with_an_error_that_names_the_alias(web: Web) -> None:
    answer = graphql(web, aliases("o/nothing", "o/secret", "o/locked", "o/gone", "o/fork"))
    assert answer.status == 200
    assert answer.json["data"] == {
        "r0": None,
        "r1": None,
        "r2": None,
        "r3": None,
        "r4": {"nameWithOwner": "o/fork"},
    }
    assert answer.json["errors"][0] == {
        "type": "NOT_FOUND",
        "path": ["r0"],
        "locations": [{"line": 1, "column": 3}],
        "message": "Could not resolve to a Repository with the name 'o/nothing'.",
    }
    assert [(one["type"], one["path"]) for one in answer.json["errors"]] == [
        ("NOT_FOUND", ["r0"]),
        ("NOT_FOUND", ["r1"]),
        ("FORBIDDEN", ["r2"]),
        ("FORBIDDEN", ["r3"]),
    ]
    assert answer.json["errors"][2]["extensions"] == {"saml_failure": True}
    assert answer.json["errors"][3]["message"] == "Repository access blocked"


@pytest.mark.parametrize(
    ("expression", "kind", "text"),
    [
        ("HEAD:README.md", "Blob", "# NarrativeQA"),
        ("master:README.md", "Blob", "# NarrativeQA"),
        ("refs/heads/master:README.md", "Blob", "# NarrativeQA"),
        ("feature/x:new.py", "Blob", "x = 1"),
        ("v1.0:README.md", "Blob", "# NarrativeQA"),
        ("refs/tags/v0:README.md", "Blob", "# NarrativeQA"),
        ("HEAD:docs/figure.png", "Blob", None),
        ("HEAD:LINK", "Blob", "README.md"),
        ("HEAD:docs", "Tree", None),
        ("HEAD:docs/", "Tree", None),
        ("HEAD:", "Tree", None),
        ("HEAD", "Commit", None),
        ("feature/x", "Commit", None),
        ("HEAD:libs/other", None, None),
        ("HEAD:nothing", None, None),
        ("HEAD:README.md/x", None, None),
        ("feature:x/new.py", None, None),
        ("main:README.md", None, None),
        ("abcdef0123456", None, None),
        ("", None, None),
    ],
)
def test_an_object_is_what_git_names_so(web: Web, expression: str, kind: str | None, text: str | None) -> None:
    query = """query($e: String) { repository(owner: "google-deepmind", name: "narrativeqa") {
      object(expression: $e) { __typename oid ... on Blob { text isBinary byteSize } } } }"""
    found = data(web, query, e=expression)["repository"]["object"]
    assert (found and found["__typename"]) == kind
    if kind == "Blob":
        assert (found["text"], found["isBinary"]) == (text, text is None)
    if kind == "Commit":
        again = data(web, query, e=found["oid"][:7])["repository"]["object"]
        assert again == found


def test_a_folder_tells_a_submodule_from_a_file(web: Web) -> None:
    query = """{ repository(owner: "google-deepmind", name: "narrativeqa") {
      object(expression: "HEAD:libs") { ... on Tree { entries { name type mode path object { __typename }
        submodule { gitUrl } } } }
      root: object(expression: "HEAD:") { ... on Tree { entries { name type mode object { __typename } } } } } }"""
    found = data(web, query)["repository"]
    assert found["object"]["entries"] == [
        {
            "name": "other",
            "type": "commit",
            "mode": 57344,
            "path": "libs/other",
            "object": None,
            "submodule": {"gitUrl": "https://github.com/o/other"},
        }
    ]
    assert [(one["name"], one["type"], one["mode"]) for one in found["root"]["entries"]] == [
        ("LINK", "blob", 40960),
        ("README.md", "blob", 33188),
        ("docs", "tree", 16384),
        ("libs", "tree", 16384),
    ]


def test_branches_tags_and_releases_are_asked_by_name(web: Web) -> None:
    query = """{ repository(owner: "google-deepmind", name: "narrativeqa") {
      a: ref(qualifiedName: "refs/tags/v0") { name prefix target { __typename } }
      b: ref(qualifiedName: "feature/x") { name prefix }
      c: ref(qualifiedName: "refs/heads/v0") { name }
      d: release(tagName: "v1.0") { tagName url isDraft }
      e: release(tagName: "v0") { tagName }
    } }"""
    assert data(web, query)["repository"] == {
        "a": {"name": "v0", "prefix": "refs/tags/", "target": {"__typename": "Commit"}},
        "b": {"name": "feature/x", "prefix": "refs/heads/"},
        "c": None,
        "d": {
            "tagName": "v1.0",
            "url": "https://github.com/google-deepmind/narrativeqa/releases/tag/v1.0",
            "isDraft": False,
        },
        "e": None,
    }


def test_users_organisations_and_gists_are_found_by_login(web: Web) -> None:
    query = """{
      a: repositoryOwner(login: "Google-DeepMind") { __typename login repository(name: "narrativeqa") { name } }
      b: repositoryOwner(login: "nobody-at-all") { login }
      c: user(login: "yoavg") { gist(name: "6bff0fecd65950898eba1bb321cfbd81") { name description url
        files { name text } owner { login } } none: gist(name: "abc") { name } }
      d: repositoryOwner(login: "somebody") { __typename }
    }"""
    found = data(web, query)
    assert found["a"] == {
        "__typename": "Organization",
        "login": "google-deepmind",
        "repository": {"name": "narrativeqa"},
    }
    assert (found["b"], found["d"]) == (None, {"__typename": "User"})
    assert found["c"] == {
        "gist": {
            "name": "6bff0fecd65950898eba1bb321cfbd81",
            "description": "RL",
            "url": "https://gist.github.com/yoavg/6bff0fecd65950898eba1bb321cfbd81",
            "files": [{"name": "a.md", "text": "Text"}],
            "owner": {"login": "yoavg"},
        },
        "none": None,
    }
    errors = graphql(web, '{ user(login: "o") { login } organization(login: "yoavg") { login } }').json["errors"]
    assert [(one["type"], one["message"]) for one in errors] == [
        ("NOT_FOUND", "Could not resolve to a User with the login of 'o'."),
        ("NOT_FOUND", "Could not resolve to an Organization with the login of 'yoavg'."),
    ]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ('{ repository(owner: "o", name: "x") { isArchivd } }', "isArchivd"),
        ('{ repository(owner: "o") { name } }', "name"),
        ("{ repository(", "Syntax Error"),
        ("", "Syntax Error"),
        ('{ repository(owner: "o", name: "fork") { repositoryTopics { totalCount } } }', "`first` or `last`"),
        ('{ repository(owner: "o", name: "fork") { repositoryTopics(first: 101) { totalCount } } }', "101 records"),
    ],
)
def test_a_query_that_the_schema_does_not_allow_is_an_error_of_200(web: Web, query: str, said: str) -> None:
    answer = graphql(web, query)
    assert answer.status == 200
    assert answer.json.get("data") in (None, {"repository": None})
    assert said in answer.json["errors"][0]["message"]


def test_answers_carry_the_points_that_are_left(web: Web) -> None:
    first = graphql(web, "{ rateLimit { limit cost remaining used } }")
    second = graphql(web, "{ viewer { login } }")
    assert first.json["data"]["rateLimit"] == {"limit": 5000, "cost": 1, "remaining": 4999, "used": 1}
    told = {name: second.headers[f"x-ratelimit-{name}"] for name in ("limit", "remaining", "used", "resource")}
    assert told == {"limit": "5000", "remaining": "4998", "used": "2", "resource": "graphql"}
    assert second.headers["x-github-media-type"] == "github.v4; format=json"
    assert get(web, "/rate_limit", API, TOKEN).json["resources"]["graphql"]["used"] == 2


def test_the_log_keeps_queries_and_counts_those_in_flight_at_once(web: Web) -> None:
    query = aliases("o/fork")
    graphql(web, query)
    (logged,) = web.log.of(API, "/graphql")
    assert json.loads(logged.body)["query"] == query
    assert (web.log.peak(API, "/graphql"), web.log.peak(API, "/nothing")) == (1, 0)


def test_a_body_that_is_no_query_is_refused(web: Web) -> None:
    head, body = post(web, "/graphql", API, b"{", AGENT, TOKEN)
    assert (status_of(head), json.loads(body)["message"]) == (400, "Problems parsing JSON")
    assert get(web, "/graphql", API, TOKEN).status == 404
    assert status_of(post(web, "/graphql", API, b"{}", TOKEN)[0]) == 403


@pytest.mark.skipif(
    not (SHARED / "data" / "github.graphql").exists(),
    reason=f"needs {SHARED / 'data' / 'github.graphql'} (see RLHF_LINKCHECK_SHARED)",
)
@pytest.mark.unmeasured
def test_all_that_is_simulated_is_in_githubs_public_schema() -> None:
    text = (SHARED / "data" / "github.graphql").read_text(encoding="utf-8")
    theirs = build_schema(text, assume_valid=True, assume_valid_sdl=True)
    for name, kind in schema().type_map.items():
        if name.startswith("__"):
            continue
        their = theirs.type_map[name]
        assert type(kind) is type(their)
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            assert isinstance(their, GraphQLObjectType | GraphQLInterfaceType)
            assert {one.name for one in kind.interfaces} <= {one.name for one in their.interfaces}
            for field, ours in kind.fields.items():
                assert str(ours.type) == str(their.fields[field].type), f"{name}.{field}"
                arguments = {key: str(one.type) for key, one in ours.args.items()}
                told = {key: str(one.type) for key, one in their.fields[field].args.items()}
                assert arguments.items() <= told.items(), f"{name}.{field}"
