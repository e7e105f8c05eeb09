"""REP102 renamed-repository: the repository goes by another name now."""

from collections.abc import Iterable, Iterator
from http import HTTPStatus

from rlhf_linkcheck.evidence import Evidence, Redirect, Verdict
from rlhf_linkcheck.finding import Edit, Finding, Proof, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.identity import Identity, Kind, Malformed, identify, identify_at, parse_address
from rlhf_linkcheck.model import Document, Entry, Link
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.paper import shortened
from rlhf_linkcheck.rules.repository import called, home_of

_FOR_GOOD = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})


class RenamedRepository(Rule):
    """
    ## What it does
    Reports a link to a repository, model or dataset that has been renamed, or moved to another
    owner, and suggests the same address under the new name. A difference in case is none, and a
    record that leads on to its newest version has no new name.

    ## Why is this bad?
    The old name leads on only until somebody takes it: then the link is another's repository, and
    nobody notices.

    ## Example
    ```yaml
    url: https://github.com/lvwerra/trl
    ```

    ## What to do instead
    ```yaml
    url: https://github.com/huggingface/trl
    ```
    """

    info = RuleInfo(
        "REP102",
        "renamed-repository",
        Severity.WARNING,
        "the repository has another name now",
        needs_network=True,
        fixable=True,
    )

    def check_link(self, owner: Entry | Document, link: Link, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding where the name of today is another than that of the link."""
        home = home_of(link, evidence)
        new = None if home is None else _new_address(home, link, evidence)
        if home is not None and new is not None:
            name = evidence.repository.name if evidence.repository else _identity_at(new, home.server).name
            yield self.finding(
                owner,
                f"{called(home)} is called {shortened(name)} now; link to it by that name",
                link,
                proof=Proof(evidence.source, link.address, new, evidence.outcome.checked_at),
                suggestion=Suggestion((Edit(link.field, new),)),
            )


def _new_address(home: Identity, link: Link, evidence: Evidence) -> str | None:
    """The address under the new name: as the source gives it, else where the redirects ended."""
    outcome = evidence.outcome
    # Whose link leads here for now only may want it to lead elsewhere tomorrow.
    new = outcome.moved_to or (outcome.final_url if _is_named(home, link) else None)
    if outcome.verdict is not Verdict.ALIVE or new is None or home.kind is Kind.ZENODO:
        return None
    found = _identity_at(new, home.server)
    renamed = found.kind is home.kind and found.name.lower() != home.name.lower()
    return new if renamed and not _leads_elsewhere(home, outcome.redirects) else None


def _is_named(home: Identity, link: Link) -> bool:
    """Whether a link names the repository itself, and does not just lead to it."""
    return _identity_at(link.address, home.server).whole == home.whole


def _leads_elsewhere(home: Identity, redirects: Iterable[Redirect]) -> bool:
    """Whether GitHub leads to another repository for now only, as from a submodule to what it is; new names are 301."""
    name = home.name.lower()
    for redirect in redirects if home.kind is Kind.GITHUB else ():
        at = _identity_at(redirect.url, home.server).name.lower()
        if at != name and redirect.status not in _FOR_GOOD:
            return True
        name = at
    return False


def _identity_at(address: str, server: str) -> Identity:
    """What an address leads to, at the public homes or at a GitHub of its own."""
    parsed = parse_address(address)
    own = identify_at(server, parsed) if server and not isinstance(parsed, Malformed) else None
    return own or identify(address)
