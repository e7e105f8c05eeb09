"""What rules about one link's outcome have in common: each speaks for some of the reasons."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason
from rlhf_linkcheck.finding import Finding, Proof
from rlhf_linkcheck.model import Document, Entry, Link
from rlhf_linkcheck.rules.archive import with_copy
from rlhf_linkcheck.rules.base import Rule


class OutcomeRule(Rule):
    """Reports a link whose outcome has one of the rule's reasons.

    ``words`` says by reason what it means for a reader; empty where the outcome's own detail
    («its certificate has expired») says it all. ``advice`` says what to do.
    """

    words: ClassVar[Mapping[Reason, str]]
    advice: ClassVar[Mapping[Reason, str]]

    def check_link(self, owner: Entry | Document, link: Link, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding where the reason is one of this rule's."""
        outcome = evidence.outcome
        if outcome.reason in self.words:
            found = self.finding(
                owner,
                self._message(outcome),
                link,
                proof=Proof(source=evidence.source, retrieved_at=outcome.checked_at),
            )
            yield with_copy(found, evidence) if self.offers_copies else found

    def _message(self, outcome: Outcome) -> str:
        said = [part for part in (self.words[outcome.reason], outcome.detail) if part]
        seen = ": ".join(said) or outcome.reason.replace("_", " ")
        return f"{seen}; {self.advice[outcome.reason]}"
