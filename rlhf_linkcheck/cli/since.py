"""What `--since` needs before the run: its base, and what of the change has no say in its own check."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.files import AtBase
from rlhf_linkcheck.cli.flags import DEFAULT_INPUTS
from rlhf_linkcheck.cli.settings import Settings, read_settings
from rlhf_linkcheck.config import Base, Config
from rlhf_linkcheck.since.comparison import in_words
from rlhf_linkcheck.since.revision import RevisionError, base_of


def base_for(revision: str | None, path: str) -> Base | None:
    """The base of a change to this file, None where the whole list is to be checked. Raises UsageError."""
    if revision is None:
        return None
    try:
        return base_of(revision, path)
    except RevisionError as error:
        raise UsageError(str(error)) from error


def default_inputs(base: Base, now: Iterable[str]) -> list[str]:
    """What is checked where no input is named: what it was before the change, and what it is now.

    Else a change could draw the check away from the list, by bringing another one or taking the list away.
    """
    before = [name for name in DEFAULT_INPUTS if AtBase(base).has(Path(name))]
    return [*dict.fromkeys((*before[:1], *now))]


def without_effect(given: Path | None, counting: Settings, config: Config, base: Base) -> tuple[str, ...]:
    """What a change says of its own check: settings, a schema, a baseline. None of it counts before it is merged."""
    when, files = in_words(base), AtBase(base)
    notes: list[str] = []
    try:
        changed = read_settings(given)
    except UsageError as error:
        notes.append(f"the configuration of this change cannot be read, and that at {when} counts: {error}")
    else:
        if replace(changed, notes=()) != replace(counting, notes=()) or changed.notes != counting.notes:
            notes.append(f"the configuration is that at {when}: what this change alters in it has no effect yet")
            notes += changed.notes
    baseline = None if config.baseline is None else Path(config.baseline.name)
    for path in (config.schema, baseline):
        if path is not None and files.alters(path):
            notes.append(f"{path} is that at {when}: what this change alters in it has no effect yet")
    return tuple(notes)
