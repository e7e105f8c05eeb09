"""Executes GraphQL queries against the part of GitHub's schema that the simulated one knows."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from graphql import DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema, build_schema, parse, validate
from graphql.execution import execute_sync

from .github_asked import Asked, Node, failure
from .github_forge import Owner
from .github_nodes import owner_node, repository_node
from .github_objects import when

SCHEMA = resources.files("rlhf_linkcheck.simweb") / "data" / "github.graphql"


@cache
def schema() -> GraphQLSchema:
    """The part of GitHub's schema that is known here."""
    return build_schema(SCHEMA.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def read(query: str) -> DocumentNode:
    """A query's document: the same text is often asked again. Raises GraphQLError for what is none."""
    return parse(query)


@lru_cache(maxsize=64)
def _faults(query: str) -> tuple[GraphQLError, ...]:
    """What the schema has against a query, which takes longer to find than the answer."""
    return tuple(validate(schema(), read(query)))


def execute(asked: Asked, query: str, variables: Mapping[str, Any] | None, operation: str | None) -> dict[str, object]:
    """The body of GitHub's answer to a query: without data where it is none."""
    try:
        faults = _faults(query)
    except GraphQLError as error:
        faults = (error,)
    if faults:
        return _told(ExecutionResult(None, list(faults)))
    result = execute_sync(
        schema(), read(query), _Root(asked), variable_values=dict(variables or {}), operation_name=operation
    )
    return _told(result)


class _Root:
    """The fields of the root, which graphql-core calls by the schema's names."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    def repository(self, _info: object, owner: str, name: str, **options: bool) -> Node:
        self._asked.count_root()
        return repository_node(self._asked, f"{owner}/{name}", follow=options["followRenames"])

    def user(self, _info: object, login: str) -> Node:
        owner = self._owner(login)
        if owner is None or owner.organization:
            raise failure("NOT_FOUND", f"Could not resolve to a User with the login of '{login}'.")
        return owner_node(self._asked, owner)

    def organization(self, _info: object, login: str) -> Node:
        owner = self._owner(login)
        if owner is None or not owner.organization:
            raise failure("NOT_FOUND", f"Could not resolve to an Organization with the login of '{login}'.")
        return owner_node(self._asked, owner)

    def repositoryOwner(self, _info: object, login: str) -> Node | None:  # noqa: N802 - the schema's name
        """Nobody is no error here."""
        owner = self._owner(login)
        return owner_node(self._asked, owner) if owner else None

    def viewer(self, _info: object) -> Node:
        return owner_node(self._asked, Owner("simulated", organization=False))

    def rateLimit(self, _info: object, **_options: bool) -> Node:  # noqa: N802 - the schema's name
        left = self._asked.allowance
        return {
            "cost": 1,
            "limit": left.limit,
            "nodeCount": 0,
            "remaining": left.remaining,
            "resetAt": when(datetime.fromtimestamp(left.reset, UTC)),
            "used": left.used,
        }

    def _owner(self, login: str) -> Owner | None:
        self._asked.count_root()
        return self._asked.forge.owner(login)


def _told(result: ExecutionResult) -> dict[str, object]:
    errors = [_error(error) for error in result.errors or ()]
    if result.data is None:
        return {"errors": errors}
    return {"data": result.data, "errors": errors} if errors else {"data": result.data}


def _error(error: GraphQLError) -> dict[str, object]:
    """An error as GitHub writes it, with its type beside the message; a bug of ours is raised."""
    if error.original_error is not None and not isinstance(error.original_error, GraphQLError):
        raise error.original_error
    extensions = dict(error.extensions or {})
    kind = extensions.pop("type", None)
    told: dict[str, object] = {"type": kind} if kind else {}
    if error.path:
        told["path"] = list(error.path)
    if extensions:
        told["extensions"] = extensions
    if error.locations:
        told["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    return {**told, "message": error.message}
