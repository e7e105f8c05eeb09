"""Reads Markdown lists such as awesome-RLHF's README."""

from rlhf_linkcheck.loaders.markdown.document import loads

__all__ = ["loads"]
