"""The whole run in one place: load, plan, fetch, judge, report."""

import os.path
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from typing import TypeAlias

from rlhf_linkcheck.audits.auditing import Before, audited, part_of, with_pasts
from rlhf_linkcheck.baseline import accept
from rlhf_linkcheck.config import Audit, Config
from rlhf_linkcheck.evidence import Crawl, Evidence, Record, Trust, Verdict
from rlhf_linkcheck.finding import Finding
from rlhf_linkcheck.judge import Judgement, exit_code, judge, selected_rules
from rlhf_linkcheck.loaders import InputError, load
from rlhf_linkcheck.matching.papers import claim_of, compare
from rlhf_linkcheck.model import Category, DefectKind, Document, Entry
from rlhf_linkcheck.plan import Plan, make_plan
from rlhf_linkcheck.report import EntryReport, InputFile, LinkReport, Note, Report, summarize
from rlhf_linkcheck.rules import RULES
from rlhf_linkcheck.since.checkout import path_in_repository
from rlhf_linkcheck.since.comparison import scope_of
from rlhf_linkcheck.since.scope import Scope
from rlhf_linkcheck.version import __version__

OnAnswer: TypeAlias = Callable[[str, Evidence], None]
"""Told of each address as its evidence arrives."""

OnPlan: TypeAlias = Callable[[Plan], OnAnswer]
"""Told what will be asked, before anything is; returns what is to be told of the answers."""

_AMISS = frozenset({Verdict.DEAD, Verdict.UNCERTAIN})


def check(config: Config, on_plan: OnPlan = lambda _: lambda *_: None) -> Report:
    """Carry out one run.

    Raises InputError for an input that cannot be read, that has not one entry or link in it, or
    that lacks an entry asked for by its id.
    """
    return _run(config, on_plan, lambda crawl, _: crawl)


def audit(config: Config, previous: Report | None = None, on_plan: OnPlan = lambda _: lambda *_: None) -> Report:
    """Carry out one run held against earlier ones: all is asked anew unless ``config.audit`` says otherwise.

    ``previous`` is the report of an earlier audit; of it and the state file the later counts. Raises as ``check`` does.
    """
    # A check need not pay for importing what remembers.
    from rlhf_linkcheck.audits.ledger import ledger_of  # noqa: PLC0415 - see above

    heard = Before()
    doubts = config.audit or Audit()
    config = replace(config, audit=doubts, max_age=doubts.max_age)
    with ledger_of(config, _files(config), previous) as ledger:

        def with_history(crawl: Crawl, at: datetime) -> Crawl:
            nonlocal heard
            heard = ledger.before(crawl.evidence)
            return with_pasts(crawl, heard, at)

        report = audited(_run(config, on_plan, with_history), heard, config)
        # Who asks nobody does not look into the state file for anything else, and so has not said it yet.
        if ledger.trouble is not None and all(note.message != ledger.trouble for note in report.notes):
            report = replace(report, notes=(*report.notes, Note(ledger.trouble, trouble=True)))
        ledger.keep(report, whole=not part_of(config))
    return report


def has_been_audited(config: Config) -> bool:
    """Whether the state file knows of an audit of these inputs; no file is made to find out."""
    if config.state is None or not os.path.isfile(config.state):  # noqa: PTH113 - Path's raises where it may not look
        return False
    from rlhf_linkcheck.audits.ledger import ledger_of  # noqa: PLC0415 - as above

    with ledger_of(config, _files(config), None) as ledger:
        return ledger.knows_the_list()


def _run(config: Config, on_plan: OnPlan, with_history: Callable[[Crawl, datetime], Crawl]) -> Report:
    started_at, clock = _now(), monotonic()
    documents = tuple(load(path, config.schema, schema_text=config.schema_text) for path in config.inputs)
    for document in documents:
        _demand_content(document)
    _demand_asked_entries(documents, config.entry_ids)
    scope, said = scope_of(documents, config)
    selected = selected_rules(config)
    rules = [rule.info for rule in selected]
    plan = make_plan(
        documents,
        config,
        scope,
        network=any(rule.needs_network for rule in rules),
        compare=any(rule.needs_record for rule in rules),
        reads=any(rule.needs_writings for rule in rules),
        copies=any(rule.offers_copies for rule in selected),
    )
    crawl, word = _crawl(plan, config, on_plan)
    crawl = with_history(crawl, started_at)
    plan = replace(plan, requests=())  # of a long list they are a tenth of all there is, and nobody asks any more
    judgement = judge(documents, crawl, config, scope)
    report = make_report(documents, plan, crawl, judgement, config=config, scope=scope, started_at=started_at)
    report = _with_accepted(report, crawl, config)
    notes = (*map(Note, config.notes), *said, *report.notes, *(() if word is None else (Note(word, trouble=True),)))
    return replace(report, notes=notes, elapsed_ms=round((monotonic() - clock) * 1000))


def _now() -> datetime:
    """The time in UTC, in whole seconds as reports have it."""
    return datetime.now(UTC).replace(microsecond=0)


def _demand_content(document: Document) -> None:
    """A run over nothing would be green for ever, so it is refused; a file that is amiss speaks for itself."""
    if not (document.entries or document.links or document.defects):
        raise InputError(document.path, "has not one entry or link in it: is it the right file?")


def _demand_asked_entries(documents: Sequence[Document], asked: Sequence[str]) -> None:
    known = {entry.id for document in documents for entry in document.entries}
    for missing in (entry_id for entry_id in asked if entry_id not in known):
        paths = ", ".join(document.path for document in documents)
        raise InputError(paths, f"has no entry with the id «{missing}»")


