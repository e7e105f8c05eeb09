"""Reads authorities: a host's name and its port, as requests and scenarios write them."""

import re

from .fields import ScenarioError

STANDARD_PORTS = (80, 443)
HIGHEST_PORT = 65_535
DIGITS = re.compile(r"[0-9]{1,9}")
HOST_NAME = re.compile(r"[0-9a-z._~-]+|\[[0-9a-f:.]+\]")


def split_authority(authority: str) -> tuple[str, int | None]:
    """Name and port; the brackets of an IPv6 address stay. A port that is no number is part of the name."""
    name, colon, port = authority.rpartition(":")
    if colon and DIGITS.fullmatch(port):
        return name, int(port)
    return authority, None


def normal_authority(authority: str) -> str:
    """Lower case, in ASCII, without the root's dot and a standard port. Raises ScenarioError for no such name."""
    name, port = split_authority(authority.lower())
    try:
        name = name.removesuffix(".").encode("idna").decode("ascii")
    except UnicodeError:
        name = ""
    if not HOST_NAME.fullmatch(name) or (port is not None and not 0 < port <= HIGHEST_PORT):
        raise ScenarioError(f"{authority!r} is no host")
    return name if port is None or port in STANDARD_PORTS else f"{name}:{port}"
