"""Decides what is worth asking besides, once everything has had its answer, and what the answers change; pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from rlhf_linkcheck.evidence import Evidence, Record, Trust, Verdict
from rlhf_linkcheck.identity import Identity, Kind, identify
from rlhf_linkcheck.matching.papers import Claim, appraise, compare, meant
from rlhf_linkcheck.matching.titles import fold
from rlhf_linkcheck.sources.base import (
    Answers,
    Meant,
    OlderVersions,
    Publication,
    Question,
    Request,
    SecondOpinion,
    Withdrawal,
)

_TELLS_OF_WITHDRAWALS = ("arxiv", "oai")
_PAPERS = frozenset({Kind.ARXIV, Kind.DOI, Kind.ACL, Kind.OPENREVIEW})


def open_questions(heard: Mapping[Request, Evidence]) -> tuple[Question, ...]:
    """What may yet excuse or confirm what was heard: each question once."""
    asked = (question for request, evidence in heard.items() for question in _questions(request, evidence))
    return tuple(dict.fromkeys(asked))


def with_answers(request: Request, evidence: Evidence, answers: Answers) -> Evidence:
    """The evidence with what its questions brought.

    What could not be asked leaves it unsettled, and a withdrawal that nobody confirmed is none.
    """
    if evidence.current is None and not _papers_of(request):
        return evidence  # as almost all of a long list are: nothing was asked, and nothing can be excused
    questions = tuple(_questions(request, evidence))
    excuses = [question for question in questions if isinstance(question, OlderVersions | Publication)]
    second = _records(questions, answers, SecondOpinion)
    confirmed = bool(_records(questions, answers, Withdrawal))
    return replace(
        evidence,
        record=next(iter(second), None) or _standing(evidence.record, confirmed=confirmed),
        newest=_standing(evidence.newest, confirmed=confirmed),
        earlier=_records(questions, answers, OlderVersions),
        elsewhere=_records(questions, answers, Publication),
        unsettled=any(answers.get(excuse) is None for excuse in excuses)
        or (_departs(request, evidence) and _versions_unknown(request, evidence)),
    )


def is_plain(request: Request, evidence: Evidence) -> bool:
    """Whether a link leads to but a page, of which no paper is claimed and no repository is known."""
    return request.identity.kind is Kind.WEB and evidence.repository is None and not _papers_of(request)


def unverified(heard: Mapping[Request, Evidence]) -> Mapping[str, int]:
    """How many living papers nobody could hold an entry against, by the first source that was to tell of them."""
    left = (
        request.route[0]
        for request, evidence in heard.items()
        if _papers_of(request) and evidence.outcome.verdict is not Verdict.DEAD and _is_open(request, evidence)
    )
    return Counter(left)


def unconfirmed(heard: Mapping[Request, Evidence], answers: Answers) -> int:
    """How many papers may have been withdrawn, and nobody could be asked whether they were."""
    questions = open_questions(heard)
    unasked = sum(isinstance(question, Withdrawal) and answers.get(question) is None for question in questions)
    # Who answers in arXiv's place for its papers does not tell that.
    return unasked + sum(
        request.identity.kind is Kind.ARXIV
        and evidence.outcome.verdict is not Verdict.DEAD
        and (evidence.current is None or evidence.current.source not in _TELLS_OF_WITHDRAWALS)
        for request, evidence in heard.items()
    )


Known: TypeAlias = Mapping[str, Sequence[Record]]
"""The records at hand by their folded titles: each that was heard of may be what somebody else meant."""


def known_papers(heard: Mapping[Request, Evidence]) -> Known:
    """The records of papers at hand, by title."""
    known: defaultdict[str, list[Record]] = defaultdict(list)
    for evidence in heard.values():
        record = evidence.current
        if record is not None and record.trust in (Trust.RECORD, Trust.PAGE):
            for title in {fold(title) for title in record.titles}:
                known[title].append(record)
    return {title: tuple(records) for title, records in known.items()}


def wanted_papers(heard: Mapping[Request, Evidence], known: Known) -> tuple[Meant, ...]:
    """A title to look for, for each entry whose link leads to another paper, save where the right one was heard of."""
    titles = (
        Meant(claim.title)
        for request, evidence in heard.items()
        for claim in _papers_of(request)
        if _leads_astray(evidence, claim) and meant(claim, _titled(claim, known)) is None
    )
    return tuple(dict.fromkeys(titles))


def with_meant(request: Request, evidence: Evidence, known: Known, answers: Answers) -> Evidence:
    """The evidence with the papers that entries meant by this link, where it leads to another."""
    papers: dict[str, Record] = {}
    for claim in _papers_of(request):
        if _leads_astray(evidence, claim):
            paper = meant(claim, (*_titled(claim, known), *_records((Meant(claim.title),), answers, Meant)))
            if paper is not None:
                papers[paper.identity] = paper
    return replace(evidence, meant=tuple(papers.values())) if papers else evidence


def _questions(request: Request, evidence: Evidence) -> Iterator[Question]:
    paper, current = request.identity, evidence.current
    if current is None or current.trust is Trust.HINT:
        if _papers_of(request) and paper.kind in _PAPERS and evidence.outcome.verdict is not Verdict.DEAD:
            yield SecondOpinion(paper)
        return
    if paper.kind is Kind.ARXIV and current.withdrawn is not None:
        yield Withdrawal(paper, current)
    if not _departs(request, evidence):
        return
    if paper.kind is Kind.ARXIV and (current.version or 1) > 1:
        yield OlderVersions(paper, current.version or 1)
    venue = _doi(current)
    if venue is not None and venue != paper:
        yield Publication(venue)


def _papers_of(request: Request) -> tuple[Claim, ...]:
    """What papers claim: only of these anybody holds a record."""
    return tuple(claim for claim in request.claims if claim.paper)


def _departs(request: Request, evidence: Evidence) -> bool:
    """Whether what an entry says departs from a record whose word would be held against it."""
    record = evidence.record
    if record is None or record.trust not in (Trust.RECORD, Trust.PAGE):
        return False
    return any(not compare(claim, record).agrees for claim in _papers_of(request))


def _versions_unknown(request: Request, evidence: Evidence) -> bool:
    """Whether there may be older versions that nobody could be asked for: not all of arXiv's ways number them."""
    current = evidence.current
    return request.identity.kind is Kind.ARXIV and current is not None and current.version is None


