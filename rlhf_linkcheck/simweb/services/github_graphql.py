"""GitHub's GraphQL API as a client meets it: tokens, points, time-outs, and answers of 200 that hold errors.

https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api.
graphql-core executes the queries; it is imported with the first one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request

from .answers import page
from .github_answers import LIMITS, NOBODY, REQUEST_ID, SOMEBODY, problem, told
from .github_forge import Forge
from .github_meter import Allowance
from .github_settings import LimitType, Settings, TimeoutBody

GUIDE = "https://docs.github.com/graphql/guides/forming-calls-with-graphql#authenticating-with-graphql"
WRONG = (
    "Something went wrong while executing your query. This may be the result of a timeout, "
    f"or it could be a GitHub bug. Please include `{REQUEST_ID}` when reporting this issue."
)
LATE = (
    "We couldn't respond to your request in time. Sorry about that. "
    "Please try resubmitting your request and contact us if the problem persists."
)


@dataclass(frozen=True, slots=True)
class Query:
    """What a client posts."""

    text: str
    variables: Mapping[str, Any]
    operation: str | None

    @classmethod
    def of(cls, request: Request) -> "Query | None":
        """Reads a body; None for one that holds no query."""
        try:
            body = json.loads(request.body)
        except ValueError:
            return None
        match body:
            case {"query": str(text), **rest}:
                variables, operation = rest.get("variables"), rest.get("operationName")
                named = operation if isinstance(operation, str) else None
                return cls(text, variables if isinstance(variables, dict) else {}, named)
            case _:
                return None


def anonymous(settings: Settings) -> Behaviour:
    """Without a token there is no GraphQL: 401, or the limit of those who have none, which is nothing."""
    if settings.without_token == HTTPStatus.UNAUTHORIZED:
        return problem(401, "This endpoint requires you to be authenticated.", GUIDE)
    return problem(403, f"API rate limit exceeded for {NOBODY}.", LIMITS)


def used_up(settings: Settings) -> Behaviour:
    """The hour's points are spent, which is 200."""
    if settings.limit_type is LimitType.DOCUMENTED:
        message = f"API rate limit exceeded for user ID {SOMEBODY}."
        return told({"errors": [{"type": settings.limit_type, "message": message}]})
    message = f"API rate limit already exceeded for user ID {SOMEBODY}."
    return told({"errors": [{"type": settings.limit_type, "code": "graphql_rate_limit", "message": message}]})


def answer(forge: Forge, settings: Settings, allowance: Allowance, request: Request) -> Behaviour:
    """Answers a query of a client with a token and with points left."""
    query = Query.of(request)
    if query is None:
        return problem(400, "Problems parsing JSON", "https://docs.github.com/graphql")
    from graphql.error import GraphQLError  # noqa: PLC0415 - the import takes long, and the REST API does without it
    from graphql.language import OperationDefinitionNode  # noqa: PLC0415 - likewise

    from .github_asked import Asked  # noqa: PLC0415 - likewise
    from .github_roots import execute, read  # noqa: PLC0415 - likewise

    try:
        document = read(query.text)
    except GraphQLError:
        document = None  # execution tells what is wrong with it
    if document and settings.timeout_aliases is not None:
        operations = (one for one in document.definitions if isinstance(one, OperationDefinitionNode))
        if any(len(one.selection_set.selections) > settings.timeout_aliases for one in operations):
            return timed_out(settings)
    return told(execute(Asked(forge, settings, allowance), query.text, query.variables, query.operation))


def timed_out(settings: Settings) -> Behaviour:
    """A query that took too long, 502 or 504, in one of the forms that have been seen."""
    status = settings.timeout_status
    match settings.timeout_body:
        case TimeoutBody.ERRORS:
            return told({"data": None, "errors": [{"message": WRONG}]}, status)
        case TimeoutBody.MESSAGE:
            return told({"message": LATE}, status)
        case TimeoutBody.HTML:
            return page(f"{status} Bad Gateway", f"<center><h1>{status} Bad Gateway</h1></center>", status=status)
