"""Asks what our name server makes of a name that does not exist, so that its page is taken for nobody's."""

import secrets
from collections.abc import Collection, Iterator

from rlhf_linkcheck.evidence import Outcome
from rlhf_linkcheck.net.address import Target, target_of
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.verdicts.impostor import poses_as, unlikely_name


async def impostors(client: Client, outcomes: Collection[Outcome]) -> frozenset[str]:
    """Those of the final addresses that our name server, and not their owner, may have answered.

    It found their names, finds any made-up one at the same address, and there the same page stands.
    By https nobody can pose as somebody else.
    """
    made_up = unlikely_name({target.key for target in _by_http(outcomes)} & client.found_names, secrets.token_hex())
    astray = await client.led_astray(made_up) if made_up else frozenset()
    found = set()
    for target in _by_http(outcomes) if astray else ():
        if target.key not in astray:
            continue
        poser = await client.get(f"http://{made_up}:{target.port}/", patient=False)
        known = client.known(target.url)
        if known is not None and poses_as(poser, known):
            found.add(target.url)
    return frozenset(found)


def _by_http(outcomes: Collection[Outcome]) -> Iterator[Target]:
    """Where links lead that were answered by http: of a long list there are too many to be kept."""
    pages = (outcome.final_url for outcome in outcomes if outcome.status is not None)
    return (target for page in pages if page and (target := target_of(page)) and target.scheme == "http")
