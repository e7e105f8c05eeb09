"""How the simulated GitHub deals with its clients: whom it knows, how much it gives them, and how it refuses."""

from dataclasses import dataclass
from enum import StrEnum

from rlhf_linkcheck.simweb.fields import Fields, ScenarioError

from .repositories import GITHUB

TOKEN = "ghp_simulated"  # noqa: S105 - nobody's
WORKFLOWS = "github-actions[bot]"
KEYS = (
    *("token", "servers", "users", "organizations", "rest_limit", "rest_limit_with_token", "graphql_points"),
    *("reset_after", "limit_status", "limit_type", "secondary_after", "secondary_status", "retry_after"),
    *("most_aliases", "most_texts", "timeout_aliases", "timeout_status", "timeout_body", "without_token"),
    *("takedown_in_graphql", "pages_limit", "login", "reads_only"),
)


class LimitType(StrEnum):
    """How GraphQL names its limit: as documented, and as it has been seen since 2026."""

    DOCUMENTED = "RATE_LIMITED"
    SEEN = "RATE_LIMIT"


class TimeoutBody(StrEnum):
    """What comes with a time-out: GraphQL's errors, a message, or the page of a server before them."""

    ERRORS = "errors"
    MESSAGE = "message"
    HTML = "html"


class Takedown(StrEnum):
    """What GraphQL says of a repository that was taken down; nobody has published it."""

    FORBIDDEN = "forbidden"
    NOT_FOUND = "not-found"


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits are for an hour, or for ``reset_after`` seconds. None of a limit or threshold is none.

    ``token`` is the only good one. ``servers`` are enterprise servers besides those that repositories name.
    ``secondary_after`` is how many requests go through before the secondary limit, whose status is 403, 429,
    or 200 of GraphQL alone, with ``retry_after`` seconds (a negative number sends none).
    A GraphQL query with more than ``most_aliases`` root fields, or ``most_texts`` texts of files, exceeds the
    resource limits: the first ones are answered. One with more than ``timeout_aliases`` root fields times out.
    ``login`` is whose the token is: with «[bot]» at its end an app's, as that of a workflow is, else a person's.
    With ``reads_only`` it may read issues and no more.
    ``pages_limit`` is how many requests pages and raw files answer before they are 429.
    Raises ScenarioError for a status that GitHub does not send so.
    """

    token: str = TOKEN
    servers: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    rest_limit: int = 60
    rest_limit_with_token: int = 5000
    graphql_points: int = 5000
    reset_after: float = 3600.0
    limit_status: int = 403
    limit_type: LimitType = LimitType.DOCUMENTED
    secondary_after: int | None = None
    secondary_status: int = 403
    retry_after: int = 60
    most_aliases: int | None = None
    most_texts: int | None = None
    timeout_aliases: int | None = None
    timeout_status: int = 502
    timeout_body: TimeoutBody = TimeoutBody.ERRORS
    without_token: int = 401
    takedown_in_graphql: Takedown = Takedown.FORBIDDEN
    pages_limit: int | None = None
    login: str = WORKFLOWS
    reads_only: bool = False

    def __post_init__(self) -> None:
        allowed = {
            "limit_status": (self.limit_status, (403, 429)),
            "secondary_status": (self.secondary_status, (200, 403, 429)),
            "timeout_status": (self.timeout_status, (502, 504)),
            "without_token": (self.without_token, (401, 403)),
        }
        for key, (value, known) in allowed.items():
            if value not in known:
                raise ScenarioError(f"{key}: expected one of {', '.join(map(str, known))}, found {value}")
        if GITHUB in self.servers:
            raise ScenarioError(f"servers: {GITHUB} is there by itself")


def parse_settings(value: object) -> Settings:
    """The settings of a scenario. Raises ScenarioError, naming the key."""
    fields = Fields(value)
    usual = Settings()

    def number(key: str, default: int) -> int:
        given = fields.integer(key)
        return default if given is None else given

    settings = Settings(
        token=fields.text("token") or usual.token,
        servers=fields.texts("servers") or (),
        users=fields.texts("users") or (),
        organizations=fields.texts("organizations") or (),
        rest_limit=number("rest_limit", usual.rest_limit),
        rest_limit_with_token=number("rest_limit_with_token", usual.rest_limit_with_token),
        graphql_points=number("graphql_points", usual.graphql_points),
        reset_after=fields.seconds("reset_after") or usual.reset_after,
        limit_status=number("limit_status", usual.limit_status),
        limit_type=fields.choice("limit_type", LimitType) or usual.limit_type,
        secondary_after=fields.integer("secondary_after"),
        secondary_status=number("secondary_status", usual.secondary_status),
        retry_after=number("retry_after", usual.retry_after),
        most_aliases=fields.integer("most_aliases"),
        most_texts=fields.integer("most_texts"),
        timeout_aliases=fields.integer("timeout_aliases"),
        timeout_status=number("timeout_status", usual.timeout_status),
        timeout_body=fields.choice("timeout_body", TimeoutBody) or usual.timeout_body,
        without_token=number("without_token", usual.without_token),
        takedown_in_graphql=fields.choice("takedown_in_graphql", Takedown) or usual.takedown_in_graphql,
        pages_limit=fields.integer("pages_limit"),
        login=fields.text("login") or usual.login,
        reads_only=fields.flag("reads_only"),
    )
    fields.finish(KEYS)
    return settings
