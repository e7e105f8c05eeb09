"""Which findings are known and accepted, which of the accepted are gone, and what to accept of a run; pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from rlhf_linkcheck.aging import OF_THE_DEAD
from rlhf_linkcheck.config import Accepted, Baseline, Config
from rlhf_linkcheck.evidence import Evidence, Trust, Verdict
from rlhf_linkcheck.finding import Fingerprint, RuleInfo
from rlhf_linkcheck.fingerprint import (
    LONGEST_TITLE,
    fingerprint_of_entry,
    fingerprints,
    folded_address,
    folded_title,
    name_of,
    of_those_sharing,
)
from rlhf_linkcheck.judge import selected_rules
from rlhf_linkcheck.report import EntryReport, Note, Report, summarize
from rlhf_linkcheck.rules import RULES

NEVER_ACCEPTED = frozenset({"ENT100", "LNK104", "LNK105"})
"""Below a syntax error nothing is judged, and a site that is down or shy may be another way tomorrow."""

_NAMED = 10
_SHOWN = 60
_LONGEST_WORD = 200


def accept(report: Report, baseline: Baseline, config: Config) -> Report:
    """The report with the accepted findings suppressed, save those that are suppressed already, and a word of the idle.

    Its exit code is left as it is.
    """
    matching = _Matching(report, baseline, config)
    findings = tuple(
        replace(finding, suppressed_by=baseline.origin) if index in matching.known else finding
        for index, finding in enumerate(report.findings)
    )
    summary = summarize(report.summary.entries, report.links, findings, report.sources, report.records)
    notes = (*report.notes, *_notes(baseline, matching.left, Reach(report, config)))
    return replace(report, findings=findings, summary=summary, notes=notes)


def baseline_of(report: Report, name: str, config: Config) -> Baseline:
    """All findings of a whole run that nobody else suppresses, as a baseline of that name.

    What the configured baseline accepts and this run could not have found, offline for one, is kept.
    """
    before = config.baseline or Baseline("")
    titles = {folded_title(entry.title): entry.title[:LONGEST_TITLE] for entry in report.entries}
    found: dict[Fingerprint, Accepted] = {}
    for finding, about in zip(report.findings, fingerprints(report), strict=True):
        if finding.suppressed_by in (None, before.origin) and finding.rule.code not in NEVER_ACCEPTED:
            told = Accepted(about, titles.get(about.title, ""), _short(finding.message, _LONGEST_WORD), 0)
            held = found.setdefault(about, told)
            found[about] = replace(held, count=held.count + 1)
    left, reach = _Matching(report, before, config).left, Reach(report, config)
    for one in before.accepted:
        if left[one.about] and not reach.covers(one.about):
            count = left.pop(one.about)
            held = found.get(one.about, replace(one, count=0))
            found[one.about] = replace(held, count=held.count + count)
    return Baseline(name, tuple(found[about] for about in sorted(found)))


class _Matching:
    """Which findings of a report are accepted, by their index, and what of the accepted is left over."""

    def __init__(self, report: Report, baseline: Baseline, config: Config) -> None:
        self.left: Counter[Fingerprint] = Counter()
        for one in baseline.accepted:
            self.left[one.about] += one.count
        self.known: set[int] = set()
        if not self.left:
            return
        unknown = []
        for index, (finding, about) in enumerate(zip(report.findings, fingerprints(report), strict=True)):
            if finding.suppressed_by not in (None, baseline.origin):
                continue
            if self.left[about]:
                self._take(index, about)
            else:
                unknown.append((index, about))
        # Of a change the old ones are not told: what they are excused by would be left for a new one.
        if config.since is None:
            self._match_those_sharing(unknown)

    def _match_those_sharing(self, unknown: list[tuple[int, Fingerprint]]) -> None:
        """Of entries that share a link or a title, another one is the later by now: the finding is the same."""
        others: defaultdict[Fingerprint, list[Fingerprint]] = defaultdict(list)
        for about in +self.left:
            if (shared := of_those_sharing(about)) is not None:
                others[shared].append(about)
        for index, about in unknown:
            shared = of_those_sharing(about)
            candidates = [] if shared is None else others.get(shared, [])
            while candidates and not self.left[candidates[-1]]:
                candidates.pop()
            if candidates:
                self._take(index, candidates[-1])

    def _take(self, index: int, about: Fingerprint) -> None:
        self.left[about] -= 1
        self.known.add(index)


class Reach:
    """What a run was able to find, so that its silence means something."""

    def __init__(self, report: Report, config: Config) -> None:
        # Of a change single fields are judged, and the silence about the others says nothing.
        self._whole = report.complete and config.since is None
        self._rules = {rule.info.code: rule.info for rule in selected_rules(config)}
        files = {file.path: name_of(file) for file in report.files}
        self._files = frozenset(files.values())
        # A run over some of the entries says nothing of the others, nor of what stands outside them.
        self._entries = _heads(report.entries, files) if config.entry_ids else None
        self._answered: dict[tuple[str, str], bool] = {}
        self._heard: defaultdict[str, list[Evidence]] = defaultdict(list)
        for link in report.links:
            self._heard[folded_address(link.url)].append(link.evidence)

    def covers(self, about: Fingerprint) -> bool:
        """Whether a finding about this would have been raised, were there one."""
        rule = self._rules.get(about.code)
        if rule is None or not self._whole or about.file not in self._files:
            return False
        if self._entries is not None and _head(about) not in self._entries:
            return False
        return not rule.needs_network or self._was_answered(rule, about.url)

    def _was_answered(self, rule: RuleInfo, url: str) -> bool:
        """Whether what was heard tells of this address; one that is not listed any more cannot be found wanting."""
        # Thousands of forms of one address, and as many findings about it, are not compared pair by pair.
        if (rule.code, url) not in self._answered:
            heard = self._heard.get(url, ())
            self._answered[rule.code, url] = all(_tells(rule, evidence) for evidence in heard)
        return self._answered[rule.code, url]


def _heads(entries: tuple[EntryReport, ...], files: Mapping[str, str]) -> frozenset[Fingerprint]:
    return frozenset(fingerprint_of_entry(entry, files[entry.path]) for entry in entries)


def _head(about: Fingerprint) -> Fingerprint:
    return Fingerprint(about.file, about.title, about.link, about.entry)


def _tells(rule: RuleInfo, evidence: Evidence) -> bool:
    """Whether what was heard of an address would have let the rule speak."""
    if evidence.outcome.verdict not in (Verdict.ALIVE, Verdict.DEAD):
        return False
    if rule.code in OF_THE_DEAD and evidence.outcome.verdict is Verdict.ALIVE:
        return True  # what is there is not missing, whoever says so and however little else it says
    if rule.code.startswith("PAP"):
        return evidence.record is not None and evidence.record.trust is Trust.RECORD and not evidence.unsettled
    if rule.code.startswith("REP"):
        unread = rule.needs_writings and evidence.unread
        return evidence.repository is not None and not evidence.repository.seen_only and not unread
    return True


def _notes(baseline: Baseline, left: Counter[Fingerprint], reach: Reach) -> Iterator[Note]:
    """A word about each that can go, some of many."""
    known = {rule.info.code for rule in RULES}
    titles = {one.about: one.title for one in baseline.accepted}
    idle = [(about, count) for about, count in left.items() if count > 0]
    gone = [(about, count) for about, count in idle if about.code not in known or reach.covers(about)]
    for about, count in gone[:_NAMED]:
        words = " ".join(filter(None, (about.code, about.field, about.url)))
        title = titles[about] or about.entry
        where = f" («{_short(title, _SHOWN)}»)" if title else ""
        if about.code not in known:
            said = "there is no such rule"
        else:
            said = "not found any more" if count == 1 else f"{count} of them not found any more"
        yield Note(f"{baseline.origin}: {_short(words, _LONGEST_WORD)}{where}: {said}; take it out")
    if len(gone) > _NAMED:
        rest = len(gone) - _NAMED
        yield Note(f"{baseline.origin}: {rest} more can be taken out; --write-baseline writes the file anew")


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
