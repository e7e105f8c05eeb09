"""Where the connections of a client must go to reach the simulated web."""

from .fields import ScenarioError
from .host import Host, Tls
from .hostnames import STANDARD_PORTS, split_authority
from .scenario import Scenario

LOOPBACK = "127.0.0.1"
DESERTED = "127.0.0.2"
"""An address of loopback (RFC 1122, 3.2.1.3) where nobody listens: that of hosts that refuse."""
AUTHORITY = "ca.simweb.example"
"""The site of the simulated web's own certificate authority; a scenario that has such a host has its own."""


def connect_to(scenario: Scenario, *, http: int, tls: int, closed: int) -> tuple[str, ...]:
    """Routes for this scenario, as curl's ``HOST:PORT:ADDR:PORT``, in the order in which they are to be tried.

    A host with a port of its own speaks TLS there where it says ``tls``, else plain HTTP. Where any name
    fails to resolve, only the scenario's hosts and services have a route, so that the client really asks the
    name server.
    """
    standard = tuple(zip(STANDARD_PORTS, (http, tls), strict=True))
    names_fail = any(host.dns for host in scenario.hosts.values())
    routes: list[str] = []
    hosts = dict.fromkeys(scenario.services, Host()) | dict(scenario.hosts)
    for authority, host in sorted(hosts.items(), key=_own_port_first):
        name, port = split_authority(authority)
        if host.dns:
            continue
        if host.refuse:
            routes.append(f"{name}:{port or ''}:{LOOPBACK}:{closed}")
        elif port:
            routes.append(f"{name}:{port}:{LOOPBACK}:{tls if host.tls else http}")
        elif names_fail:
            routes += (f"{name}:{asked}:{LOOPBACK}:{served}" for asked, served in standard)
    if names_fail and AUTHORITY not in scenario.hosts and Tls.MISSING_INTERMEDIATE in scenario.certificates.values():
        routes.append(f"{AUTHORITY}:80:{LOOPBACK}:{http}")
    if not names_fail:
        routes += (f":{asked}:{LOOPBACK}:{served}" for asked, served in standard)
    return tuple(routes)


def own_ports(scenario: Scenario) -> dict[int, bool]:
    """The ports that the scenario's hosts have, and whether TLS is spoken there; the standard ones are first.

    Raises ScenarioError where two hosts of one port differ in that.
    """
    plain, secure = STANDARD_PORTS
    ports = {plain: False, secure: True}
    for authority, host in scenario.hosts.items():
        _, port = split_authority(authority)
        if port and not host.refuse and ports.setdefault(port, host.tls is not None) is not (host.tls is not None):
            raise ScenarioError(
                f"hosts: {authority}: another host has this port {'without' if host.tls else 'with'} TLS"
            )
    return ports


def _own_port_first(item: tuple[str, Host]) -> bool:
    """A refused host refuses at all ports but those that the scenario names."""
    return split_authority(item[0])[1] is None
