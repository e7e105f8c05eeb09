"""Says in words what of a list could not be verified, by the source that was to tell; pure."""

from collections.abc import Mapping

_HINTS = {
    "openreview": "what their pages say is not enough",
    "web": "their pages did not say what they show; a link to the abstract page, or to arXiv, would",
}
_UNCONFIRMED = "whether {} withdrawn could not be asked (PAP106): run again later"
_UNCOPIED = "whether there are copies of {} could not be asked: a later audit will"


def remarks(unverified: Mapping[str, int], unconfirmed: int, outage: str, uncopied: int = 0) -> Mapping[str, str]:
    """By source: the papers that stayed unverified, those that may have been withdrawn, and the hosts that are down.

    ``uncopied`` are the dead links of which nobody knows whether there is a copy.
    """
    words = {name: [_unverified(name, count)] for name, count in unverified.items()}
    if unconfirmed:
        words.setdefault("arxiv", []).append(_UNCONFIRMED.format(_were(unconfirmed)))
    if outage:
        words.setdefault("web", []).insert(0, outage)
    if uncopied:
        words["wayback"] = [_UNCOPIED.format("1 dead link" if uncopied == 1 else f"{uncopied:,} dead links")]
    return {name: "; ".join(said) for name, said in words.items()}


def _unverified(source: str, papers: int) -> str:
    """The rules that could not judge some papers, and what would help."""
    hint = _HINTS.get(source, "run again later")
    return f"{_papers(papers)} could not be held against the list (PAP101–PAP105, PAP108): {hint}"


def _were(papers: int) -> str:
    return f"{_papers(papers)} {'was' if papers == 1 else 'were'}"


def _papers(number: int) -> str:
    return "1 paper" if number == 1 else f"{number} papers"
