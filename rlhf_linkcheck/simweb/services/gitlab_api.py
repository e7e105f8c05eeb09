"""GitLab's API, version 4, for projects and their files: https://docs.gitlab.com/api/rest/."""

import base64
import hashlib
from dataclasses import replace

from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request

from .answers import in_json
from .gitlab import Found, GitlabServer
from .gitlab_projects import DAY
from .question import Question, sent_and_decoded
from .trees import Entry, Files, entry, listing

PREFIX = ("api", "v4")


def answer(server: GitlabServer, request: Request) -> Behaviour | None:
    """Answers for projects, files, folders, groups and users."""
    _, parts, _ = sent_and_decoded(request)
    known = server.knows(request)
    if known is False:
        return _message(401, "Unauthorized")
    match parts[len(PREFIX) :]:
        case ("projects", path, *rest):
            return _project(server, request, path, tuple(rest))
        case ("groups", path):
            if not server.is_group(path):
                return _message(404, "Group Not Found")
            return in_json(
                {"id": 1, "path": path, "full_path": path, "web_url": f"https://{server.name}/groups/{path}"}
            )
        case ("users",):
            return in_json([])
        case _:
            return None


def _project(server: GitlabServer, request: Request, path: str, rest: tuple[str, ...]) -> Behaviour | None:
    known = bool(server.knows(request))
    found = server.find(path, known=known)
    if found is None:
        return _message(404, "Project Not Found")
    if found.moved:
        return _moved(server, request, found)
    question = Question.of(request)
    if not rest:
        return in_json(_told(server, found, known=known, license_too=question.first("license") == "true"))
    return _repository(found, rest, question)


def _repository(found: Found, rest: tuple[str, ...], question: Question) -> Behaviour | None:
    match rest:
        case ("repository", "files", file):
            return _file(found, file, question)
        case ("repository", "tree"):
            return _tree(found, question)
        case ("repository", "branches", branch) if branch in found.project.trees:
            return in_json({"name": branch, "default": branch == found.project.default_branch})
        case ("repository", "branches", _):
            return _message(404, "Branch Not Found")
        case _:
            return None


def _moved(server: GitlabServer, request: Request, found: Found) -> Behaviour:
    """The redirect to the project's number, with the rest of the address as it was sent: find_project! of the API."""
    if request.method != "GET":
        return in_json({"message": "Non GET methods are not allowed for moved projects"}, 405)
    sent, _, query = sent_and_decoded(request)
    path = "/".join((*PREFIX, "projects", str(found.id), *sent[len(PREFIX) + 2 :]))
    return Behaviour(status=301, location=f"https://{server.name}/{path}{f'?{query}' if query else ''}")


def _told(server: GitlabServer, found: Found, *, known: bool, license_too: bool) -> dict[str, object]:
    """A project's details: those without a token are not told whether it is archived, empty or visible."""
    project = found.project
    at = f"https://{server.name}/{project.path}"
    group, _, name = project.path.rpartition("/")
    told: dict[str, object] = {
        "id": found.id,
        "description": project.description,
        "name": name,
        "path": name,
        "path_with_namespace": project.path,
        "created_at": DAY,
        "default_branch": project.default_branch if project.trees else None,
        "tag_list": list(project.topics),
        "topics": list(project.topics),
        "web_url": at,
        "readme_url": f"{at}/-/blob/{project.default_branch}/README.md" if "README.md" in project.files else None,
        "forks_count": 0,
        "star_count": 0,
        "last_activity_at": project.last_activity,
        "namespace": {"id": 1, "name": group, "path": group.rpartition("/")[2], "kind": "group", "full_path": group},
    }
    if license_too and project.license:
        told["license"] = {"key": project.license.lower(), "name": project.license}
    if project.fork_of:
        parent = server.find(project.fork_of)
        told |= {"forked_from_project": _told(server, parent, known=False, license_too=False)} if parent else {}
    if known:
        visibility = "private" if project.private else "public"
        told |= {"archived": project.archived, "empty_repo": not project.trees, "visibility": visibility}
    return told


def _file(found: Found, path: str, question: Question) -> Behaviour:
    ref = question.first("ref")
    if not ref:
        return in_json({"error": "ref is missing, ref is empty"}, 400)
    tree = _at(found, ref)
    if tree is None:
        return _message(404, "Commit Not Found")
    file = entry(tree, path)
    if file is None or file.text is None:
        return _message(404, "File Not Found")
    content = base64.b64encode(file.text.encode()).decode()
    told = {"file_name": file.name, "file_path": path, "size": file.size, "encoding": "base64", "ref": ref}
    headers = (("X-Gitlab-File-Path", path), ("X-Gitlab-Ref", ref), ("X-Gitlab-Size", str(file.size)))
    return replace(in_json(told | {"content": content}), headers=headers)


def _tree(found: Found, question: Question) -> Behaviour:
    path = question.first("path").strip("/")
    tree = _at(found, question.first("ref") or found.project.default_branch)
    if tree is None:
        return _message(404, "Tree Not Found")
    folder = entry(tree, path)
    if folder is None or folder.text is not None:
        return _message(404, "invalid revision or path Not Found")
    per_page = question.first("per_page", "20")
    return in_json([_row(one) for one in listing(tree, path)][: int(per_page) if per_page.isdecimal() else 20])


def _at(found: Found, ref: str) -> Files | None:
    return found.project.trees.get(found.project.default_branch if ref == "HEAD" else ref)


def _row(one: Entry) -> dict[str, object]:
    number = hashlib.sha1(one.path.encode(), usedforsecurity=False).hexdigest()
    kind, mode = ("tree", "040000") if one.text is None else ("blob", "100644")
    return {"id": number, "name": one.name, "type": kind, "path": one.path, "mode": mode}


def _message(status: int, told: str) -> Behaviour:
    return in_json({"message": f"{status} {told}"}, status)
