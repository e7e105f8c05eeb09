"""Lists of any size and what may be heard of their links; the same for the same size, whoever asks."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # whoever only writes a list stays small
    from rlhf_linkcheck.evidence import Evidence
    from rlhf_linkcheck.plan import Plan

LINKS_A_HOST = 20
"""100,000 links over 5,000 hosts; the real list has 319 over 50, but most on two."""

_MOMENT = datetime(2026, 1, 31, 2, 0, 7, tzinfo=UTC)
_WORDS = [
    "Reward",
    "Policy",
    "Preference",
    "Feedback",
    "Human",
    "Language",
    "Model",
    "Alignment",
    "Learning",
    "Optimization",
    "Direct",
    "Offline",
    "Online",
    "Robust",
    "Token",
    "Sparse",
    "Dense",
    "Safe",
    "Multi-modal",
    "Efficient",
    "Diffusion",
    "Distillation",
    "Ensemble",
    "Value",
    "Critic",
    "Sampling",
]
_GIVEN = [
    "Ada",
    "Bela",
    "Chen",
    "Dana",
    "Emil",
    "Farah",
    "Goran",
    "Hana",
    "Igor",
    "Jun",
    "Kato",
    "Lena",
    "Mika",
    "Nadia",
    "Omar",
    "Petra",
    "Qiu",
    "Rosa",
    "Sven",
    "Tala",
]
_FAMILY = [
    "Abel",
    "Berg",
    "Costa",
    "Diaz",
    "Engel",
    "Fischer",
    "Gupta",
    "Huang",
    "Ito",
    "Jansen",
    "Kim",
    "Lopez",
    "Meyer",
    "Novak",
    "Okafor",
    "Park",
    "Quist",
    "Rossi",
    "Silva",
    "Tan",
    "Ueda",
    "Vogel",
    "Weber",
    "Xu",
    "Yang",
    "Zhou",
]


def write_list(folder: Path, links: int, kind: str) -> Path:
    """Write a list of so many links into this folder: 2 or 3 an entry, or of ``papers`` one."""
    suffix, text_of, share = KINDS[kind]
    path = folder / f"list{suffix}"
    with path.open("w", encoding="utf-8") as file:
        if suffix == ".md":
            file.write("# A list\n\n## Papers\n\n")
        file.writelines(text_of(number, max(links // LINKS_A_HOST, 1)) for number in range(int(links * share)))
    return path


def heard(plan: "Plan", kind: str) -> "dict[str, Evidence]":
    """Evidence for each address of a plan: of the plain web, most of it alive, or the records of papers."""
    tell = _tell_papers if kind == "papers" else _tell_web
    return dict(tell(plan))


def _tell_web(plan: "Plan") -> "Iterator[tuple[str, Evidence]]":
    from rlhf_linkcheck.evidence import Evidence, Outcome, Reason  # noqa: PLC0415 - see above

    for number, address in enumerate(plan.addresses):
        # Each has texts and numbers of its own, as from the network.
        final, elapsed = "".join(address), 1000 + number
        match number % 32:
            case 0:
                outcome = Outcome(Reason.NOT_FOUND, 404, final, None, (), 2, elapsed, "answered 404 twice", _MOMENT)
            case 8:
                outcome = Outcome(Reason.TIMEOUT, None, final, None, (), 3, elapsed, "no answer in 20 s", _MOMENT)
            case _:
                outcome = Outcome(Reason.OK, 200, final, None, (), 1, elapsed, "", _MOMENT)
        yield address, Evidence(outcome, "web")


def _tell_papers(plan: "Plan") -> "Iterator[tuple[str, Evidence]]":
    from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, Record  # noqa: PLC0415 - see above

    for number, address in enumerate(plan.addresses):
        outcome = Outcome(Reason.OK, 200, "".join(address), None, (), 1, 1000 + number, "", _MOMENT)
        # Of a hundred one link is another paper's, and one title lacks a word.
        told = number + 1 if number % 100 == 0 else number
        title = _title(told).partition(" ")[2] if number % 100 == 1 else _title(told)
        identity = f"arxiv:{_paper(number)}"
        record = Record(identity, "arxiv", title, _authors(told), _MOMENT, version=1)
        yield address, Evidence(outcome, "arxiv", record)


def _title(number: int) -> str:
    chosen = (_WORDS[(number // len(_WORDS) ** power + 7 * power) % len(_WORDS)] for power in range(5))
    return f"{' '.join(chosen)}: A Study of {number} Cases"


def _authors(number: int) -> tuple[str, ...]:
    return tuple(
        f"{_GIVEN[(number // step) % len(_GIVEN)]} {_FAMILY[(number // step + step) % len(_FAMILY)]}"
        for step in (1, 3, 7, 11)
    )


def _paper(number: int) -> str:
    """An arXiv number: at most 99,999 a month."""
    return f"{15 + number // 600_000:02}{1 + number // 50_000 % 12:02}.{1 + number % 50_000:05}"


def _others(number: int, hosts: int) -> Iterator[str]:
    for index in range(1 + number % 2):
        host = (number * 7 + index + 1) % hosts
        yield f"https://www.site-{host}.example/projects/{number}/page-{index}.html"


def _main(number: int, hosts: int) -> str:
    return f"https://blog.host-{number % hosts}.example/2025/posts/{number}-on-preferences"


def _yaml(number: int, url: str, others: Iterator[str], category: str) -> str:
    names = "".join(f"    - {name}\n" for name in _authors(number))
    links = "".join(f"    - role: code\n      label: Official\n      url: {other}\n" for other in others)
    return (
        f"- id: entry-{number}\n  category: {category}\n  title: '{_title(number)}'\n  url: {url}\n  authors:\n{names}"
        f"  year: 2015\n  section: '{2010 + number % 16}'\n  keywords:\n    - {_WORDS[number % len(_WORDS)]} Model\n"
        f"    - Large Scale\n{f'  links:{chr(10)}{links}' if links else ''}\n"
    )


def _web_entry(number: int, hosts: int) -> str:
    return _yaml(number, _main(number, hosts), _others(number, hosts), "blog")


def _paper_entry(number: int, _: int) -> str:
    return _yaml(number, f"https://arxiv.org/abs/{_paper(number)}", iter(()), "paper")


def _markdown_entry(number: int, hosts: int) -> str:
    links = ", ".join(f"[Official]({other})" for other in _others(number, hosts))
    return (
        f"- [{_title(number)}]({_main(number, hosts)})\n  - {', '.join(_authors(number))}\n"
        f"  - Keyword: {_WORDS[number % len(_WORDS)]} Model, Large Scale\n  - Code: {links}\n"
    )


KINDS: Mapping[str, tuple[str, Callable[[int, int], str], float]] = MappingProxyType(
    {
        "yaml": (".yaml", _web_entry, 0.4),
        "markdown": (".md", _markdown_entry, 0.4),
        "papers": (".yaml", _paper_entry, 1),
    }
)
"""By name: the file's suffix, how an entry is written, and how many entries a link."""
