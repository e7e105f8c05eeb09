import pytest

from rlhf_linkcheck.net.address import target_of
from rlhf_linkcheck.net.proxy import proxy_for, proxy_hosts

PROXIES = {"http": "http://proxy.example:3128", "https": "proxy.example:3129"}


def via(url: str, **proxies: str) -> str | None:
    target = target_of(url)
    assert target is not None
    return proxy_for(target, proxies or PROXIES)


def test_the_scheme_chooses_the_proxy() -> None:
    assert via("http://a.org/") == "http://proxy.example:3128"
    assert via("https://a.org/") == "http://proxy.example:3129"
    assert via("https://a.org/", http="http://p") is None


@pytest.mark.parametrize(
    ("exceptions", "direct"),
    [
        ("", False),
        ("*", True),
        ("a.org", True),
        ("A.ORG", True),
        (".a.org", True),
        ("*.a.org", True),
        ("org", True),
        ("b.org, a.org", True),
        ("www.a.org:80", True),
        ("www.a.org:81", False),
        ("w.a.org", False),
        ("ww.a.org", False),
        (" , ", False),
    ],
)
def test_no_proxy_names_hosts_and_domains(exceptions: str, *, direct: bool) -> None:
    assert (via("http://www.a.org/", http="http://p", no=exceptions) is None) is direct


def test_no_proxy_names_addresses() -> None:
    assert via("http://[2606:4700::1]/", http="http://p", no="[2606:4700::1]") is None
    assert via("http://1.2.3.4/", http="http://p", no="1.2.3.4") is None


def test_the_hosts_of_the_proxies_are_known() -> None:
    assert proxy_hosts({**PROXIES, "no": "x.org"}) == {("proxy.example", 3128), ("proxy.example", 3129)}
    assert proxy_hosts({"http": "http://[::1]:8080"}) == {("::1", 8080)}
    assert proxy_hosts({"http": "http://[broken"}) == frozenset()
