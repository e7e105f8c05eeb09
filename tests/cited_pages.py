"""Pages that say of a paper what it is, and what is read of them."""

from rlhf_linkcheck.content.citation import Citation
from rlhf_linkcheck.content.page import read_page

ADDRESS = "https://a.org/papers/rlhf.html"
PAPER = "Reward Models as Judges"


def cited(source: str, address: str = ADDRESS, *, whole: bool = True) -> Citation | None:
    return read_page(source, address, whole=whole).citation


def told(source: str) -> Citation:
    citation = cited(source)
    assert citation is not None
    return citation


def meta(name: str, *contents: str, attributes: str = "") -> str:
    return "".join(f'<meta name="{name}" content="{content}" {attributes}>' for content in contents)


def linked(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'
