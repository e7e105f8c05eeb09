"""Finds repositories, gists and their owners by what GitHub's services know them by, and tells where each is served."""

import zlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rlhf_linkcheck.simweb.fields import ScenarioError

from .github_issues import Tracker
from .github_settings import Settings
from .repositories import GITHUB, Gist, Repository

Key = TypeVar("Key", bound=Hashable)
Known = TypeVar("Known")
TENANTS = ".ghe.com"


@dataclass(frozen=True, slots=True)
class Site:
    """One server of GitHub's, and the addresses at which it answers, none with a slash at its end.

    https://docs.github.com/en/enterprise-server/rest/using-the-rest-api/getting-started-with-the-rest-api,
    https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency.
    """

    server: str

    @property
    def _tenant(self) -> bool:
        return self.server == GITHUB or self.server.endswith(TENANTS)

    @property
    def web(self) -> str:
        """Its pages."""
        return f"https://{self.server}"

    @property
    def api(self) -> str:
        """The REST API."""
        return f"https://api.{self.server}" if self._tenant else f"https://{self.server}/api/v3"

    @property
    def graphql(self) -> str:
        """The GraphQL API."""
        return f"https://api.{self.server}/graphql" if self._tenant else f"https://{self.server}/api/graphql"

    @property
    def raw(self) -> str:
        """Files as they are."""
        if self.server == GITHUB:
            return "https://raw.githubusercontent.com"
        return f"https://raw.{self.server}" if self._tenant else f"https://{self.server}/raw"

    @property
    def gists(self) -> str:
        """The pages of gists."""
        return f"https://gist.{self.server}" if self._tenant else f"https://{self.server}/gist"

    @property
    def raw_gists(self) -> str:
        """The files of gists as they are."""
        return "https://gist.githubusercontent.com" if self.server == GITHUB else self.gists

    @property
    def archives(self) -> str:
        """All files of a commit, packed."""
        if self.server == GITHUB:
            return "https://codeload.github.com"
        return f"https://codeload.{self.server}" if self._tenant else f"https://{self.server}/codeload"

    @property
    def limited(self) -> bool:
        """Enterprise servers have no limits but those that somebody sets."""
        return self._tenant


@dataclass(frozen=True, slots=True)
class Owner:
    """A user, or an organisation."""

    login: str
    organization: bool

    @property
    def number(self) -> int:
        """Made up."""
        return number(self.login)


class Forge:
    """What is at one server; private repositories are as if they were not. Names have no case.

    Raises ScenarioError for two repositories or gists of one name.
    """

    def __init__(self, server: str, known: Sequence[Repository], gists: Sequence[Gist], settings: Settings) -> None:
        self.site = Site(server)
        self._current: dict[str, Repository] = {}
        self._former: dict[str, Repository] = {}
        self._numbers: dict[int, Repository] = {}
        self._gists: dict[str, Gist] = {}
        self._owners: dict[str, Owner] = {}
        self._trackers: dict[str, Tracker] = {}
        self.settings = settings
        own_gists = [gist for gist in gists if gist.server == server]
        users = {*settings.users, *(gist.owner for gist in own_gists)}
        for login in (*settings.users, *settings.organizations):
            self._own(login, users)
        for repository in known:
            if repository.server == server:
                self._add(repository, users)
        for former in self._former:
            if former in self._current:
                raise ScenarioError(f"{former}: is a former name, and the name of another")
        for gist in own_gists:
            self._own(gist.owner, users)
            _add(self._gists, gist.identifier, gist)

    def repository(self, name: str) -> Repository | None:
        """The repository of this name today."""
        return self._current.get(name.lower())

    def renamed(self, name: str) -> Repository | None:
        """The repository that once had this name."""
        return self._former.get(name.lower())

    def by_number(self, identifier: str) -> Repository | None:
        """The repository of this number."""
        return self._numbers.get(int(identifier)) if identifier.isdecimal() else None

    def tracker(self, repository: Repository) -> Tracker:
        """The issues of a repository, as clients have left them."""
        name = repository.name
        if name not in self._trackers:
            places = (f"{self.site.api}/repos/{name}", f"{self.site.web}/{name}")
            self._trackers[name] = Tracker(repository, *places, self.settings)
        return self._trackers[name]

    def gist(self, identifier: str) -> Gist | None:
        """The gist of this id."""
        return self._gists.get(identifier.lower())

    def owner(self, login: str) -> Owner | None:
        """The user or organisation of this login."""
        return self._owners.get(login.lower())

    def _add(self, repository: Repository, users: set[str]) -> None:
        self._own(repository.owner, users)
        if repository.private:
            return
        _add(self._current, repository.name.lower(), repository)
        self._numbers[number(repository.name)] = repository
        for former in repository.former:
            _add(self._former, former.lower(), repository)

    def _own(self, login: str, users: set[str]) -> None:
        self._owners.setdefault(login.lower(), Owner(login, organization=login not in users))


def number(name: str) -> int:
    """The number that GitHub has given to a name, made up."""
    return zlib.crc32(name.lower().encode())


def _add(shelf: dict[Key, Known], name: Key, known: Known) -> None:
    if shelf.setdefault(name, known) is not known:
        raise ScenarioError(f"{name}: is given twice")
