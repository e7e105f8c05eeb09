"""`import`: a Markdown list becomes an entries file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.loaders import source


def import_list(
    readme: Annotated[str, typer.Argument(metavar="README.md", help="The Markdown list.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write here. Default: standard output.", show_default=False
        ),
    ] = None,
    origin: Annotated[
        str | None,
        typer.Option("--source", metavar="TEXT", help="Where the list is from and its licence, for the head comment."),
    ] = None,
) -> None:
    """Turn a Markdown list into an entries file, faithfully: what is irregular stays so, for `check` to report."""
    from rlhf_linkcheck.importing import import_markdown  # noqa: PLC0415 - the other commands need no such parser

    read = source.read(readme)
    if read.defect is not None:
        raise UsageError(f"{readme}: {read.defect.message}")
    text = import_markdown(read.text, readme, origin)
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"import: {output} cannot be written: {error.strerror}") from error
