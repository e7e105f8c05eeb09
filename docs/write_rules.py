"""Writes docs/rules/ anew from the rules' docstrings: `make docs`."""

from pathlib import Path

from rlhf_linkcheck.rules import RULES
from rlhf_linkcheck.rules.page import page

FOLDER = Path(__file__).parent / "rules"


def pages() -> dict[str, str]:
    """Each file of docs/rules/ and its text: a page a rule, and the index."""
    rows = [
        f"| [{rule.info.code}]({rule.info.code}.md) | {rule.info.name} | {rule.info.severity.value} "
        f"| {rule.info.summary} |\n"
        for rule in RULES
    ]
    index = "# Rules\n\n| code | name | severity | says |\n|---|---|---|---|\n" + "".join(rows)
    return {"README.md": index, **{f"{rule.info.code}.md": page(rule) for rule in RULES}}


def main() -> None:
    """Write the pages, and remove those of rules that are gone."""
    FOLDER.mkdir(exist_ok=True)
    wanted = pages()
    for stale in {path.name for path in FOLDER.glob("*.md")} - wanted.keys():
        (FOLDER / stale).unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
