"""The scenario: which hosts there are, how each behaves, and what each of its pages does."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Self

import yaml

from .behaviour import Behaviour, Steps, parse_steps
from .fields import Fields, ScenarioError, inside
from .host import Host, Tls, parse_hosts
from .hostnames import normal_authority, split_authority
from .limits import Limit, parse_limits
from .services import Answering, services_of
from .services.github import github_services
from .services.github_settings import Settings, parse_settings
from .services.homes import KEYS as HOME_KEYS
from .services.homes import Homes, parse_homes, services_of_homes
from .services.library import Library
from .services.papers import Paper, parse_papers
from .services.repositories import Gist, Repository, parse_repositories
from .yaml_text import read_yaml

NOT_IN_SCENARIO = Behaviour(status=404)
SERVICE = Behaviour(service=True)
KEYS = ("default", "hosts", "papers", "repositories", "github", *HOME_KEYS, "seed", "limits")


@dataclass(frozen=True, slots=True)
class Scenario:
    """Hosts by authority, and what any other page of any host does.

    An authority is a name in lower case and ASCII, with a port where that is not a standard one. Without
    ``default`` other pages are 404, and other hosts have no name. ``certificates`` tells for every name
    which one it shows: a client names the host but not the port (RFC 6066, 3).
    ``papers`` bring their services with them, the hosts of ``services``, which answer as arXiv and others do;
    so do ``repositories`` and ``github``, which answer as GitHub does, where what is not told of is missing,
    and ``homes``, whose keys stand beside the others and are told there.
    A page of ``hosts`` comes before the service there, and ``{service: true}`` goes on to it.
    ``limits`` are what hosts ask of their clients. ``seed`` is what the latencies are drawn by.
    Raises ScenarioError for hosts that contradict each other, and papers of one name.

    As YAML::

        default: {status: 200}
        hosts:
          example.org:
            /gone: 410
            /old/*: {location: https://example.org/new}
            /flaky: {sequence: [503, {body: "<p>Here I am.", delay: 0.5}]}
          example.org:8080: {/: {hang: true}}
          expired.example: {tls: expired}
          closed.example: {refuse: true}
          gone.example: {dns: nxdomain}
          far.example: {latency: {median: 0.4, spread: 0.5}}   # of a log-normal distribution, in seconds
          export.arxiv.org:
            /api/query*: {sequence: [{status: 503, headers: {Retry-After: 1}}, {service: true}]}
        papers:
          - arxiv: "2203.02155"       # and any of doi, acl, openreview
            title: Training language models to follow instructions with human feedback
            authors: [Long Ouyang, Jeff Wu]
            comment: 68 pages         # arXiv's, as journal_ref
            doi: 10.1000/xyz          # the venue's; arXiv's own, 10.48550/arXiv.ID, is there by itself
            registrar: crossref       # or datacite
            venue: Proceedings of a Conference
            venue_title: Training Language Models with Human Feedback   # where the venue's records depart
            venue_authors: [Long Ouyang]
            year: 2022
            withdrawn: An error in the proof.      # of the current version at arXiv
            retracted: Duplicate publication.      # at Crossref and the ACL Anthology
            versions:                 # older ones, oldest first: the current one here is v2
              - {title: Training language models, authors: [Long Ouyang], comment: Draft}
        repositories:
          - github: google-deepmind/narrativeqa
            description: A dataset          # and homepage, topics: [qa], licence: Apache-2.0 (SPDX)
            former: [deepmind/narrativeqa]  # redirects to it
            archived_at: 2024-03-05         # and pushed_at; disabled, private, empty, sso: true; fork_of: owner/name
            taken_down: https://github.com/github/dmca/blob/master/2024/01/notice.md   # block: dmca or tos
            default_branch: main            # former_branches: {master: main}
            files: {README.md: "# Text", docs/figure.png: , libs/x: {submodule: ADDRESS}, a: {symlink: README.md}}
            branches: {feature/x: {new.py: ""}, dev: }   # and tags, commits by SHA; null has the files above
            releases: {v1.0: [data.zip]}
            server: github.com              # or an enterprise server's host, which then is there
          - {gist: 6bff0fecd65950898eba1bb321cfbd81, owner: yoavg, files: {rl-for-llms.md: Text}}
        github:                             # services.github_settings.Settings tells what each is for
          {token: ghp_simulated, users: [], organizations: [], servers: [], rest_limit: 60, graphql_points: 5000}
        seed: 1
        limits:                             # those of a row share them; what is beyond is counted
          - {hosts: [arxiv.org, export.arxiv.org], interval: 3, in_flight: 1, tolerance: 0.3}
          - {hosts: [api.example], requests: 133, window: 60, status: 429}   # and answered so
    """

    hosts: Mapping[str, Host] = field(default_factory=dict)
    default: Steps = ()
    papers: tuple[Paper, ...] = ()
    repositories: tuple[Repository, ...] = ()
    gists: tuple[Gist, ...] = ()
    github: Settings | None = None
    homes: Homes = field(default_factory=Homes)
    seed: int = 0
    limits: tuple[Limit, ...] = ()
    certificates: Mapping[str, Tls] = field(init=False, repr=False)
    services: Mapping[str, Answering] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        services = self.new_services()
        object.__setattr__(self, "services", services)
        object.__setattr__(self, "certificates", MappingProxyType(_certificates(self.hosts, services)))
        with inside("default"):
            _refuse_absent_service(self.default)
        for authority, host in self.hosts.items():
            if self.service(authority) is None:
                for path, steps in host.pages.items():
                    with inside(f"{authority}: {path}"):
                        _refuse_absent_service(steps)

    @classmethod
    def parse(cls, text: str) -> Self:
        """A scenario from YAML. Raises ScenarioError, one line that names the key."""
        try:
            value = read_yaml(text)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
            raise ScenarioError(f"{place}{error.problem}") from None
        except (yaml.YAMLError, ValueError) as error:  # ValueError: 2026-99-99 looks like a date
            raise ScenarioError(" ".join(str(error).split())) from None
        fields = Fields(value)
        default = fields.take("default")
        with inside("default"):
            steps = () if default is None else parse_steps(default)
        with inside("papers"):
            papers = parse_papers(fields.take("papers"))
        with inside("repositories"):
            repositories, gists = parse_repositories(fields.take("repositories"))
        with inside("github"):
            github = parse_settings(fields.take("github")) if "github" in fields.names else None
        with inside("limits"):
            limits = parse_limits(fields.take("limits"))
        bare = cls(
            default=steps,
            papers=papers,
            repositories=repositories,
            gists=gists,
            github=github,
            homes=parse_homes(fields),
            seed=fields.integer("seed") or 0,
            limits=limits,
        )
        hosts = fields.take("hosts")
        fields.finish(KEYS)
        with inside("hosts"):
            return replace(bare, hosts=parse_hosts(Fields(hosts)))

    @classmethod
    def load(cls, path: Path) -> Self:
        """A scenario from a YAML file. Raises ScenarioError, one line that names file and key, and OSError."""
        with inside(str(path)):
            try:
                return cls.parse(path.read_text(encoding="utf-8"))
            except UnicodeDecodeError as error:
                raise ScenarioError(f"not UTF-8 at byte {error.start}") from None

    def steps(self, authority: str, path: str) -> Steps:
        """What the page of this path does at this authority, else at its bare name, else by a service or by default."""
        host = self.host(authority)
        own = host.steps(path) if host else None
        return own or ((SERVICE,) if self.service(authority) else self.others)

    def host(self, authority: str) -> Host | None:
        """The host of this authority, else of its bare name; None where the scenario has neither."""
        return self.hosts.get(authority) or self.hosts.get(split_authority(authority)[0])

    @property
    def others(self) -> Steps:
        """What pages do that nobody knows."""
        return self.default or (NOT_IN_SCENARIO,)

    def new_services(self) -> Mapping[str, Answering]:
        """The services by host, with counters of their own that stand at nothing."""
        with inside("papers"):
            papers = services_of(Library(self.papers))
        with inside("repositories"):
            code = github_services(self.repositories, self.gists, self.github)
        return MappingProxyType({**papers, **code, **services_of_homes(self.homes)})

    def service(self, authority: str) -> Answering | None:
        """The service at this authority, which has no port of its own; None for none."""
        return self.services.get(split_authority(authority)[0])


def _refuse_absent_service(steps: Steps) -> None:
    """A page cannot go on to a service that is not there."""
    if any(step.service for step in steps):
        raise ScenarioError("service: none answers here")


def _certificates(hosts: Mapping[str, Host], services: Mapping[str, Answering]) -> dict[str, Tls]:
    shown: dict[str, Tls] = {}
    for authority, host in hosts.items():
        if normal_authority(authority) != authority:
            raise ScenarioError(f"{authority}: is written as {normal_authority(authority)}")
        name, port = split_authority(authority)
        if host.dns and port is not None:
            raise ScenarioError(f"{authority}: dns: a name fails as a whole; give it to {name}")
        tls = host.tls or (Tls.OK if port is None else None)
        if tls and shown.setdefault(name, tls) is not tls:
            raise ScenarioError(f"{authority}: tls: {tls}, but {shown[name]} at another port")
    plain = dict.fromkeys((*(split_authority(authority)[0] for authority in hosts), *services), Tls.OK)
    return plain | shown
