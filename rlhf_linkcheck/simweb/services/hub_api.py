"""The Hub's API: https://huggingface.co/docs/hub/api; what it answers is what huggingface_hub reads."""

import hashlib
import json
from urllib.parse import parse_qs

from rlhf_linkcheck.simweb.behaviour import Behaviour

from .answers import in_json
from .hub import JSON, Access, Asked, Hub, closed, missing, moved, problem
from .hub_contents import DAY, Disabled, HubRepository, Kind, Other
from .trees import Entry, Files, entry, listing

KINDS = {"models": Kind.MODEL, "datasets": Kind.DATASET, "spaces": Kind.SPACE}
VERBS = ("revision", "tree", "paths-info", "commits")
BYTES_OF_A_NUMBER = 24
COMMON = (
    *("author", "cardData", "createdAt", "disabled", "lastModified", "likes", "private", "sha", "siblings", "tags"),
    *("resourceGroup", "trendingScore", "usedStorage", "xetEnabled"),
)
EXPANDABLE = {
    Kind.MODEL: (*COMMON, "downloads", "downloadsAllTime", "gated", "pipeline_tag", "library_name", "config"),
    Kind.DATASET: (*COMMON, "downloads", "downloadsAllTime", "gated", "description", "citation"),
    Kind.SPACE: (*COMMON, "datasets", "models", "runtime", "sdk", "subdomain"),
}
"""What ``expand[]`` may ask for, of each kind: the Expand*Property_T of huggingface_hub."""
WITHOUT_BEING_ASKED = {"resourceGroup", "trendingScore", "downloadsAllTime", "usedStorage", "xetEnabled"}
"""What is told to those alone who ask for it."""


def answer(hub: Hub, asked: Asked) -> Behaviour | None:
    """Answers for repositories, collections, papers, users and organizations."""
    match asked.parts[1:]:
        case (kind, *rest) if kind in KINDS and rest:
            return _repository(hub, asked, KINDS[kind], len(asked.parts) - len(rest))
        case ("collections", owner, slug):
            return _collection(hub, f"{owner}/{slug}")
        case ("papers", identifier):
            return _paper(hub, identifier)
        case ("users" | "organizations" as which, name, "overview"):
            return _overview(hub, name, organization=which == "organizations")
        case _:
            return None


def name_at(parts: tuple[str, ...], verbs: tuple[str, ...]) -> tuple[str, int]:
    """A repository's name at the start of these parts, and how many it takes."""
    length = 1 if len(parts) == 1 or parts[1] in verbs else 2
    return "/".join(parts[:length]), length


def _repository(hub: Hub, asked: Asked, kind: Kind, start: int) -> Behaviour:
    name, length = name_at(asked.parts[start:], VERBS)
    if asked.access is Access.UNKNOWN_TOKEN:
        return missing(asked.access)
    found = hub.repository(kind, name, asked.access)
    if found is None:
        return missing(asked.access)
    if found.id != name:
        return moved(f"/api/{kind}s", found, asked.sent[start + length :], asked.query)
    match asked.parts[start + length :]:
        case () | ("revision", "main"):
            return _metadata(found, asked)
        case (verb, revision, *path) if verb in VERBS:
            return _at_revision(found, asked, verb, revision, "/".join(path))
        case _:
            return problem(404, "Sorry, we can't find the page you are looking for.")


def _metadata(repository: HubRepository, asked: Asked) -> Behaviour:
    if repository.disabled is Disabled.REFUSED:
        return closed(repository, asked.access) or missing(asked.access)
    everything = _everything(repository)
    wanted = parse_qs(asked.query).get("expand[]", [])
    known = EXPANDABLE[repository.kind]
    if any(one not in known for one in wanted):
        options = "|".join(f'"{one}"' for one in known)
        return problem(400, f"Invalid option: expected one of {options}")
    told = wanted or [key for key in everything if key not in WITHOUT_BEING_ASKED]
    own = {"_id": _number(repository.id), "id": repository.id}
    return in_json(own | {key: everything[key] for key in told if key in everything}, content_type=JSON)


