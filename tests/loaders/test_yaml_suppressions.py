"""Comments in a YAML list that ask not to hear of something: where they stand, and what they are about."""

import pytest

from rlhf_linkcheck.loaders.yaml import loads
from rlhf_linkcheck.model import Position

pytestmark = pytest.mark.usefixtures("both_parsers")


def test_suppressions_are_comments_and_nothing_else() -> None:
    text = (
        "# linkcheck: ignore[LNK1]\n"
        "- id: a # linkcheck: ignore[LNK105, ENT]\n"
        "  title: 'x # linkcheck: ignore[A]'\n"
        "  note: |\n    # linkcheck: ignore[B]\n"
        "  # linkcheck: ignore[C,]\n"
        "  url: x#linkcheck:ignore[D]\n"
        "  '# linkcheck: ignore[E]': x #linkcheck:ignore[F]\n"
        "  x: y # linkcheck: ignore[]  linkcheck: ignore[G]\n"
    )
    found = [(suppression.line, suppression.codes) for suppression in loads(text, "a.yaml").suppressions]
    assert found == [(1, ("LNK1",)), (2, ("LNK105", "ENT")), (6, ("C",)), (8, ("F",)), (9, ()), (9, ("G",))]


def test_a_suppression_stands_from_its_mark_to_its_bracket() -> None:
    (suppression,) = loads("- id: a # linkcheck: ignore[LNK105] because", "a.yaml").suppressions
    assert suppression.position == Position(1, 9, 1, 36)


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("# see note; linkcheck: ignore[LNK106]", ("LNK106",)),
        ("# a # linkcheck:ignore[LNK106]", ("LNK106",)),
        ("# linkcheck: ignore[lnk106, Ent]", ("LNK106", "ENT")),
        ("# linkcheck: ignore", ()),
        ("# linkcheck: ignore[]", ()),
        ("# linkcheck: ignore[ , ]", ()),
        ("# linkcheck: ignore[LNK106", ()),
        ("# linkcheck: ignore it", ()),
    ],
)
def test_a_suppression_is_heard_anywhere_in_a_comment_and_whatever_its_codes(
    comment: str, codes: tuple[str, ...]
) -> None:
    (suppression,) = loads(f"- id: a {comment}\n", "a.yaml").suppressions
    assert (suppression.line, suppression.codes) == (1, codes)


@pytest.mark.parametrize(
    "text",
    [
        "- id: a # linkcheck: ignored[LNK106]\n",
        "- id: a # unlinkcheck: ignore[LNK106]\n",
        "- linkcheck: ignore\n",
        "- 'linkcheck: ignore[A]': x\n",
        "- id: a\n  note: >\n    # see linkcheck: ignore[A]\n",
        "- id: a\n  note: b\n   c linkcheck:ignore[A]\n",
    ],
)
def test_what_only_looks_like_a_suppression_is_none(text: str) -> None:
    assert loads(text, "a.yaml").suppressions == ()


@pytest.mark.parametrize(
    ("text", "line", "about"),
    [
        ("- # linkcheck: ignore[A]\n  id: a\n", 1, 2),
        ("- # linkcheck: ignore[A]\r\n  id: a\r\n", 1, 2),
        ("-   # why; linkcheck: ignore[A]\n\n  # more\n  \n    id: a\n", 1, 5),
        ("- id: a\n  authors:\n  - # linkcheck: ignore[A]\n    Ann*\n", 3, 4),
        ("- # linkcheck: ignore[A]\n- id: b\n", 1, 1),
        ("  - # linkcheck: ignore[A]\n  - id: b\n", 1, 1),
        ("- # linkcheck: ignore[A]\n", 1, 1),
        ("- id: a # linkcheck: ignore[A]\n  url: b\n", 1, 1),
        ("# - linkcheck: ignore[A]\n- id: a\n", 1, 1),
    ],
)
def test_a_suppression_beside_a_lone_dash_is_about_what_the_dash_begins(text: str, line: int, about: int) -> None:
    (suppression,) = loads(text, "a.yaml").suppressions
    assert (suppression.position.line, suppression.line) == (line, about)


def test_suppressions_behind_a_syntax_error_are_not_read() -> None:
    text = '- id: a # linkcheck: ignore[A]\n- title: "x\n# linkcheck: ignore[B]\n'
    assert [suppression.codes for suppression in loads(text, "a.yaml").suppressions] == [("A",)]
