"""Checks the health of curated paper lists: every entry, every link, with the evidence.

>>> from rlhf_linkcheck import Config, check
>>> report = check(Config(inputs=("entries.yaml",), offline=True))  # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING

from rlhf_linkcheck.version import __version__

if TYPE_CHECKING:
    from rlhf_linkcheck.config import Config, NetworkConfig
    from rlhf_linkcheck.loaders import InputError
    from rlhf_linkcheck.pipeline import check
    from rlhf_linkcheck.report import Report

__all__ = ["Config", "InputError", "NetworkConfig", "Report", "__version__", "check"]

_HOMES = {
    "Config": "config",
    "InputError": "loaders",
    "NetworkConfig": "config",
    "Report": "report",
    "check": "pipeline",
}


def __getattr__(name: str) -> object:
    """A public name, imported when it is first asked for: whoever imports one room pays for that room alone."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
