"""Repositories, their owners and gists as GitHub's GraphQL API tells of them, each field when it is asked."""

from typing import Any

from .git_objects import BRANCHES, Blob
from .github_answers import SSO
from .github_asked import Asked, Node, connection, failure
from .github_forge import Owner, number
from .github_git_nodes import GitNodes
from .github_objects import licence_object, when
from .github_settings import Takedown
from .repositories import CREATED, Gist, Repository

LARGEST_NUMBER = 2**31
"""Beyond it the schema's numbers do not go."""


def repository_node(asked: Asked, name: str, *, follow: bool) -> Node:
    """A repository by its name, or by a former one. Raises GraphQLError where it is not to be had."""
    found = asked.forge.repository(name) or (asked.forge.renamed(name) if follow else None)
    if found is None or (found.taken_down and asked.settings.takedown_in_graphql is Takedown.NOT_FOUND):
        raise failure("NOT_FOUND", f"Could not resolve to a Repository with the name '{name}'.")
    if found.taken_down:
        raise failure("FORBIDDEN", "Repository access blocked")
    if found.sso:
        raise failure("FORBIDDEN", SSO, {"saml_failure": True})
    return _about(asked, found) | _within(asked, found)


def owner_node(asked: Asked, owner: Owner) -> Node:
    """A user or an organisation, whose repositories and gists can be asked for by name."""

    def gist(_info: object, name: str) -> Node | None:
        found = asked.forge.gist(name)
        return _gist_node(asked, found) if found and found.owner.lower() == owner.login.lower() else None

    def repository(_info: object, name: str, **options: bool) -> Node:
        return repository_node(asked, f"{owner.login}/{name}", follow=options["followRenames"])

    kind = "Organization" if owner.organization else "User"
    return {
        "__typename": kind,
        "gist": gist,
        "id": f"{kind}_{owner.number}",
        "login": owner.login,
        "name": owner.login,
        "repository": repository,
        "url": f"{asked.forge.site.web}/{owner.login}",
    }


def _about(asked: Asked, found: Repository) -> dict[str, Any]:
    """What is said of a repository."""
    name, licence = found.name, found.licence
    owner = asked.forge.owner(found.owner) or Owner(found.owner, organization=False)
    parent = found.fork_of
    return {
        "archivedAt": when(found.archived_at) if found.archived_at else None,
        "createdAt": when(CREATED),
        "databaseId": number(name) % LARGEST_NUMBER,
        "description": found.description,
        "diskUsage": 0 if found.empty else 100,
        "homepageUrl": found.homepage,
        "id": f"R_{number(name)}",
        "isArchived": found.archived_at is not None,
        "isDisabled": found.disabled,
        "isEmpty": found.empty,
        "isFork": parent is not None,
        **dict.fromkeys(("isLocked", "isMirror", "isPrivate", "isTemplate"), False),
        "licenseInfo": _licence(asked, licence) if licence else None,
        "lockReason": None,
        "name": name.partition("/")[2],
        "nameWithOwner": name,
        "owner": lambda _info: owner_node(asked, owner),
        "parent": lambda _info: repository_node(asked, parent, follow=True) if parent else None,
        "pushedAt": when(found.pushed_at),
        "repositoryTopics": lambda _info, **page: connection(_topics(asked, found), page, "repositoryTopics"),
        "stargazerCount": 100,
        "updatedAt": when(found.pushed_at),
        "url": f"{asked.forge.site.web}/{name}",
        "visibility": "PUBLIC",
    }


def _within(asked: Asked, found: Repository) -> dict[str, Any]:
    """What is in a repository."""
    git = GitNodes(asked, found)
    return {
        "defaultBranchRef": lambda _info: git.ref(BRANCHES + found.default_branch),
        "latestRelease": lambda _info: _release(asked, found, next(iter(found.releases), None)),
        "object": git.object,
        "ref": lambda _info, **by: git.ref(by["qualifiedName"]),
        "release": lambda _info, **by: _release(asked, found, by["tagName"]),
    }


def _licence(asked: Asked, licence: str) -> Node:
    told = licence_object(asked.forge.site, licence)
    return {"id": licence, "key": told["key"], "name": told["name"], "spdxId": licence, "url": told["url"]}


def _topics(asked: Asked, found: Repository) -> list[Node]:
    web = asked.forge.site.web
    return [{"id": one, "topic": {"id": one, "name": one}, "url": f"{web}/topics/{one}"} for one in found.topics]


def _release(asked: Asked, found: Repository, tag: str | None) -> Node | None:
    if tag is None or tag not in found.releases:
        return None
    page = f"{asked.forge.site.web}/{found.name}/releases"

    def assets(_info: object, **by: object) -> Node:
        named = [one for one in found.releases[tag] if by.get("name") in (None, one)]
        addresses = ((one, f"{page}/download/{tag}/{one}") for one in named)
        nodes: list[Node] = [{"id": name, "name": name, "url": url, "downloadUrl": url} for name, url in addresses]
        return connection(nodes, by, "releaseAssets")

    return {
        "id": f"RE_{number(tag)}",
        "isDraft": False,
        "isPrerelease": False,
        "name": tag,
        "publishedAt": when(found.pushed_at),
        "releaseAssets": assets,
        "tagName": tag,
        "url": f"{page}/tag/{tag}",
    }


def _gist_node(asked: Asked, gist: Gist) -> Node:
    owner = asked.forge.owner(gist.owner) or Owner(gist.owner, organization=False)
    blobs = [Blob(name, item) for name, item in gist.files.items() if isinstance(item, bytes)]
    return {
        "createdAt": when(CREATED),
        "description": gist.description,
        "files": lambda _info, **by: [_gist_file(asked, blob) for blob in blobs[: by["limit"]]],
        "id": f"G_{gist.identifier}",
        "isFork": False,
        "isPublic": True,
        "name": gist.identifier,
        "owner": lambda _info: owner_node(asked, owner),
        "pushedAt": when(CREATED),
        "stargazerCount": 0,
        "updatedAt": when(CREATED),
        "url": f"{asked.forge.site.gists}/{gist.owner}/{gist.identifier}",
    }


def _gist_file(asked: Asked, blob: Blob) -> Node:
    def text(_info: object, truncate: int | None = None) -> str | None:
        asked.count_text()
        return blob.text if blob.text is None or truncate is None else blob.text[:truncate]

    return {
        "encodedName": blob.path,
        "encoding": "UTF-8",
        "extension": f".{blob.path.rpartition('.')[2]}",
        "isImage": False,
        "isTruncated": False,
        "name": blob.path,
        "size": len(blob.content),
        "text": text,
    }
