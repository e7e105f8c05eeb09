"""Holds the inputs against what they were before a change, and says what of them a run is to speak of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from rlhf_linkcheck.config import Base, Config
from rlhf_linkcheck.loaders import load
from rlhf_linkcheck.loaders.files import place_of
from rlhf_linkcheck.model import DefectKind, Document
from rlhf_linkcheck.report import Note
from rlhf_linkcheck.since.changes import Changes, changes_since
from rlhf_linkcheck.since.checkout import path_as_written, path_in_repository, root_of
from rlhf_linkcheck.since.revision import RevisionError, content_of, former_names, gone
from rlhf_linkcheck.since.scope import Scope


def scope_of(documents: Sequence[Document], config: Config) -> tuple[Scope, tuple[Note, ...]]:
    """The scope of a run over these documents, and what is to be said about it.

    Raises RevisionError where an input cannot be held against the base: it lies elsewhere, or git does not answer.
    """
    if config.since is None:
        return Scope(config.entry_ids), ()
    held = [_at_base(document, config.since, config) for document in documents]
    changes = changes_since([former for former, _ in held if former is not None], documents)
    notes = (note for _, note in held if note is not None)
    scope = Scope(config.entry_ids, changes)
    return scope, (_what_is_judged(documents, scope, config.since), *notes, *_new_suppressions(changes))


def in_words(base: Base) -> str:
    """How a base is called in messages."""
    return f"{base.revision} ({base.commit[:7]})"


def _at_base(document: Document, base: Base, config: Config) -> tuple[Document | None, Note | None]:
    """The document as it was, under the path that it has now; and a word where that is not plain."""
    path = document.path
    name = path_in_repository(path)
    if name is None or root_of(path) != base.root:
        raise RevisionError(f"--since {base.revision}: {path} lies outside the repository {base.root}")
    # By its name first, whatever the change makes that a link to.
    written = path_as_written(path, base.root)
    data, note = None if written is None else content_of(base, written), None
    if data is None:
        data = content_of(base, name)
    former_name = former_names(base).get(name) if data is None else None
    if former_name is not None:
        data, note = content_of(base, former_name), Note(f"was {former_name} at {in_words(base)}", path)
    if data is None:
        return None, Note(f"is not in {in_words(base)}, so all of it is new", path)
    former = load(path, config.schema, schema_text=config.schema_text, data=data)
    if any(defect.kind is DefectKind.SYNTAX for defect in former.defects):
        note = Note(f"could not be read whole at {in_words(base)}: what stood below the error is taken for new", path)
    return _with_files_of(base, former), note


def _with_files_of(base: Base, former: Document) -> Document:
    """The document as it was, among the files that were there."""
    if not former.absent:
        return former
    folder = Path(former.folder).resolve()
    places = ((address, place_of(address, folder, base.root)) for address in former.absent)
    lost = (address for address, place in places if place and place.relative_to(base.root).as_posix() in gone(base))
    return replace(former, absent=former.absent.difference(lost))


def _what_is_judged(documents: Sequence[Document], scope: Scope, base: Base) -> Note:
    entries = [entry for document in documents for entry in document.entries]
    judged = sum(map(scope.judges, entries))
    which = f": {f'{judged:,}' if judged else 'none'} of {len(entries):,} entries" if entries else ""
    return Note(f"only what was added or changed since {in_words(base)} is judged{which}")


def _new_suppressions(changes: Mapping[str, Changes]) -> Iterator[Note]:
    """Whoever reviews the change is to know what it asks not to hear of."""
    for path, own in changes.items():
        for comment in sorted(own.suppressions, key=lambda one: one.position):
            codes = ", ".join(comment.codes)
            yield Note(f"this change adds a suppression: ignore[{codes}]", path, comment.position.line)
