"""What of a list could not be verified, in words."""

from collections.abc import Mapping

import pytest

from rlhf_linkcheck.crawl.remarks import remarks

RULES = "could not be held against the list (PAP101–PAP105, PAP108)"


@pytest.mark.parametrize(
    ("unverified", "unconfirmed", "outage", "said"),
    [
        ({}, 0, "", {}),
        ({"arxiv": 1}, 0, "", {"arxiv": f"1 paper {RULES}: run again later"}),
        ({"openreview": 2}, 0, "", {"openreview": f"2 papers {RULES}: what their pages say is not enough"}),
        (
            {"web": 3},
            0,
            "a.org is down",
            {
                "web": f"a.org is down; 3 papers {RULES}: their pages did not say what they show; "
                "a link to the abstract page, or to arXiv, would"
            },
        ),
        ({}, 0, "a.org is down", {"web": "a.org is down"}),
        ({}, 1, "", {"arxiv": "whether 1 paper was withdrawn could not be asked (PAP106): run again later"}),
        (
            {"arxiv": 1, "doi": 1},
            2,
            "",
            {
                "arxiv": f"1 paper {RULES}: run again later; "
                "whether 2 papers were withdrawn could not be asked (PAP106): run again later",
                "doi": f"1 paper {RULES}: run again later",
            },
        ),
    ],
)
def test_what_could_not_be_verified_is_said_once_by_its_source(
    unverified: Mapping[str, int], unconfirmed: int, outage: str, said: Mapping[str, str]
) -> None:
    assert remarks(unverified, unconfirmed, outage) == said


@pytest.mark.parametrize(
    ("uncopied", "said"),
    [
        (0, {}),
        (1, {"wayback": "whether there are copies of 1 dead link could not be asked: a later audit will"}),
        (1_200, {"wayback": "whether there are copies of 1,200 dead links could not be asked: a later audit will"}),
    ],
)
def test_dead_links_that_no_copy_could_be_asked_for_are_counted(uncopied: int, said: Mapping[str, str]) -> None:
    assert remarks({}, 0, "", uncopied) == said
