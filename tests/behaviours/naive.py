"""A naive checker, to compare with: the status of one HEAD, redirects followed, and what is not 2xx is dead."""

import socket
import ssl
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import quote, urljoin, urlsplit

from rlhf_linkcheck.evidence import Verdict
from rlhf_linkcheck.simweb import Web

PORTS = {"http": 80, "https": 443}
MOST_HOPS = 10
PATIENCE = 1.0


def naive_verdict(url: str, web: Web) -> Verdict:
    """What it says of an address."""
    for _ in range(MOST_HOPS + 1):
        try:
            answer = _ask(url, web)
            location = answer.getheader("Location")
            if answer.status not in (301, 302, 303, 307, 308) or not location:
                return Verdict.ALIVE if answer.status // 100 == 2 else Verdict.DEAD
            url = urljoin(url, location)
        except (OSError, HTTPException, ValueError, LookupError):
            break
    return Verdict.DEAD


def _ask(url: str, web: Web) -> HTTPResponse:
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").encode("idna").decode()
    port = parts.port or PORTS[parts.scheme]
    path = quote(parts.path or "/", safe="/%!$&'()*+,;=:@~[]-._")
    with closing(HTTPConnection(host, port)) as connection:
        connection.sock = socket.create_connection(_way(host, port, web), PATIENCE)
        if parts.scheme == "https":
            context = ssl.create_default_context(cafile=str(web.ca_file))
            connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
        connection.request("HEAD", f"{path}?{parts.query}" if parts.query else path)
        with connection.getresponse() as answer:
            return answer


def _way(host: str, port: int, web: Web) -> tuple[str, int]:
    """The loopback address that stands for a host; LookupError for one without a name."""
    for route in web.connect_to:
        asked, asked_port, address, target = route.rsplit(":", 3)
        if asked.strip("[]") in ("", host) and asked_port in ("", str(port)):
            return address, int(target)
    raise LookupError(host)
