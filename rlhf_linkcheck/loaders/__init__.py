"""The loaders: from a path to a Document, by the kind of file."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import TypeAlias

from rlhf_linkcheck.loaders import yaml
from rlhf_linkcheck.loaders.files import with_absent_files
from rlhf_linkcheck.loaders.schema import Schema, shipped_schema
from rlhf_linkcheck.loaders.source import STDIN, InputError, Source, decode, read
from rlhf_linkcheck.loaders.violation import SchemaError
from rlhf_linkcheck.model import Document

__all__ = ["LOADERS", "InputError", "Loader", "SchemaError", "distinct", "load"]

Loader: TypeAlias = Callable[[Source, Callable[[], Schema]], Document]
"""From a file's text, and the schema that its kind may ask for, to what it says."""


def _load_yaml(source: Source, schema: Callable[[], Schema]) -> Document:
    return yaml.loads(source.text, source.path, schema(), source.defect)


def _schema(path: Path | None, text: bytes | None) -> Schema:
    if path is None:
        return shipped_schema()
    # What holds a schema against its own schema is of no use to the shipped one.
    from rlhf_linkcheck.loaders.schema_file import read_schema  # noqa: PLC0415 - see above

    return read_schema(path, text)


def _load_markdown(source: Source, _: Callable[[], Schema]) -> Document:
    # A run over YAML need not pay for importing a Markdown parser.
    from rlhf_linkcheck.loaders import markdown  # noqa: PLC0415 - see above

    # Half a Markdown list would lack the headings that its links point at, so it is all or nothing.
    if source.defect is not None:
        return Document(source.path, defects=(source.defect,))
    document = markdown.loads(source.text, source.path)
    return with_absent_files(replace(document, folder=str(PurePath(source.path).parent)))


LOADERS: Mapping[str, Loader] = MappingProxyType(
    {".yaml": _load_yaml, ".yml": _load_yaml, ".md": _load_markdown, ".markdown": _load_markdown}
)
"""What reads a file, by the suffix of its name in lower case; standard input (``-``) is YAML."""


def load(
    path: str, schema: Path | None = None, *, schema_text: bytes | None = None, data: bytes | None = None
) -> Document:
    """Read one input; what is amiss in its text is in ``Document.defects``.

    ``data`` and ``schema_text`` are what the files hold, where that is not what lies on the disk.

    Raises InputError for what cannot be read as a file or has no known suffix, and SchemaError for
    a schema that cannot be used.
    """
    source = read(path) if data is None else decode(path, data)
    loader = _loader_for(path)
    if loader is None:
        known = ", ".join(LOADERS)
        message = f"is of no known kind: its name should end in one of {known}; «-» reads YAML from a pipe"
        raise InputError(path, message)
    return loader(source, partial(_schema, schema, schema_text))


def distinct(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths without those that lead to what an earlier one has brought, read as the same kind of list."""
    found: dict[tuple[str, Loader | None], str] = {}
    for path in paths:
        found.setdefault((path if path == STDIN else os.path.realpath(path), _loader_for(path)), path)
    return tuple(found.values())


def _loader_for(path: str) -> Loader | None:
    return LOADERS.get(".yaml" if path == STDIN else PurePath(path).suffix.lower())
