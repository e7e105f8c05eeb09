"""The catalogue of behaviours: what a simulated web does, and what the product has to say of a link into it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from rlhf_linkcheck.evidence import Reason, Verdict

FOLDER = Path(__file__).parent
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where PyYAML has it: each worker reads the catalogue."""
TEXT = (
    "Reinforcement learning from human feedback trains a reward model on comparisons that people make between two "
    "answers, and then a policy against it. The comparisons are cheap, the reward model is not the goal, and what is "
    "gained in one place may be lost in another: a policy that is pressed too hard finds what the reward model "
    "overlooks. We look at three ways to keep it in check. The first is a penalty for leaving the model that it began "
    "with; the second an ensemble of reward models whose least opinion counts; the third a fresh round of comparisons "
    "where the policy has moved. None of them is free, and all three have been combined. Our experiments say that the "
    "order matters more than the amount, and that the number of people who compare matters more than how often each of "
    "them is asked."
)
"""What ``$TEXT`` in a scenario stands for: as many words as an ordinary page has."""
CONTROL, FINE = "control.example", "fine.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """One behaviour. ``hosts`` and ``default`` are a scenario's, ``handlers`` name functions of handlers.py by host.

    ``code`` is the only finding about the link, None where there is none; ``naive`` is what a checker
    says that looks at the status of one HEAD; ``detail`` must be in the outcome's detail. ``options``
    are fields of NetworkConfig, ``config`` fields of Config. Where one is ``alone``, no other link of
    the list is answered.
    """

    file: str
    row: str
    name: str
    urls: tuple[str, ...]
    verdict: Verdict
    reason: Reason
    code: str | None
    naive: Verdict
    detail: str = ""
    hosts: Mapping[str, Any] = field(default_factory=dict)
    default: Any = None
    handlers: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    config: Mapping[str, Any] = field(default_factory=dict)
    alone: bool = False

    def __str__(self) -> str:
        return f"{self.file}/{self.name}"

    @property
    def is_trap(self) -> bool:
        """Whether it is no dead link, and a naive checker calls it dead."""
        return self.verdict in (Verdict.ALIVE, Verdict.UNCERTAIN) and self.naive is Verdict.DEAD

    @property
    def scenario(self) -> str:
        """The simulated web, with the control address and a fine link on another host."""
        others = {} if self.alone else {CONTROL: {"/": 200}, FINE: {"/": 200}}
        hosts = {**others, **{host: {} for host in self.handlers}, **self.hosts}
        return json.dumps({"default": self.default, "hosts": _filled(hosts)})  # JSON is YAML


def load() -> Iterator[Behaviour]:
    """All behaviours, in the order of the contract's table."""
    for path in sorted(FOLDER.glob("*.yaml")):
        content = yaml.load(path.read_text(encoding="utf-8"), LOADER)  # noqa: S506 - a SafeLoader, both of them
        for row in content["behaviours"]:
            yield _behaviour(path.stem, content["row"], row)


def _filled(value: object) -> object:
    """The part of a scenario with its text in place."""
    match value:
        case dict():
            return {key: _filled(inner) for key, inner in value.items()}
        case list():
            return [_filled(inner) for inner in value]
        case str():
            return value.replace("$TEXT", TEXT)
        case _:
            return value


def _behaviour(file: str, row: str, given: dict[str, Any]) -> Behaviour:
    rest = dict(given)
    return Behaviour(
        file=file,
        row=row,
        urls=tuple(rest.pop("urls", None) or (rest.pop("url"),)),
        verdict=Verdict(rest.pop("verdict")),
        reason=Reason(rest.pop("reason")),
        naive=Verdict(rest.pop("naive")),
        **rest,
    )
