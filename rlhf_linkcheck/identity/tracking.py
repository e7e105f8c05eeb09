"""Knows the parameters and fragments that follow readers around and lead nowhere."""

import re
from dataclasses import replace

from rlhf_linkcheck.identity.address import Address

_PARAMETER = re.compile(
    r"utm_.*|mtm_.*|matomo_.*|pk_(?:campaign|kwd).*|_ga|_gl|_hs(?:enc|mi)|__hs(?:fp|sc|tc)|hsctatracking|"
    r"(?:fb|g|msc|y|ys|tw|tt)clid|dclid|gclsrc|[gw]braid|fb_(?:action_ids|action_types|ref)|guccounter|"
    r"guce_referrer(?:_sig)?|igsh(?:id)?|li_fat_id|mc_[ce]id|mibextid|mkt_tok|oly_(?:anon|enc)_id|ref_(?:src|url)|"
    r"s_cid|srsltid|vero_id|wickedid|epik",
    re.IGNORECASE | re.DOTALL,
)
_HOST_PARAMETERS = {
    "openreview.net": frozenset({"referrer"}),
    "twitter.com": frozenset({"s", "t"}),
    "x.com": frozenset({"s", "t"}),
    "youtu.be": frozenset({"feature", "si"}),
    "youtube.com": frozenset({"feature", "si"}),
}
_FRAGMENT = re.compile(r"\.[A-Za-z0-9_-]{9,16}(?:\.[a-z_]+)?|utm_[a-z]+=[^&]*(?:&utm_[a-z]+=[^&]*)*|xtor=.*", re.DOTALL)
"""AddThis (``#.Y_KLJ-yZNhF``, ``#.UAbcdefghij.twitter``), campaign parameters, and AT Internet."""


def without_tracking(address: Address) -> Address:
    """The address without what only tracks; equal to the address where nothing does. The rest stays as written."""
    fragment = address.fragment
    if fragment is not None and _FRAGMENT.fullmatch(fragment):
        fragment = None
    query = address.query
    if query is not None:
        own = _HOST_PARAMETERS.get(address.host.lower().removeprefix("www."), frozenset())
        parameters = query.split("&")
        kept = [parameter for parameter in parameters if not _tracks(parameter, own)]
        if len(kept) < len(parameters):
            query = "&".join(kept) or None
    return replace(address, query=query, fragment=fragment)


def _tracks(parameter: str, own: frozenset[str]) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in own or _PARAMETER.fullmatch(name) is not None
