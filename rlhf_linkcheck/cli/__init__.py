"""The command line: one module a command; flags become a Config, one call, an exit code."""

from rlhf_linkcheck.cli.app import main

__all__ = ["main"]
