"""The homes of code and data in a scenario, beside GitHub: what they hold, and at which hosts they answer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.fields import Fields, inside
from rlhf_linkcheck.simweb.request import Request

from . import gitlab_pages, hub_pages, kaggle, papers_with_code, wayback, youtube, zenodo
from .gitlab import GitlabServer
from .gitlab_projects import GITLAB, GitlabProject, parse_gitlab
from .hub import Hub
from .hub_contents import HubContent, parse_hub
from .limits import Limits, parse_limits
from .wayback import Capture, parse_captures
from .youtube import Video, parse_videos
from .zenodo import Zenodo
from .zenodo_records import ZenodoRecord, parse_zenodo

KEYS = ("hub", "zenodo", "gitlab", "videos", "kaggle", "papers_with_code", "archive", "home_tokens", "home_limits")
TOKENS = {"hub": "hf_simulated", "gitlab": "glpat-simulated"}
THUMBNAILS = ("i.ytimg.com", "img.youtube.com")
VIDEO_PAGES = (
    *("youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com"),
    *("www.youtube-nocookie.com", "youtube-nocookie.com"),
)

Held = TypeVar("Held")
Answering = Callable[[Request], Behaviour | None]


@dataclass(frozen=True, slots=True)
class Homes:
    """What the homes hold; None is a home that does not answer, an empty list one that holds nothing.

    As YAML::

        hub:                          # huggingface.co and hf.co
          - model: openai/gpt2        # or dataset, or space
            former: [gpt2]            # names that lead here, as does any other case of letters
            private: true             # as if missing, but with the token
            gated: manual             # or auto: metadata are told, files are not
            disabled: told            # by the metadata; or refused, as of old
            license: mit
            tags: [gpt2]
            created: 2024-05-06T07:08:09.000Z     # all dates are text: in quotes
            last_modified: 2024-05-06T07:08:09.000Z
            downloads: 3
            likes: 4
            card: The README.md.
            files: {data/a.json: null}            # of main
            revisions: {refs/pr/1: {b.json: null}}
          - {collection: owner/slug-0123456789abcdef01234567, title: T, items: [openai/gpt2]}
          - {paper: "2203.02155", title: T}
          - {blog: rlhf, title: T}
          - {user: somebody}          # owners of repositories are users where nothing is said
          - {organization: openai}
        zenodo:                       # zenodo.org
          - record: 2630551
            concept: 2630550          # leads to the newest record of it
            title: T
            creators: [Long Ouyang]
            access: open              # or restricted, embargoed, closed
            license: cc-by-4.0
            published: "2019-04-05"
            version: v1
            description: D
            files: [a.zip]
            private: true             # 403
            deleted: A duplicate.     # 410 with a tombstone
        gitlab:                       # gitlab.com, and the servers that projects name
          - project: group/sub/name
            server: gitlab.example
            former: [old/name]
            description: D
            topics: [rl]
            default_branch: main
            archived: true            # told to those with the token alone, and on the page
            private: true
            fork_of: other/name
            license: MIT
            last_activity: "2024-05-06T07:08:09.000Z"
            files: {README.md: text}  # of the default branch; none is an empty project
            branches: {feature/x: {a.py: null}}
        videos:                       # YouTube; any other video has no thumbnail
          - {video: hhiLw5Q_UFg, title: T, state: public}   # or unlisted, private, deleted, removed
          - {video: aaaaaaaaaaa, not_embeddable: true, large: true}
        kaggle: [owner/name]          # the public datasets; pages are 404 to all
        papers_with_code: {/dataset/squad: https://huggingface.co/datasets/rajpurkar/squad}
        archive:                      # web.archive.org: the captures of pages, and how each had answered
          - {page: https://a.example/gone, taken: "20240506070809", status: 200}
          - {page: https://shy.example/, excluded: true}
        home_tokens: {hub: hf_simulated, gitlab: glpat-simulated}
        home_limits: {api: 500, pages: 100, resolvers: 3000, zenodo: 133, gitlab: 500, window: 300}

    A host's page in ``hosts`` comes before its home: walls and outages are written there.
    """

    hub: tuple[HubContent, ...] | None = None
    zenodo: tuple[ZenodoRecord, ...] | None = None
    gitlab: tuple[GitlabProject, ...] | None = None
    videos: tuple[Video, ...] | None = None
    kaggle: tuple[str, ...] | None = None
    papers_with_code: Mapping[str, str] | None = None
    archive: tuple[Capture, ...] | None = None
    tokens: Mapping[str, str] = field(default_factory=lambda: dict(TOKENS))
    limits: Limits = field(default_factory=Limits)


def parse_homes(fields: Fields) -> Homes:
    """Takes the homes of a scenario. Raises ScenarioError, naming home, item and key."""
    return Homes(
        hub=_parsed(fields, "hub", parse_hub),
        zenodo=_parsed(fields, "zenodo", parse_zenodo),
        gitlab=_parsed(fields, "gitlab", parse_gitlab),
        videos=_parsed(fields, "videos", parse_videos),
        kaggle=fields.texts("kaggle"),
        papers_with_code=_parsed(fields, "papers_with_code", papers_with_code.parse_targets),
        archive=_parsed(fields, "archive", parse_captures),
        tokens=_parsed(fields, "home_tokens", _parse_tokens),
        limits=_parsed(fields, "home_limits", parse_limits),
    )


def services_of_homes(homes: Homes) -> Mapping[str, Answering]:
    """The hosts at which these homes answer. Raises ScenarioError for two things of one name."""
    return dict(_services(homes))


def _services(homes: Homes) -> Iterator[tuple[str, Answering]]:
    if homes.hub is not None:
        with inside("hub"):
            hub = Hub(homes.hub, homes.tokens["hub"], homes.limits)
        yield "huggingface.co", partial(hub_pages.answer, hub)
        yield "hf.co", partial(hub_pages.shorten, hub)
    if homes.zenodo is not None:
        with inside("zenodo"):
            records = Zenodo(homes.zenodo, homes.limits)
        yield from ((host, partial(zenodo.answer, records)) for host in ("zenodo.org", "www.zenodo.org"))
    if homes.gitlab is not None:
        for name in dict.fromkeys((GITLAB, *(project.server for project in homes.gitlab))):
            with inside("gitlab"):
                server = GitlabServer(name, homes.gitlab, homes.tokens["gitlab"], homes.limits)
            yield name, partial(gitlab_pages.answer, server)
    if homes.videos is not None:
        videos = {video.id: video for video in homes.videos}
        yield from ((host, partial(youtube.answer_thumbnail, videos)) for host in THUMBNAILS)
        yield from ((host, partial(youtube.answer, videos)) for host in VIDEO_PAGES)
        yield "youtu.be", partial(youtube.answer_short, videos)
    if homes.kaggle is not None:
        datasets = frozenset(homes.kaggle)
        yield from ((host, partial(kaggle.answer, datasets)) for host in ("www.kaggle.com", "kaggle.com"))
    if (targets := homes.papers_with_code) is not None:
        answer = partial(papers_with_code.answer, targets)
        yield from ((host, answer) for host in ("paperswithcode.com", "www.paperswithcode.com"))
    if homes.archive is not None:
        yield "web.archive.org", partial(wayback.answer, homes.archive)


def _parsed(fields: Fields, key: str, parse: Callable[[object], Held]) -> Held:
    with inside(key):
        return parse(fields.take(key))


def _parse_tokens(value: object) -> Mapping[str, str]:
    fields = Fields(value)
    tokens = {key: fields.text(key) or own for key, own in TOKENS.items()}
    fields.finish(tuple(TOKENS))
    return tokens
