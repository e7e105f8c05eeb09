"""What is counted of each host, however many requests there are."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urljoin

from .limits import Meters
from .request import Request


@dataclass(slots=True)
class HostTally:
    """How often a host was asked.

    ``first`` counts the first requests for its addresses, but for those that a redirect had led to, which
    are ``hops``; ``repeats`` are all others. ``peak`` is the most requests that were ever in flight at once.
    """

    requests: int = 0
    first: int = 0
    hops: int = 0
    repeats: int = 0
    in_flight: int = 0
    peak: int = 0


class Tally:
    """Counts requests by host; an address is the same by http and https, by GET and HEAD."""

    def __init__(self, meters: Meters) -> None:
        self._meters = meters
        self._hosts: dict[str, HostTally] = {}
        # The hashes alone: the addresses of a large list would be most of the memory.
        self._asked: set[int] = set()
        self._led_to: set[int] = set()

    def begin(self, request: Request) -> int:
        """Notes a request, and gives the host's requests in flight, with this one."""
        host = self._hosts.get(request.host)
        if host is None:
            host = self._hosts[request.host] = HostTally()
        address = hash((request.host, request.path, request.body))
        host.requests += 1
        if address in self._asked:
            host.repeats += 1
        else:
            self._asked.add(address)
            host.hops += address in self._led_to
            host.first += address not in self._led_to
        host.in_flight += 1
        host.peak = max(host.peak, host.in_flight)
        return host.in_flight

    def lead(self, request: Request, location: str) -> None:
        """Notes that the answer to this request leads to another address, if that is one."""
        try:
            target = urljoin(f"{request.scheme}://{request.host}{request.path}", location).partition("#")[0]
        except ValueError:
            return
        authority, slash, path = target.partition("://")[2].partition("/")
        self._led_to.add(hash((authority.lower(), slash + path or "/", b"")))

    def end(self, host: str) -> None:
        """Notes the end of a request to this host."""
        self._hosts[host].in_flight -= 1

    def summary(self) -> Mapping[str, Any]:
        """The sums, and what they are made of by host; limits have the name of their first host."""
        sums: Counter[str] = Counter()
        for host in self._hosts.values():
            sums.update(requests=host.requests, first=host.first, hops=host.hops, repeats=host.repeats)
        beyond = {name: dict(excesses) for name, excesses in self._meters.excesses.items() if excesses}
        hosts = {name: asdict(host) for name, host in sorted(self._hosts.items())}
        return {**sums, "beyond": self._meters.beyond, "violations": beyond, "hosts": hosts}
