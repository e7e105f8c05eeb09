"""The table of sources: a new one is one file and one name here."""

# Not in the package's __init__, which whoever needs a Request imports: that must not cost importing aiohttp.

from rlhf_linkcheck.sources.acl import Acl
from rlhf_linkcheck.sources.arxiv import Arxiv
from rlhf_linkcheck.sources.doi import Doi
from rlhf_linkcheck.sources.github import GitHub
from rlhf_linkcheck.sources.gitlab import GitLab
from rlhf_linkcheck.sources.huggingface import HuggingFace
from rlhf_linkcheck.sources.oai import Oai
from rlhf_linkcheck.sources.openreview import OpenReview
from rlhf_linkcheck.sources.semantic_scholar import SemanticScholar
from rlhf_linkcheck.sources.wayback import Wayback
from rlhf_linkcheck.sources.web import Web
from rlhf_linkcheck.sources.youtube import YouTube
from rlhf_linkcheck.sources.zenodo import Zenodo

SOURCES = (
    Arxiv,
    Oai,
    Doi,
    Acl,
    OpenReview,
    SemanticScholar,
    GitHub,
    HuggingFace,
    GitLab,
    Zenodo,
    YouTube,
    Wayback,
    Web,
)
"""Each is made from the run's client. Which of them a link is put to, its route says."""
