"""Decides which repositories' own words are worth reading, and what they say of the entries that list them; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rlhf_linkcheck.evidence import Evidence, Verdict
from rlhf_linkcheck.identity import Identity, Kind
from rlhf_linkcheck.matching.belonging import agrees_with_name, describes, identities_of, is_named_in
from rlhf_linkcheck.matching.readme import read_citation, read_readme
from rlhf_linkcheck.matching.upkeep import is_kept_up
from rlhf_linkcheck.repository import CITATION, Repository, Text, Writing
from rlhf_linkcheck.sources.base import Answers, Holder, Request, Usage, Use, Writings


def files_wanted(heard: Mapping[Request, Evidence], quiet_months: int) -> tuple[Writings, ...]:
    """The repositories whose READMEs may settle what is open about an entry, what matters most first.

    Where nobody has pushed for ``quiet_months`` it may say that nobody will.
    """
    return in_order(open_usages(heard, by_identity(heard), quiet_months))


def open_usages(
    heard: Mapping[Request, Evidence], known: Mapping[Identity, Evidence], quiet_months: int
) -> dict[Identity, list[Usage]]:
    """Of repositories with a README, for what entries use them of which it may say more than is ``known``."""
    wanted: dict[Identity, list[Usage]] = {}
    for request, evidence in heard.items():
        repository = evidence.repository
        if repository is not None and _is_readable(repository) and evidence.outcome.verdict is not Verdict.DEAD:
            place = request.identity.place
            quiet = not is_kept_up(repository, quiet_months)
            open_uses = [
                use.usage for use in request.uses if _is_open(use, repository, known.get(use.main), place, quiet=quiet)
            ]
            wanted.setdefault(request.identity, []).extend(open_uses)
    return wanted


def in_order(wanted: Mapping[Identity, Sequence[Usage]]) -> tuple[Writings, ...]:
    """What is to be read of these repositories, what matters most first."""
    ranked = sorted((min(usages), index) for index, usages in enumerate(wanted.values()) if usages)
    places = tuple(wanted)
    return tuple(Writings(places[index], citation=usage is Usage.CODEBASE) for usage, index in ranked)


def with_writings(
    heard: Mapping[Request, Evidence], answers: Answers, wanted: Sequence[Writings] = ()
) -> dict[Request, Evidence]:
    """The evidence with what READMEs and CITATION.cff say; None of what was not read, or could not be.

    What was ``wanted`` and has no answer is unread.
    """
    told = {question.repository: answer for question, answer in answers.items() if isinstance(question, Writings)}
    left = frozenset(question.repository for question in wanted if told.get(question.repository) is None)
    return {
        request: replace(evidence, unread=True)
        if request.identity in left
        else _with_texts(request, evidence, told.get(request.identity))
        for request, evidence in heard.items()
    }


def holders_wanted(heard: Mapping[Request, Evidence]) -> tuple[Holder, ...]:
    """Is the repository there, of which only a place was asked about and is not? Each such repository once."""
    known = by_identity(heard)
    lost = (request.identity.whole for request, evidence in heard.items() if _is_lost(request, evidence))
    return tuple(dict.fromkeys(Holder(whole) for whole in lost if whole not in known))


def with_holders(heard: Mapping[Request, Evidence], answers: Answers) -> dict[Request, Evidence]:
    """The evidence with the repository that a place is in, where that is there though the place is not."""
    known = by_identity(heard)
    return {
        request: _held(request.identity.whole, evidence, known, answers) if _is_lost(request, evidence) else evidence
        for request, evidence in heard.items()
    }


def by_identity(heard: Mapping[Request, Evidence]) -> dict[Identity, Evidence]:
    """What is known of each thing; by which of its addresses does not matter."""
    known: dict[Identity, Evidence] = {}
    for request, evidence in heard.items():
        if request.identity.kind is Kind.WEB:
            continue  # a page is no repository, nor does one hold it
        before = known.get(request.identity)
        if before is None or _tells(evidence) > _tells(before):
            known[request.identity] = evidence
    return known


def _tells(evidence: Evidence) -> tuple[bool, int]:
    """How much is known by one of several addresses: what it is, or at least whether it is there."""
    ranks = {Verdict.ALIVE: 2, Verdict.DEAD: 1}
    return evidence.current is not None or evidence.repository is not None, ranks.get(evidence.outcome.verdict, 0)


def _is_readable(repository: Repository) -> bool:
    return not (repository.seen_only or repository.empty or repository.restricted)


def _is_open(use: Use, repository: Repository, main: Evidence | None, place: str, *, quiet: bool) -> bool:
    """Whether a README would say more about an entry's use of a repository than is known already."""
    match use.usage:
        case Usage.OFFICIAL_CODE:
            papers = identities_of(use.main, main)
            named = main is not None and main.current is not None and is_named_in(repository, main.current)
            return not named and not describes(use.claim, papers, repository)
        case Usage.CODEBASE:
            unlike = not agrees_with_name(use.claim, repository, (), place)
            return unlike or bool(use.claim.authors) or (quiet and not repository.archived)
        case _:
            return quiet and not repository.archived


def _with_texts(request: Request, evidence: Evidence, told: tuple[object, ...] | None) -> Evidence:
    repository = evidence.repository
    if repository is None or told is None:
        return evidence
    texts = (answer for answer in told if isinstance(answer, Text))
    return replace(evidence, writings=tuple(_read(text, request, repository) for text in texts))


def _read(text: Text, request: Request, repository: Repository) -> Writing:
    claims = [use.claim for use in request.uses]
    if text.path.rpartition("/")[2] == CITATION:
        return read_citation(text, claims)
    return read_readme(text, repository.name, claims)


def _is_lost(request: Request, evidence: Evidence) -> bool:
    """Whether a page says that a place in a repository is not there, and nobody has said that the repository is."""
    by_page = request.identity != request.identity.whole and evidence.source == request.route[-1]
    return by_page and evidence.outcome.verdict is Verdict.DEAD and evidence.repository is None


def _held(whole: Identity, evidence: Evidence, known: Mapping[Identity, Evidence], answers: Answers) -> Evidence:
    """The evidence about a lost place, with its repository, or with that this is not there either."""
    other = known.get(whole)
    if other is None:
        answer = answers.get(Holder(whole))
        found = next((one for one in answer or () if isinstance(one, Repository)), None)
        return replace(evidence, repository=found, homeless=answer == ())
    checked_at = other.outcome.checked_at
    if other.repository is None and other.outcome.verdict is Verdict.ALIVE and checked_at is not None:
        seen = Repository(str(whole), other.source or "", whole.name, checked_at, seen_only=True)
        return replace(evidence, repository=seen)
    return replace(evidence, repository=other.repository, homeless=other.outcome.verdict is Verdict.DEAD)
