"""Option values as people type them, read into what they mean."""

import re
import warnings
from ipaddress import ip_address
from urllib.parse import urlsplit

from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.config import ConnectTo

_PART = r"(\[[^\]]*\]|[^:\[\]]*)"
_CONNECT_TO = re.compile(rf"{_PART}:(\d*):{_PART}:(\d*)")
_ADDRESS = re.compile(rf"{_PART}:(\d+)")
_HOST_INTERVAL = re.compile(
    r"(\*|[A-Za-z0-9_.-]+|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f.]{0,15}:[0-9A-Fa-f:.]{0,39})=(\d{1,6}(?:\.\d{1,9})?)"
)
"""A host's ports share one line, so that a port has no interval of its own."""
_CODE = re.compile(r"[A-Z]{2,3}\d{0,3}")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)?")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_HIGHEST_PORT = 65535
VISIBLE = re.compile(r"[!-~]+", re.ASCII)
"""What addresses consist of (RFC 3986 §2); ``urlsplit`` is more generous, and drops line breaks."""


def parse_connect_to(text: str) -> ConnectTo:
    """Read ``HOST:PORT:ADDR:PORT``; IPv6 addresses stand in brackets.

    >>> parse_connect_to("::127.0.0.1:8443")
    ConnectTo(host='', port=None, address='127.0.0.1', target_port=8443)
    """
    match = _CONNECT_TO.fullmatch(text)
    if match is None:
        raise UsageError(f"--connect-to {text}: write HOST:PORT:ADDR:PORT, as in example.org:443:127.0.0.1:8443")
    host, port, address, target_port = match.groups()
    given = f"--connect-to {text}"
    return ConnectTo(
        host=_bare(host).lower(),
        port=_port(port, given) if port else None,
        address=_bare(address),
        target_port=_port(target_port, given) if target_port else None,
    )


def parse_address(text: str, option: str) -> tuple[str, int]:
    """Read ``ADDR:PORT``: an IP address, for a name would have to be asked for first; IPv6 stands in brackets."""
    match = _ADDRESS.fullmatch(text)
    if match is None or not _is_ip(_bare(match[1])):
        raise UsageError(f"{option} {text}: write ADDR:PORT, as in 127.0.0.1:53 or [::1]:53")
    return _bare(match[1]), _port(match[2], f"{option} {text}")


def parse_duration(text: str, option: str) -> float:
    """Read ``90s``, ``5m``, ``24h``, ``7d`` or plain seconds, into seconds.

    >>> parse_duration("5m", "--deadline")
    300.0
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"{option} {text}: write a number and a unit, as in 90s, 5m, 24h or 7d")
    return float(match[1]) * _SECONDS[match[2] or "s"]


def parse_host_interval(text: str) -> tuple[str, float]:
    """Read ``HOST=SECONDS``; the host is in lower case, ``*`` all.

    >>> parse_host_interval("export.arxiv.org=5")
    ('export.arxiv.org', 5.0)
    """
    match = _HOST_INTERVAL.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"--host-interval {text}: write HOST=SECONDS, as in export.arxiv.org=5")
    return match[1].lower(), float(match[2])


def parse_codes(text: str, option: str) -> tuple[str, ...]:
    """Read ``ENT,DUP101``: rule codes or their beginnings.

    Whether there is such a rule is another question: a code of a newer version is no error.
    """
    codes = tuple(code.strip().upper() for code in text.split(",") if code.strip())
    for code in codes:
        if not _CODE.fullmatch(code):
            raise UsageError(
                f"{option} {text}: write codes or their beginnings, as in ENT,DUP101; `explain` lists them"
            )
    return codes


def parse_pattern(text: str, option: str) -> str:
    """Hand the regular expression on, where it is one that can be meant."""
    amiss = amiss_in(text)
    if amiss is not None:
        raise UsageError(f"{option} {text}: no regular expression: {amiss}")
    if not text:
        raise UsageError(f"{option}: an empty pattern is found in every address: write one, or leave {option} out")
    return text


def amiss_in(pattern: str) -> str | None:
    """What keeps a text from being a regular expression, None where it is one."""
    try:
        with warnings.catch_warnings():
            # What a later Python may read otherwise is no news to whoever runs a check.
            warnings.simplefilter("ignore", FutureWarning)
            re.compile(pattern)
    except (re.error, OverflowError) as error:  # of OverflowError: more repetitions than can be counted
        return str(error)
    except RecursionError:
        return "it is nested too deeply"
    return None


def check_proxy(text: str, variable: str) -> None:
    """Refuse a proxy that could not be used; its text is not repeated, for it may hold a password."""
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        usable = parts.scheme == "http" and bool(parts.hostname) and parts.port != 0 and bool(VISIBLE.fullmatch(text))
    except ValueError:
        usable = False
    if not usable:
        raise UsageError(f"{variable} is no proxy that can be used: write http://HOST:PORT")


def _bare(host: str) -> str:
    return host.removeprefix("[").removesuffix("]")


def _is_ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _port(text: str, given: str) -> int:
    # Python reads no number of more than some thousand digits.
    if len(text) > len(str(_HIGHEST_PORT)) or not 0 < int(text) <= _HIGHEST_PORT:
        raise UsageError(f"{given}: {text} is no port; ports go from 1 to {_HIGHEST_PORT}")
    return int(text)
