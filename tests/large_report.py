"""The golden report over and over, each time with entries, links and findings of its own."""

from dataclasses import replace

from golden_report import GOLDEN

from rlhf_linkcheck.report import Report, summarize


def large(entries: int) -> Report:
    """A report of so many entries, rounded up to tens."""
    copies = [_copy(number) for number in range(-(-entries // len(GOLDEN.entries)))]
    listed = tuple(entry for copy in copies for entry in copy.entries)
    links = tuple(link for copy in copies for link in copy.links)
    findings = tuple(finding for copy in copies for finding in copy.findings)
    return replace(
        GOLDEN,
        entries=listed,
        links=links,
        findings=findings,
        summary=summarize(len(listed), links, findings, GOLDEN.sources, GOLDEN.records),
    )


def _copy(number: int) -> Report:
    def own(name: str) -> str:
        return f"{name}-{number}"

    return replace(
        GOLDEN,
        entries=tuple(replace(each, id=own(each.id)) for each in GOLDEN.entries),
        links=tuple(
            replace(each, url=f"{each.url}?{number}", entries=tuple(map(own, each.entries))) for each in GOLDEN.links
        ),
        findings=tuple(
            replace(each, entry=own(each.entry) if each.entry else None, url=each.url and f"{each.url}?{number}")
            for each in GOLDEN.findings
        ),
    )
