"""Whether https serves what a living http page does; pure."""

from urllib.parse import urlsplit

from rlhf_linkcheck.net.chain import Chain, End
from rlhf_linkcheck.verdicts.doubt import told_by

_HTTP_PORT = ":80"
_WHAT_IT_IS = ("content-type", "content-length")


def https_twin(chain: Chain) -> str | None:
    """The https address to ask for a page that http gave without a redirect; None where there is none to ask.

    A port of its own speaks http and nothing else.
    """
    parts = urlsplit(chain.last.url)
    if chain.redirects or parts.scheme != "http" or parts.port not in (None, 80):
        return None
    return parts._replace(scheme="https", netloc=parts.netloc.removesuffix(_HTTP_PORT)).geturl()


def serves_the_same(chain: Chain, twin: Chain) -> bool:
    """Whether the twin's answer, to the same address by https, is the same page or at least the same kind of thing."""
    if twin.end is not End.ANSWERED or twin.redirects or not twin.last.succeeds:
        return False
    page, other = chain.last.page, twin.last.page
    if page is None or other is None:
        alike = all(chain.last.header(name) == twin.last.header(name) for name in _WHAT_IT_IS)
        return page is other and alike
    return page.same_as(other) and told_by(twin) == told_by(chain)