def _everything(repository: HubRepository) -> dict[str, object]:
    tags = [*repository.tags, *([f"license:{repository.license}"] if repository.license else []), "region:us"]
    told: dict[str, object] = {
        "author": repository.owner,
        "sha": repository.sha,
        "lastModified": repository.last_modified,
        "createdAt": repository.created,
        "private": repository.private,
        "disabled": repository.disabled is not None,
        "tags": tags,
        "likes": repository.likes,
        "cardData": {"license": repository.license} if repository.license else {},
        "siblings": [{"rfilename": path} for path in repository.trees["main"]],
        "trendingScore": 0,
        "usedStorage": 0,
    }
    if repository.kind is Kind.SPACE:
        return told | {"sdk": "static", "subdomain": repository.id.replace("/", "-").lower(), "models": []}
    told |= {"gated": repository.gated or False, "downloads": repository.downloads}
    if repository.kind is Kind.DATASET:
        return told | {"description": repository.card or ""}
    return told | {"modelId": repository.id}


def _at_revision(repository: HubRepository, asked: Asked, verb: str, revision: str, path: str) -> Behaviour:
    files = repository.trees.get(revision)
    if files is None:
        return problem(404, f"Invalid rev id: {revision}", "RevisionNotFound")
    match verb:
        case "revision":
            return _metadata(repository, asked)
        case "commits":
            return closed(repository, asked.access) or in_json([{"id": repository.sha, "date": DAY}], content_type=JSON)
        case "paths-info":
            return _paths_info(files, asked)
        case _:
            return _tree(files, revision, path, recursive="recursive=true" in asked.query)


def _tree(files: Files, revision: str, path: str, *, recursive: bool) -> Behaviour:
    """A folder's list; a file has none, and is said to be missing like what is not there."""
    found = entry(files, path)
    if found is None or found.text is not None:
        return problem(404, f'{path} does not exist on "{revision}"', "EntryNotFound")
    return in_json([_row(one) for one in listing(files, path, recursive=recursive)], content_type=JSON)


def _paths_info(files: Files, asked: Asked) -> Behaviour:
    """Files and folders among the paths that are posted, in JSON or as a form; the others are left out."""
    body = asked.request.body
    try:
        posted = json.loads(body)
        paths = [str(one) for one in posted["paths"]]
    except (ValueError, LookupError, TypeError):
        paths = parse_qs(body.decode("utf-8", "replace")).get("paths", [])
    if asked.method != "POST" or not paths:
        return problem(400, "Expected paths")
    return in_json([_row(one) for path in paths if (one := entry(files, path.strip("/")))], content_type=JSON)


def _row(one: Entry) -> dict[str, object]:
    kind = "directory" if one.text is None else "file"
    number = hashlib.sha1(one.path.encode(), usedforsecurity=False).hexdigest()
    return {"type": kind, "oid": number, "size": one.size, "path": one.path}


def _collection(hub: Hub, slug: str) -> Behaviour:
    found = hub.collection(slug)
    if found is None:
        return problem(404, "Collection not found")
    items = [{"_id": _number(item), "type": "model", "id": item} for item in found.items]
    told = {"slug": found.id, "title": found.title, "private": False, "lastUpdated": DAY, "items": items}
    return in_json(told, content_type=JSON)


def _paper(hub: Hub, identifier: str) -> Behaviour:
    found = hub.other(Other.PAPER, identifier)
    if found is None:
        return problem(404, "Paper not found")
    return in_json({"id": found.id, "title": found.title, "authors": [], "upvotes": 1}, content_type=JSON)


def _overview(hub: Hub, name: str, *, organization: bool) -> Behaviour:
    """A user, or an organization: whoever owns a repository is a user where nothing else is said."""
    is_organization = hub.other(Other.ORGANIZATION, name) is not None
    is_user = not is_organization and (hub.other(Other.USER, name) is not None or name in hub.owners)
    if organization:
        if not is_organization:
            return problem(404, "Sorry, we can't find the page you are looking for.")
        return in_json({"_id": _number(name), "name": name, "fullname": name}, content_type=JSON)
    if not is_user:
        return problem(404, "This user does not exist")
    return in_json({"_id": _number(name), "user": name, "type": "user", "fullname": name}, content_type=JSON)


def _number(name: str) -> str:
    return hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest()[:BYTES_OF_A_NUMBER]