def _doi(record: Record) -> Identity | None:
    """The DOI that a record names, None for none and for a preprint's own."""
    identity = identify(f"doi:{record.doi}") if record.doi else None
    return identity if identity is not None and identity.kind is Kind.DOI else None


def _records(questions: Iterable[Question], answers: Answers, kind: type) -> tuple[Record, ...]:
    return tuple(
        answer
        for question in questions
        if isinstance(question, kind)
        for answer in answers.get(question) or ()
        if isinstance(answer, Record)
    )


def _standing(record: Record | None, *, confirmed: bool) -> Record | None:
    """The record as it stands: an arXiv comment about a withdrawal counts where it was confirmed."""
    if record is None or confirmed or not record.identity.startswith(f"{Kind.ARXIV}:"):
        return record
    return replace(record, withdrawn=None)


def _titled(claim: Claim, known: Known) -> Iterator[Record]:
    """The papers at hand that have a claim's title."""
    for title in claim.titles:
        yield from known.get(fold(title), ())


def _is_open(request: Request, evidence: Evidence) -> bool:
    """Whether there is no record that a difference could be told by, or not all that might excuse one."""
    record = evidence.record
    if record is None or record.trust is Trust.HINT:
        return True
    if evidence.unsettled:
        return not any(_leads_astray(evidence, claim) for claim in _papers_of(request))
    return record.trust is Trust.SECOND and not all(compare(claim, record).agrees for claim in _papers_of(request))


def _leads_astray(evidence: Evidence, claim: Claim) -> bool:
    appraisal = appraise(claim, evidence)
    return appraisal is not None and appraisal.astray
