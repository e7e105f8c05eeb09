"""GitHub's REST API: repositories and what is in them, gists, users and organisations.

https://docs.github.com/en/rest; a repository's former name is 301 to the one that it has by its number.
"""

from dataclasses import replace

from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request

from . import github_issues, github_rest_contents, github_rest_history
from .github_answers import SSO, not_found, problem, told
from .github_forge import Forge, number
from .github_objects import gist_object, licence_object, owner_object, repository_object, when
from .github_within import Within, moved
from .question import Question
from .repositories import CREATED, Block, Repository

SSO_GUIDE = "https://docs.github.com/articles/authenticating-to-a-github-organization-with-saml-single-sign-on/"
SSO_ADDRESS = "https://github.com/orgs/simulated/sso?authorization_request=A"


def answer(forge: Forge, path: str, request: Request, *, known: bool) -> Behaviour:
    """Answers a path below the API's own; ``known`` is a client with a token."""
    match path.strip("/").split("/"):
        case ["repos", owner, name, *rest]:
            found = forge.repository(f"{owner}/{name}")
            former = None if found else forge.renamed(f"{owner}/{name}")
            said = (
                _renamed(forge, former, rest, request) if former else _about(forge, found, rest, request, known=known)
            )
        case ["repositories", identifier, *rest]:
            said = _about(forge, forge.by_number(identifier), rest, request, known=known)
        case ["users" | "orgs" as kind, login]:
            said = _owner(forge, login, organization=kind == "orgs")
        case ["user"]:
            said = github_issues.authenticated(forge.settings, known=known)
        case ["gists", identifier]:
            gist = forge.gist(identifier)
            said = told(gist_object(forge, gist)) if gist else None
        case _:
            said = None
    return said or not_found()


def _renamed(forge: Forge, repository: Repository, rest: list[str], request: Request) -> Behaviour:
    query = request.path.partition("?")[2]
    target = "/".join((forge.site.api, "repositories", str(number(repository.name)), *rest))
    return moved(f"{target}?{query}" if query else target, request.method)


def _about(
    forge: Forge, repository: Repository | None, rest: list[str], request: Request, *, known: bool
) -> Behaviour | None:
    """What a repository's addresses tell, as long as anybody may look."""
    if repository is None:
        return None
    if repository.taken_down:
        return _blocked(repository)
    if repository.sso and known:
        return replace(problem(403, SSO, SSO_GUIDE), headers=(("X-GitHub-SSO", f"required; url={SSO_ADDRESS}"),))
    if rest[:1] == ["issues"]:
        return forge.tracker(repository).answer(rest[1:], request, known=known)
    within = Within(forge, repository, Question.of(request).first("ref") or "HEAD", request)
    own = _itself(within, rest)
    return own or github_rest_contents.answer(within, rest) or github_rest_history.answer(within, rest)


def _itself(within: Within, rest: list[str]) -> Behaviour | None:
    repository = within.repository
    match rest:
        case []:
            return told(repository_object(within.forge, repository))
        case ["topics"]:
            return told({"names": list(repository.topics)})
        case ["license"] if repository.licence:
            licence = licence_object(within.forge.site, repository.licence)
            return told({"name": "LICENSE", "path": "LICENSE", "license": licence})
        case _:
            return None


def _blocked(repository: Repository) -> Behaviour:
    """A repository that was taken down: 451 for the law's sake, 403 for the terms'."""
    block = {"reason": str(repository.block), "created_at": when(CREATED), "html_url": repository.taken_down}
    status = 451 if repository.block is Block.DMCA else 403
    return told({"message": "Repository access blocked", "block": block}, status)


def _owner(forge: Forge, login: str, *, organization: bool) -> Behaviour | None:
    owner = forge.owner(login)
    if owner is None or (organization and not owner.organization):
        return None
    return told(owner_object(forge.site, owner) | {"name": owner.login, "created_at": when(CREATED)})
