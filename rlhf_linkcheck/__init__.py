"""Checks the health of curated paper lists: every entry, every link, with the evidence."""

from rlhf_linkcheck.version import __version__

__all__ = ["__version__"]
