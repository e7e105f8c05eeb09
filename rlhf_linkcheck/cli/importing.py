"""`import`: a Markdown list becomes an entries file."""

from pathlib import Path
from typing import Annotated

import typer

from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.output import print_exactly, spare, write_whole
from rlhf_linkcheck.cli.streams import tell
from rlhf_linkcheck.loaders import InputError, source
from rlhf_linkcheck.reporters.typesetting import harmless

_MARKDOWN = (".md", ".markdown")


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
    if not readme.lower().endswith(_MARKDOWN):
        raise InputError(readme, f"is no Markdown list: its name should end in {' or '.join(_MARKDOWN)}")
    read = source.read(readme)
    if read.defect is not None:
        raise UsageError(f"{readme}:{read.defect.position.line}:{read.defect.position.column}: {read.defect.message}")
    if output is not None:
        spare("import", output, [readme], None, "write the entries elsewhere")
    # The other commands need no such parser.
    from rlhf_linkcheck.importing import import_markdown  # noqa: PLC0415 - see above

    imported = import_markdown(read.text, readme, origin)
    if output is None:
        print_exactly([imported.text])
    else:
        write_whole(output, [imported.text])
        tell(f"{imported.entries} {'entry' if imported.entries == 1 else 'entries'} written to {output}")
    for defect in imported.left_out:
        place = f"{readme}:{defect.position.line}:{defect.position.column}"
        tell(harmless(f"left out: {place}: {defect.message}"))
