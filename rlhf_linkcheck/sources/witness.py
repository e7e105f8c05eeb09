"""Asks hosts that were silent about links that earlier runs found alive: whether it is the host, or its other links."""

import asyncio
from collections.abc import Mapping

from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.verdicts.outage import UNHEARD


async def silent_hosts(client: Client, witnesses: Mapping[str, str]) -> frozenset[str]:
    """Those of these hosts that do not answer about this link of theirs either."""
    if not witnesses:
        return frozenset()
    client.relent()
    answers = await asyncio.gather(*(client.get(address, again=True) for address in witnesses.values()))
    return frozenset(
        host
        for host, answer in zip(witnesses, answers, strict=True)
        if answer.trouble is not None and answer.trouble.reason in UNHEARD
    )
