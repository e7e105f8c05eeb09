import pytest

from rlhf_linkcheck.net.cookies import Jar

HERE = "https://a.example/x/page"


@pytest.mark.parametrize(
    ("set_cookie", "address", "field"),
    [
        ("seen=1", "https://a.example/x/page", "seen=1"),
        ("seen=1", "https://a.example/x/other", "seen=1"),
        ("seen=1", "https://a.example/", ""),
        ("seen=1; Path=/", "https://a.example/", "seen=1"),
        ("seen=1; Path=/", "http://a.example/", "seen=1"),
        ("seen=1; Path=/", "https://a.example:8443/", "seen=1"),
        ("seen=1; Path=/x", "https://a.example/y", ""),
        ("seen=1; Path=/", "https://b.example/", ""),
        ("seen=1; Path=/", "https://b.a.example/", ""),
        ("seen=1; Path=/", "https://aa.example/", ""),
        ("seen=1; Path=/; Domain=a.example", "https://b.a.example/", "seen=1"),
        ("seen=1; Path=/; Domain=.a.example", "https://b.a.example/", "seen=1"),
        ("seen=1; Path=/; Domain=a.example", "https://b.example/", ""),
        ("seen=1; Path=/; Domain=b.example", "https://b.example/", ""),
        ("seen=1; Path=/; Secure", "https://a.example/", "seen=1"),
        ("seen=1; Path=/; Secure", "http://a.example/", ""),
        ("seen=1; Path=/; HttpOnly; SameSite=Strict", "https://a.example/", "seen=1"),
        ("seen=1; Path=/; Max-Age=60", "https://a.example/", "seen=1"),
        ("seen=1; Path=/; Max-Age=0", "https://a.example/", ""),
        ("seen=1; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "https://a.example/", ""),
        ("seen=; Path=/", "https://a.example/", "seen="),
        ("a=b=c; Path=/", "https://a.example/", "a=b=c"),
        ("a=YWJj/+A==; Path=/", "https://a.example/", "a=YWJj/+A=="),
        ("a=b%20c,d; Path=/", "https://a.example/", "a=b%20c,d"),
        ("no cookie at all", "https://a.example/x/page", ""),
        ("", "https://a.example/x/page", ""),
    ],
)
async def test_a_cookie_goes_where_it_was_set_for(set_cookie: str, address: str, field: str) -> None:
    jar = Jar()
    jar.take(HERE, (set_cookie,))
    assert jar.field(address) == field


async def test_a_new_jar_is_empty_and_asks_for_nothing() -> None:
    jar = Jar()
    assert jar.field(HERE) == ""
    jar.take(HERE, ())
    assert jar.field(HERE) == ""


async def test_cookies_add_up_are_replaced_and_taken_back() -> None:
    jar = Jar()
    jar.take(HERE, ("one=1; Path=/", "two=2; Path=/"))
    assert sorted(jar.field(HERE).split("; ")) == ["one=1", "two=2"]
    jar.take(HERE, ("one=3; Path=/",))
    assert sorted(jar.field(HERE).split("; ")) == ["one=3", "two=2"]
    jar.take(HERE, ("two=; Path=/; Max-Age=0",))
    assert jar.field(HERE) == "one=3"


async def test_the_cookies_of_an_address_without_a_name_come_back_to_it() -> None:
    jar = Jar()
    jar.take("http://93.184.215.14/", ("seen=1",))
    assert jar.field("http://93.184.215.14/") == "seen=1"
    assert jar.field("http://93.184.215.15/") == ""


@pytest.mark.parametrize(("length", "kept"), [(4096, True), (4097, False)])
async def test_a_cookie_that_is_too_long_is_not_kept(length: int, *, kept: bool) -> None:
    jar = Jar()
    jar.take(HERE, ("name=".ljust(length, "x"),))
    assert bool(jar.field(HERE)) is kept


async def test_only_so_many_cookies_of_one_answer_are_kept() -> None:
    jar = Jar()
    jar.take(HERE, tuple(f"c{number}=1" for number in range(200)))
    assert len(jar.field(HERE).split("; ")) == 50


HOSTILE = ("a=\r\nX-Evil: 1", "a=\x00", "a=é", "é=1", "a=1; Domain=\x00", "a=1; Path=\x1b[", "=;=;=", "a=\udcff")


@pytest.mark.parametrize("set_cookie", HOSTILE)
async def test_no_cookie_raises_or_breaks_the_line(set_cookie: str) -> None:
    jar = Jar()
    jar.take(HERE, (set_cookie,))
    assert not {"\r", "\n", "\0"} & set(jar.field(HERE))


@pytest.mark.parametrize(
    ("cookie", "elsewhere"),
    [
        ("t=1; Domain=github.io", "https://b.github.io/"),
        ("t=1; domain=.co.uk", "https://b.co.uk/"),
        ("t=1; Domain=com", "https://b.com/"),
    ],
)
async def test_a_cookie_for_the_hosts_of_strangers_is_not_taken(cookie: str, elsewhere: str) -> None:
    jar = Jar()
    host = elsewhere.replace("//b.", "//a.")
    jar.take(host, [cookie])
    assert (jar.field(host), jar.field(elsewhere)) == ("", "")


async def test_a_cookie_goes_back_with_the_quotes_that_it_came_with() -> None:
    jar = Jar()
    jar.take("https://a.example/", ['a="b c"', "plain=b"])
    assert sorted(jar.field("https://a.example/").split("; ")) == ['a="b c"', "plain=b"]
