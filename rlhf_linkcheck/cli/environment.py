"""What comes from the environment and from nowhere else: proxies, credentials, and where APIs are."""

import os
import re
from urllib.parse import urlsplit

from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.values import VISIBLE, check_proxy
from rlhf_linkcheck.config import GITHUB, GitHubServer, Hub

HELP = (
    "From the environment: GITHUB_TOKEN (or GH_TOKEN), HF_TOKEN, OPENREVIEW_USERNAME and OPENREVIEW_PASSWORD let more "
    "be verified · GITHUB_API_URL, GITHUB_GRAPHQL_URL, GITHUB_SERVER_URL and HF_ENDPOINT say where · HTTP_PROXY, "
    "HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE, NO_COLOR."
)
"""What the command line's help says of it."""

_TOKEN = re.compile(r"[!-~]{1,1000}", re.ASCII)
_ENTERPRISE = "/api/v3"
"""https://docs.github.com/enterprise-server/rest/using-the-rest-api/getting-started-with-the-rest-api"""
_TENANT = re.compile(r"(?:api\.)?(?P<host>[a-z0-9-]+\.ghe\.com)")
"""https://docs.github.com/enterprise-cloud@latest/admin/data-residency/network-details-for-ghecom"""


def proxies() -> dict[str, str]:
    """HTTP_PROXY, HTTPS_PROXY and NO_PROXY, by scheme, as the whole ecosystem reads them."""
    from urllib.request import getproxies_environment  # noqa: PLC0415 - an HTTP client, just for this

    found = getproxies_environment()
    for scheme in ("http", "https"):
        if scheme in found:
            check_proxy(found[scheme], f"{scheme.upper()}_PROXY")
    return found


def demand_authorities() -> None:
    """Refuse an SSL_CERT_FILE that OpenSSL would pass over in silence, so that no certificate is good any more."""
    path = os.environ.get("SSL_CERT_FILE")
    if path and (os.path.isdir(path) or not os.access(path, os.R_OK)):  # noqa: PTH112 - pathlib has no access
        raise UsageError(f"SSL_CERT_FILE {path}: there is no file that can be read: mend the variable, or unset it")


def accounts() -> dict[str, tuple[str, str]]:
    """The credentials of sources that want some."""
    user, password = os.environ.get("OPENREVIEW_USERNAME"), os.environ.get("OPENREVIEW_PASSWORD")
    return {"openreview": (user, password)} if user and password else {}


def github() -> tuple[GitHubServer, ...]:
    """The public GitHub and, where the APIs named are those of a server of its own, that one; the token is for these.

    Raises UsageError for an address or a token that is none.
    """
    token = _token("GITHUB_TOKEN") or _token("GH_TOKEN")
    api, graphql, server = map(_address, ("GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_SERVER_URL"))
    host = _host_of(server) if server else _host_behind(api or "") or _host_behind(graphql or "") or GITHUB
    public = GitHubServer()
    if host == GITHUB:
        return (GitHubServer(GITHUB, api or public.api, graphql or _graphql_of(api or public.api), token),)
    own = api or _api_beside(server or graphql or "")
    return public, GitHubServer(host, own, graphql or _graphql_of(own), token)


def hub() -> Hub:
    """Where the Hugging Face Hub is, and the token for it. Raises UsageError for an address or a token that is none."""
    usual = Hub().endpoint
    return Hub(_address("HF_ENDPOINT", usual) or usual, _token("HF_TOKEN"))


def _token(name: str) -> str | None:
    """A token goes into a header, so nothing but what one is made of is let through; it is never repeated."""
    value = os.environ.get(name, "").strip()
    if value and not _TOKEN.fullmatch(value):
        raise UsageError(f"{name}: this is no token: it has blanks or signs in it that none has")
    return value or None


def _address(name: str, example: str = GitHubServer().api) -> str | None:
    value = os.environ.get(name, "").strip().rstrip("/")
    if not value:
        return None
    try:
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        fits = False
    if not (fits and VISIBLE.fullmatch(value)) or "@" in parts.netloc or parts.query or parts.fragment:
        raise UsageError(f"{name}: write an address such as {example}, without user, query or fragment")
    return value


def _host_of(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _host_behind(api: str) -> str | None:
    """The host whose addresses an API answers for, where its own address tells that it is not the public one."""
    tenant = _TENANT.fullmatch(_host_of(api))
    if tenant is not None:
        return tenant["host"]
    return _host_of(api) if urlsplit(api).path in (_ENTERPRISE, "/api/graphql") else None


def _api_beside(address: str) -> str:
    """The REST API of the server that this address of its pages, or of its GraphQL API, belongs to."""
    tenant = _TENANT.fullmatch(_host_of(address))
    return f"https://api.{tenant['host']}" if tenant else urlsplit(address)._replace(path=_ENTERPRISE).geturl()


def _graphql_of(api: str) -> str:
    return f"{api.removesuffix('/v3')}/graphql"
