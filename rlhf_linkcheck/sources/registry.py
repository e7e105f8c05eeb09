"""The table of sources: a new one is one file and one name here."""

# Not in the package's __init__, which whoever needs a Request imports: that must not cost importing aiohttp.

from rlhf_linkcheck.sources.web import Web

SOURCES = (Web,)
"""Each is made from the run's client. Which of them a link is put to, its route says."""
