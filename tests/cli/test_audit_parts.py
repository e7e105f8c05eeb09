"""`audit` of a part of the list, or with answers from memory: it says nothing about what it did not ask."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from audit_nights import A_IS_DEAD, ALIVE, LIST, QUICK, Audits, Night, day
from builders import NOON
from changes_in_git import commit, repository
from commandline import Run

from rlhf_linkcheck import pipeline
from rlhf_linkcheck.simweb import Scenario, Web, serve
from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request

PART = "linkcheck-part"
BOTH_ARE_DEAD = "{a.example: {/: 404}, b.example: {/: 404}}"
KNOWN_OF_A = ("LNK101", "https://a.example/")
