"""arXiv's query language, as the server of its API reads it.

https://github.com/arXiv/arxiv-search, search/domain/classic_api/query_parser.py and
search/services/index/prepare.py: values are matched word by word, in any order, and a parenthesis
opens a group wherever it stands, also between quotes.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .papers import Paper

Test = Callable[[Paper], bool]
WORD = re.compile(r"[^\W_]+")
OPERATORS = ("AND", "OR", "ANDNOT")


class BadQuery(Exception):  # noqa: N818 - its name in HTTP
    """A query that is answered with 400, or with 500 where the server trips over it."""

    def __init__(self, problem: str, status: int = 400) -> None:
        super().__init__(problem)
        self.status = status


@dataclass(frozen=True, slots=True)
class _Group:
    query: str


def parse_query(query: str) -> Test:
    """Whether a paper answers a query; operators of one rank, read from left to right. Raises BadQuery."""
    test: Test | None = None
    operator: str | None = None
    for token in (token for token in _tokens(query) if token):
        if isinstance(token, str) and ":" not in token:
            if token not in OPERATORS:
                raise BadQuery(f"Cannot parse fragment: {token}")
            if operator:
                raise BadQuery(f"Query contains 2 consecutive operators: {operator} {token}")
            operator = token
            continue
        own = parse_query(token.query) if isinstance(token, _Group) else _field(token)
        test, operator = _joined(test, operator, own), None
    return test or (lambda _: False)


def _joined(left: Test | None, operator: str | None, right: Test) -> Test:
    """Two tests by an operator, which is AND where there is none; ANDNOT alone is NOT."""
    if left is None:
        return (lambda paper: not right(paper)) if operator == "ANDNOT" else right
    match operator:
        case "OR":
            return lambda paper: left(paper) or right(paper)
        case "ANDNOT":
            return lambda paper: left(paper) and not right(paper)
        case _:
            return lambda paper: left(paper) and right(paper)


def _tokens(query: str) -> Iterator[str | _Group]:
    """The parts between blanks that are not quoted, empty ones too, and what stands in parentheses."""
    begin, opened, quoted = 0, list[int](), False
    for index, letter in enumerate(query):
        match letter:
            case "(":
                opened.append(index)
            case ")" if not opened:
                raise BadQuery("pop from empty list", status=500)
            case ")":
                start = opened.pop()
                if not opened:
                    yield _Group(query[start + 1 : index])
                    begin = index + 1
            case '"':
                quoted = not quoted
            case " " if not quoted and not opened:
                yield query[begin:index]
                begin = index + 1
    if quoted:
        raise BadQuery(f"Quotation does not close: {query[begin:]}")
    yield query[begin:]


def _field(token: str) -> Test:
    name, _, value = token.partition(":")
    if name not in FIELDS:
        raise BadQuery(f"Invalid field: {name}")
    asked, texts = words(value), FIELDS[name]
    return lambda paper: bool(asked) and any(asked <= words(text) for text in texts(paper))


def words(text: str) -> frozenset[str]:
    """The words of a text, without case; an underscore joins none, as in ``au:del_maestro``."""
    return frozenset(WORD.findall(text.casefold()))


FIELDS: dict[str, Callable[[Paper], tuple[str, ...]]] = {
    "ti": lambda paper: (paper.title,),
    "au": lambda paper: paper.authors,
    "co": lambda paper: (paper.versions[-1].comment or "",),
    "jr": lambda paper: (paper.journal_ref or "",),
    "id": lambda paper: (paper.arxiv or "",),
    "abs": lambda _: (),
    "cat": lambda _: (),
    "rn": lambda _: (),
    "all": lambda paper: (" ".join((paper.title, *paper.authors, paper.versions[-1].comment or "")),),
}
