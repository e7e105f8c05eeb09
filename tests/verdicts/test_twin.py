from dataclasses import replace

import pytest

from rlhf_linkcheck.content.page import read_page
from rlhf_linkcheck.evidence import Reason, Redirect
from rlhf_linkcheck.net.answer import Answer, Trouble
from rlhf_linkcheck.net.chain import Chain, End
from rlhf_linkcheck.verdicts.twin import https_twin, serves_the_same

HTTP, HTTPS = "http://a.org/x", "https://a.org/x"
PROSE = " ".join(f"word{number}" for number in range(100))
FINE = f"<title>Reward models</title><p>{PROSE}"
OTHER = "<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>"


def heard(
    source: str | None = FINE,
    *,
    address: str = HTTPS,
    status: int = 200,
    redirects: tuple[Redirect, ...] = (),
    headers: tuple[str, ...] = (),
) -> Chain:
    kept = tuple(zip(("content-type", "content-length"), headers, strict=False))
    page = None if source is None else read_page(source, address)
    return Chain(address, (Answer(address, status, headers=kept, page=page),), redirects, End.ANSWERED)


@pytest.mark.parametrize(
    ("address", "twin"),
    [
        ("http://a.org/x?y=z", "https://a.org/x?y=z"),
        ("http://a.org:80/x", "https://a.org/x"),
        ("http://[2606:2800::1]/", "https://[2606:2800::1]/"),
        ("http://a.org:8080/x", None),
        ("https://a.org/x", None),
        ("https://a.org:80/x", None),
    ],
)
def test_a_plain_address_at_the_standard_port_has_a_twin(address: str, twin: str | None) -> None:
    assert https_twin(heard(address=address)) == twin


def test_who_was_sent_on_has_none() -> None:
    assert https_twin(heard(address=HTTP, redirects=(Redirect(301, "http://a.org/y"),))) is None


REFUSED = Chain(HTTPS, (Answer(HTTPS, trouble=Trouble(Reason.REFUSED, "")),), (), End.ANSWERED)
PDF = ("application/pdf", "1000")


@pytest.mark.parametrize(
    ("chain", "twin", "same"),
    [
        (heard(), heard(), True),
        (heard(), heard(FINE + "<p>and today's date"), True),
        (heard(), heard(OTHER), False),
        (heard(), heard(FINE.replace("Reward", "Other")), False),
        (heard(), heard(status=404), False),
        (heard(), heard(status=403), False),
        (heard(), heard(redirects=(Redirect(302, HTTP),)), False),
        (heard(), replace(heard(), end=End.CIRCLE), False),
        (heard(), heard(None), False),
        (heard(None), heard(), False),
        (heard(), REFUSED, False),
        (heard(None, headers=PDF), heard(None, headers=PDF), True),
        (heard(None, headers=PDF), heard(None, headers=PDF, status=206), True),
        (heard(None, headers=PDF), heard(None, headers=("application/pdf", "999")), False),
        (heard(None, headers=PDF), heard(None, headers=("text/html", "1000")), False),
        (heard(None), heard(None), True),
    ],
)
def test_https_serves_the_same_where_it_is_the_same_page(chain: Chain, twin: Chain, *, same: bool) -> None:
    assert serves_the_same(chain, twin) is same


def test_a_page_that_tells_something_else_of_itself_is_not_the_same() -> None:
    walled = heard(FINE + "<script>window._cf_chl_opt = {}</script>")
    assert not serves_the_same(heard(), walled)
