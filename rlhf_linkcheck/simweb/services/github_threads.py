"""The issues and pull requests of a scenario, which to GitHub's API are issues both."""

from dataclasses import dataclass, field

from rlhf_linkcheck.simweb.fields import Fields, ScenarioError, inside

KEYS = ("title", "body", "by", "association", "closed", "labels", "pull_request", "times")


@dataclass(slots=True)
class Thread:
    """One issue or pull request, as it is now; ``association`` is what its author is to the repository.

    ``touched`` is greater the later somebody changed it.
    """

    title: str
    body: str | None = None
    author: str = "someone"
    association: str = "NONE"
    closed: bool = False
    reason: str | None = None
    labels: tuple[str, ...] = ()
    pull_request: bool = False
    comments: list[tuple[str, str]] = field(default_factory=list)
    touched: int = 0


def parse_threads(value: object) -> tuple[Thread, ...]:
    """The issues of a repository, the oldest first; ``times`` makes many of one. Raises ScenarioError."""
    if not isinstance(value, list | None):
        raise ScenarioError("issues: expected a list of issues")
    threads: list[Thread] = []
    for index, one in enumerate(value or ()):
        with inside(f"issues[{index}]"):
            fields = Fields(one)
            times = fields.integer("times")
            closed = fields.flag("closed")
            thread = Thread(
                title=fields.text("title") or "An issue",
                body=fields.text("body"),
                author=fields.text("by") or "someone",
                association=fields.text("association") or "NONE",
                closed=closed,
                reason="completed" if closed else None,
                labels=fields.texts("labels") or (),
                pull_request=fields.flag("pull_request"),
            )
            fields.finish(KEYS)
            threads += [thread] * (1 if times is None else times)
    return tuple(threads)