def _crawl(plan: Plan, config: Config, on_plan: OnPlan) -> tuple[Crawl, str | None]:
    """What was heard, and a word about the memory where it could not be used."""
    if not plan.requests:
        return Crawl(evidence=plan.settled), None
    # Only a run that asks somebody pays for importing the network, and what it remembers.
    import asyncio  # noqa: PLC0415 - see above

    from rlhf_linkcheck.crawl.recollection import recollecting  # noqa: PLC0415 - see above
    from rlhf_linkcheck.fetch import fetch  # noqa: PLC0415 - see above

    with recollecting(config.state, config.network, config.max_age) as (recollection, word):
        heard: list[Crawl] = []

        async def crawl() -> None:
            # Not returned: at its end asyncio asks for the repr of its task, and with it of all that was heard.
            # https://github.com/python/cpython/blob/v3.11.7/Lib/signal.py#L24 (_int_to_enum)
            heard.append(await fetch(plan, config.network, on_plan(plan), recollection))

        asyncio.run(crawl())
    return heard[0], word or (recollection.trouble if recollection else None)


def make_report(  # noqa: PLR0913 - the stages' results meet here and nowhere else
    documents: Sequence[Document],
    plan: Plan,
    crawl: Crawl,
    judgement: Judgement,
    *,
    config: Config,
    scope: Scope,
    started_at: datetime,
) -> Report:
    """What all stages have brought, as reporters see it."""
    judged = tuple(entry for document in documents for entry in document.entries if scope.judges(entry))
    listed_by, brought = _listed_by(judged), _brought(documents, scope) | {one.url for one in judgement.findings}
    links = tuple(
        LinkReport(address, crawl.evidence[address], tuple(listed_by.get(address, ())))
        for address in plan.addresses
        if address in brought or crawl.evidence[address].outcome.verdict not in _AMISS
    )
    compared = judged if any(rule.info.needs_record for rule in selected_rules(config)) else ()
    records = (*_records(compared, crawl), *_repositories(judged, crawl))
    return Report(
        version=__version__,
        started_at=started_at,
        finished_at=_now(),
        complete=crawl.complete and not crawl.no_way_out and all(map(_is_whole, documents)),
        no_way_out=crawl.no_way_out,
        exit_code=_exit_code(judgement.findings, crawl, config),
        inputs=config.inputs,
        files=_files(config),
        summary=summarize(len(judged), links, judgement.findings, crawl.sources, records),
        links=links,
        findings=judgement.findings,
        entries=tuple(_entry_report(entry) for entry in judged),
        records=records,
        sources=crawl.sources,
        rules=tuple(rule.info for rule in RULES),
        notes=judgement.notes,
    )


def _files(config: Config) -> tuple[InputFile, ...]:
    return tuple(InputFile(path, path_in_repository(path)) for path in config.inputs)


def _with_accepted(report: Report, crawl: Crawl, config: Config) -> Report:
    """The report with what the baseline accepts suppressed."""
    if config.baseline is None:
        return report
    accepted = accept(report, config.baseline, config)
    return replace(accepted, exit_code=_exit_code(accepted.findings, crawl, config))


def _exit_code(findings: Iterable[Finding], crawl: Crawl, config: Config) -> int:
    return exit_code(findings, config.fail_on, no_way_out=crawl.no_way_out, interrupted_by=crawl.interrupted_by)


def _is_whole(document: Document) -> bool:
    """Whether the text could be read to its end; what stands below a syntax error was not judged."""
    return all(defect.kind is not DefectKind.SYNTAX for defect in document.defects)


def _brought(documents: Iterable[Document], scope: Scope) -> set[str | None]:
    """The addresses that the run is about: what became of an old one, asked for a new title, is not a change's."""
    return {
        link.address for document in documents for owner, link in document.owned_links() if scope.brings(owner, link)
    }


def _listed_by(entries: Iterable[Entry]) -> dict[str, dict[str, None]]:
    """The ids of the entries that list an address, each once, in the order of the text."""
    found: dict[str, dict[str, None]] = {}
    for entry in entries:
        for link in entry.all_links:
            found.setdefault(link.address, {})[entry.id] = None
    return found


def _records(entries: Iterable[Entry], crawl: Crawl) -> tuple[Record, ...]:
    """The records that entries were held against, each once; a second opinion only where it agrees."""
    found: dict[tuple[str, str, int | None], Record] = {}
    for entry in entries:
        address = entry.main.address if entry.main is not None and entry.category is Category.PAPER else ""
        heard = crawl.evidence.get(address)
        record = None if heard is None else heard.record
        if record is None or record.trust is Trust.HINT:
            continue
        if record.trust is not Trust.SECOND or compare(claim_of(entry), record).agrees:
            found[record.identity, record.source, record.version] = record
    return tuple(found.values())


def _repositories(entries: Iterable[Entry], crawl: Crawl) -> tuple[Record, ...]:
    """The records of repositories that entries list, each once."""
    heard = (crawl.evidence.get(link.address) for entry in entries for link in entry.all_links)
    listed = (evidence.repository for evidence in heard if evidence is not None)
    known = (repository for repository in listed if repository is not None and not repository.seen_only)
    records = (Record(one.identity, one.source, one.name, one.authors, one.retrieved_at) for one in known)
    return tuple({record.identity: record for record in records}.values())


def _entry_report(entry: Entry) -> EntryReport:
    return EntryReport(
        id=entry.id,
        category=entry.category.value if entry.category else None,
        section=entry.section,
        title=entry.title,
        url=entry.main.address if entry.main else "",
        path=entry.path,
        line=entry.position.line,
    )
