"""One request as it goes out, each time that it is tried."""

from collections.abc import Callable
from dataclasses import dataclass

from yarl import URL

from rlhf_linkcheck.evidence import Validators
from rlhf_linkcheck.net.address import Target
from rlhf_linkcheck.net.dns import Route
from rlhf_linkcheck.net.guard import is_literal
from rlhf_linkcheck.net.query import Query


@dataclass(frozen=True, slots=True)
class Sending:
    """One request as it goes out, each time that it is tried; ``whole`` where each try has all the time there is."""

    target: Target
    cookies: str
    query: Query | None
    validators: Validators | None
    on_send: Callable[[], None]
    whole: bool

    @property
    def fields(self) -> dict[str, str]:
        """What is said beside what every request says; a page is asked for only if it has changed (RFC 9110 §13.1)."""
        fields = self.query.headers if self.query else {}
        if self.cookies:
            fields["Cookie"] = self.cookies
        if self.validators is not None:
            told = (("If-None-Match", self.validators.etag), ("If-Modified-Since", self.validators.last_modified))
            fields |= {name: value for name, value in told if value is not None}
        return fields

    def way(self, route: Route) -> tuple[URL, dict[str, str], str | None]:
        """What to ask aiohttp for: the address, further fields, and the name for TLS where it is another's.

        It asks no resolver for literal hosts, so theirs is replaced by the route's.
        """
        target = self.target
        asked = URL(target.url, encoded=True)
        moved = route.addresses and (target.host, target.port) != (route.addresses[0], route.port)
        if not (moved and is_literal(target.host)):
            return asked, {}, None
        address = f"[{route.addresses[0]}]" if ":" in route.addresses[0] else route.addresses[0]
        url = URL(f"{target.scheme}://{address}:{route.port}{asked.raw_path_qs}", encoded=True)
        return url, {"Host": asked.host_port_subcomponent or ""}, target.host if target.scheme == "https" else None
