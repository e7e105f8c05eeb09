import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.net.address import Target, _put_in_form, follow_location, inherit_fragment, target_of

SENT = (
    ("http://example.org", "http://example.org/"),
    ("HTTP://Example.ORG/Path", "http://example.org/Path"),
    ("https://example.org:443/a", "https://example.org/a"),
    ("http://example.org:443/a", "http://example.org:443/a"),
    ("https://example.org/a#part", "https://example.org/a"),
    ("https://example.org/a%2Fb/./c%7E/..", "https://example.org/a%2Fb/"),
    ("https://example.org/../../a/.b/c..", "https://example.org/a/.b/c.."),
    ("https://example.org/a/.", "https://example.org/a/"),
    ("https://example.org/a%2Fb/../c%7E?x=%zz&y=a+b", "https://example.org/c%7E?x=%zz&y=a+b"),
    ("https://example.org/ä b?q=é", "https://example.org/%C3%A4%20b?q=%C3%A9"),
    ("https://example.org/\udcff", "https://example.org/%FF"),
    ("https://example.org/\ud800", "https://example.org/%EF%BF%BD"),
    ("https://bücher.example/", "https://xn--bcher-kva.example/"),
    ("https://例え.jp/", "https://xn--r8jz45g.jp/"),
    ("https://user:secret@example.org/", "https://example.org/"),
    ("http://[2001:DB8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
    ("http://example.org./", "http://example.org./"),
    ("http://example.org?q", "http://example.org/?q"),
    ("http://under_score.example.org/", "http://under_score.example.org/"),
    ("http://127.1/", "http://127.0.0.1/"),
    ("http://2130706433/", "http://127.0.0.1/"),
    ("http://0x7f.0.0.1/", "http://127.0.0.1/"),
    ("http://017700000001./", "http://127.0.0.1/"),
)
NOT_SENT = (
    "",
    "example.org",
    "ftp://example.org/",
    "mailto:a@example.org",
    "http://",
    "http:///path",
    "http://[::1/",
    "http://[nonsense]/",
    "http://example.org:99999/",
    "http://example.org:0/",
    "http://exa mple.org/",
    "http://exa%6dple.org/",
    "http://a..b/",
    f"http://{'a' * 64}.org/",
    f"http://{'a.' * 200}org/",
    f"http://{'ä' * 5000}/",
    "http://1.2.3.4.5/",
    "http://256.256.256.256/",
    "http://\udcff.org/",
)


@pytest.mark.parametrize(("written", "sent"), SENT)
def test_an_address_goes_out_as_written_but_for_what_http_cannot_carry(written: str, sent: str) -> None:
    target = target_of(written)
    assert target is not None
    assert target.url == sent


@pytest.mark.parametrize("written", NOT_SENT)
def test_what_cannot_be_asked_is_no_target(written: str) -> None:
    assert target_of(written) is None


def test_a_target_says_who_is_connected_to() -> None:
    assert target_of("https://Example.org./x") == Target("https://example.org./x", "https", "example.org.", 443)
    assert target_of("http://[::1]:81/") == Target("http://[::1]:81/", "http", "::1", 81)


def test_limits_count_a_host_without_its_trailing_dot() -> None:
    assert {target.key for url in ("http://a.org/", "https://A.ORG./") if (target := target_of(url))} == {"a.org"}


BASE = "https://example.org/dir/page?q=1#here"
LOCATIONS = (
    ("https://other.org/x", "https://other.org/x#here"),
    ("https://other.org/x#there", "https://other.org/x#there"),
    ("//other.org/x", "https://other.org/x#here"),
    ("/root", "https://example.org/root#here"),
    ("sibling", "https://example.org/dir/sibling#here"),
    ("../up", "https://example.org/up#here"),
    ("?q=2", "https://example.org/dir/page?q=2#here"),
    ("#there", "https://example.org/dir/page?q=1#there"),
    ("  /blanks\t", "https://example.org/blanks#here"),
    ("/a b", "https://example.org/a%20b#here"),
    ("/ä\udce4", "https://example.org/%C3%A4%E4#here"),
    ("https:/one-slash", "https://example.org/one-slash#here"),
    ("https:no-slash", "https://example.org/dir/no-slash#here"),
    ("https:///three.org/x", "https://three.org/x#here"),
    ("http:/other.org/x", "http://other.org/x#here"),
    ("https:\\\\other.org\\x", "https://other.org/x#here"),
    ("/x?a=\\", "https://example.org/x?a=\\#here"),
    ("HTTPS://Other.ORG/X", "https://other.org/X#here"),
    ("https://u:p@other.org/", "https://other.org/#here"),
    ("https://other.org/%2F%zz", "https://other.org/%2F%zz#here"),
)


@pytest.mark.parametrize(("location", "address"), LOCATIONS)
def test_a_location_is_resolved_and_inherits_the_fragment(location: str, address: str) -> None:
    assert follow_location(BASE, location) == address


@pytest.mark.parametrize("location", ["mailto:a@b.org", "javascript:alert(1)", "file:///etc/passwd", "http://["])
def test_a_location_that_no_client_follows_is_none(location: str) -> None:
    assert follow_location(BASE, location) is None


def test_a_fragment_is_inherited_only_where_there_is_none() -> None:
    assert inherit_fragment("http://a/", "x") == "http://a/#x"
    assert inherit_fragment("http://a/#y", "x") == "http://a/#y"
    assert inherit_fragment("http://a/", "") == "http://a/"


@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_no_location_however_hostile_raises_or_leaves_the_wire_form(location: str) -> None:
    address = follow_location("https://example.org/a/b", location)
    assert address is None or (address.isascii() and address.isprintable() and " " not in address)


@given(st.text(alphabet=string.printable + "äß\udc80", max_size=60))
def test_the_wire_form_of_a_wire_form_is_itself(rest: str) -> None:
    target = target_of(f"http://example.org/{rest}")
    assert target is None or target_of(target.url) == target


HOSTS = st.sampled_from(["a.example", "A.example", "127.1", "0x7f.1", "a..example", "xn--a", "a.example.", "-", "ä.de"])
RESTS = st.text('ab/.?#&%\\ "[]:@\n\tä', max_size=12)


PORTS = st.sampled_from(["", ":8080", ":080", ":80", ":443", ":99999", ":", ":1e3"])


@given(st.sampled_from(["http", "https", "HTTP", "ftp"]), HOSTS, PORTS, RESTS | RESTS.map("/".__add__))
def test_what_is_written_as_it_is_sent_is_read_like_all_the_rest(scheme: str, host: str, port: str, rest: str) -> None:
    address = f"{scheme}://{host}{port}{rest}"
    assert target_of(address) == _put_in_form(address)


@pytest.mark.parametrize(
    "location",
    ["http://" + "a" * 60_000, "http://" + "a" * 30_000 + "/" + "/." * 15_000, "http://a.example:8080" + "a?" * 30_000],
    ids=["host", "dots", "port"],
)
def test_a_location_as_long_as_a_field_may_be_is_read_at_once(location: str) -> None:
    began = time.process_time()
    follow_location("http://a.example/", location)
    assert time.process_time() - began < 1, (
        "naively the host alone takes half a minute, and nothing else of the run moves"
    )
