"""Which proxy a request goes through, as the environment's ``HTTP_PROXY`` and ``NO_PROXY`` say."""

from collections.abc import Mapping

from rlhf_linkcheck.net.address import Target, target_of


def proxy_for(target: Target, proxies: Mapping[str, str]) -> str | None:
    """The proxy's URL for a target, or None where there is none for its scheme, or ``no`` lists its host."""
    proxy = proxies.get(target.scheme)
    if not proxy or _needs_none(target, proxies.get("no", "")):
        return None
    return _absolute(proxy)


def proxy_hosts(proxies: Mapping[str, str]) -> frozenset[tuple[str, int]]:
    """Host and port of each configured proxy."""
    targets = (target_of(_absolute(proxy)) for scheme, proxy in proxies.items() if scheme != "no")
    return frozenset((target.host, target.port) for target in targets if target is not None)


def _absolute(proxy: str) -> str:
    """curl, too, takes a proxy without a scheme for an HTTP proxy."""
    return proxy if "://" in proxy else f"http://{proxy}"


def _needs_none(target: Target, exceptions: str) -> bool:
    """Whether ``NO_PROXY`` names the host, with or without its port, or a domain above it; ``*`` is all.

    Source: https://curl.se/docs/manpage.html#--noproxy
    """
    names = {name.strip().lower().strip("[]").lstrip("*").lstrip(".") for name in exceptions.split(",") if name.strip()}
    asked = (target.key, f"{target.key}:{target.port}")
    return "" in names or any(host == name or host.endswith(f".{name}") for name in names for host in asked)
