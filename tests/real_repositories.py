"""The repositories of the shipped list for a simulated GitHub and Hub: as the facts of defects.jsonl have them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from real_papers import listed
from real_papers import scenario as papers_scenario

from rlhf_linkcheck.identity import Identity, Kind, identify

TOKEN = "ghp_simulated"

FACTS: Mapping[str, Mapping[str, Any]] = {
    "google-deepmind/narrativeqa": {"former": ["deepmind/narrativeqa"]},
    "verl-project/verl": {"former": ["volcengine/verl"], "description": "verl: reinforcement learning for LLMs"},
    "huggingface/trl": {"former": ["lvwerra/trl"], "description": "Train transformer language models"},
    "deepspeedai/DeepSpeedExamples": {"former": ["microsoft/DeepSpeedExamples"]},
    "openai/lm-human-preferences": {
        "pushed_at": date(2023, 7, 25),
        "files": {"README.md": "**Status:** Archive (no updates are to be expected)\n\n# lm-human-preferences\n"},
    },
    "rddy/ReQueST": {
        "description": "Reward query synthesis",
        "files": {
            "README.md": "# ReQueST\n\n[ReQueST](https://arxiv.org/abs/1912.05652) is a way of [modelling rewards]"
            "(https://arxiv.org/abs/1811.07871) that asks about hypothetical trajectories, where "
            "[earlier work](https://arxiv.org/abs/1811.06521) asks about those that an agent has made.\n\n"
            "```\n@article{request, title={Learning Human Objectives by Evaluating Hypothetical Behavior},\n"
            "  author={Reddy, Siddharth and Dragan, Anca D. and Levine, Sergey and Legg, Shane and Leike, Jan}}\n```\n"
        },
    },
}
"""What defects.jsonl tells, by the names of today."""

GONE = {"openrlhf/openrlhf": ("main/examples/scripts/train_reinforce_llama_ray.sh",)}
"""Files that were deleted."""


def scenario(*, hosts: Mapping[str, Any] | None = None, **github: Any) -> dict[str, Any]:
    """All papers and repositories of the list; whatever else is asked answers 200."""
    web = papers_scenario(hosts=hosts)
    web["repositories"] = [*_repositories().values(), *_gists()]
    web["github"] = {"token": TOKEN, **github}
    web["hub"] = _hub()
    web["zenodo"] = [{"record": 2630551, "title": "LAMBADA", "creators": ["Denis Paperno"]}]
    web["videos"] = [{"video": "hhiLw5Q_UFg", "title": "A talk"}]
    return web


def _links() -> list[tuple[dict[str, Any], str, Identity]]:
    every = [
        (entry, address.strip())
        for entry in listed()
        for address in (entry["url"], *(link["url"] for link in entry.get("links", ())))
    ]
    return [(entry, address, identify(address)) for entry, address in every]


def _repositories() -> dict[str, dict[str, Any]]:
    """Each with a README that names the papers and is headed by the codebases that list it."""
    found: dict[str, dict[str, Any]] = {}
    now = {old.lower(): name for name, facts in FACTS.items() for old in facts.get("former", ())}
    known = {name.lower(): name for name in FACTS}
    for entry, _, identity in _links():
        if identity.kind is not Kind.GITHUB:
            continue
        key = identity.whole.key
        name = now.get(key) or known.get(key) or key
        one = found.setdefault(name, {"github": name, "files": {"README.md": f"# {name}\n"}, **FACTS.get(name, {})})
        files = one["files"]
        if name != "rddy/ReQueST":
            files["README.md"] += f"\nSee «{entry['title']}» ({entry['url']}) for what this is about.\n"
        branch, _, path = identity.place.partition("/")
        if branch and identity.place not in GONE.get(key, ()):
            one["default_branch"] = branch
            files[path if "." in path else f"{path}/README.md"] = f"A part of {entry['title']}.\n"
    return found


def _gists() -> list[dict[str, Any]]:
    return [
        {"gist": identity.key, "owner": address.split("/")[3], "files": {"a.md": "text"}}
        for _, address, identity in _links()
        if identity.kind is Kind.GIST
    ]


def _hub() -> list[dict[str, Any]]:
    held: dict[str, dict[str, Any]] = {}
    for _, _, identity in _links():
        if identity.kind is Kind.HUGGINGFACE:
            shelf, _, name = identity.whole.key.partition("/")
            former = {} if "/" in name else {"former": [name]}
            full = name if "/" in name else f"distilbert/{name}"
            held[full] = {shelf.removesuffix("s"): full, "files": {"README.md": "text"}, **former}
    return [*held.values(), {"blog": "rlhf", "title": "Illustrating RLHF"}]
