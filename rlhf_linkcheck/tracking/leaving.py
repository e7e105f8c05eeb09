"""What of a report is the tracking issue's: not what the configuration wants to hear no more of; pure."""

from dataclasses import replace

from rlhf_linkcheck.config import Config
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.fingerprint import folded_address
from rlhf_linkcheck.report import Report


def without_left_out(report: Report, config: Config) -> Report:
    """The report without what is known, and was not looked at because its rule or its address is left out.

    No later audit would look at it either, and an issue that waits for it would stay open for ever.
    """
    if report.history is None:
        return report
    left_out = frozenset(
        folded_address(link.url) for link in report.links if link.evidence.outcome.reason is Reason.EXCLUDED
    )
    unseen = tuple(
        one for one in report.history.unseen if config.selects(one.about.code) and one.about.url not in left_out
    )
    return replace(report, history=replace(report.history, unseen=unseen))
