"""What servers do that no scenario can say: they look at how they are asked."""

from collections.abc import Mapping
from types import MappingProxyType

from rlhf_linkcheck.simweb import Behaviour, Fault, Handler, Request

NOT_FOUND = Behaviour(status=404)
PAGE = Behaviour(body=b"<!doctype html><title>Reward models</title><h1>Reward models</h1><p>How to train one.")
OTHER_PAGE = Behaviour(body=b"<!doctype html><title>It works</title><h1>It works</h1><p>Nobody has been here yet.")


def _for_get(otherwise: Behaviour) -> Handler:
    """The page for GET, and something else for any other method."""
    return lambda request: PAGE if request.method == "GET" else otherwise


def _for_field(name: str, expected: str, otherwise: Behaviour) -> Handler:
    """The page for who sends a header with this in it."""
    return lambda request: PAGE if expected in request.headers.get(name, "") else otherwise


def _for_scheme(plain: Behaviour, secure: Behaviour) -> Handler:
    """One answer by http, and another by https."""
    return lambda request: plain if request.scheme == "http" else secure


def refuse_ranges(request: Request) -> Behaviour:
    """The page as a whole, or none of it."""
    return Behaviour(status=416) if "range" in request.headers else PAGE


def refuse_robots(request: Request) -> Behaviour:
    """The page for who says who it is."""
    agent = request.headers.get("user-agent", "").lower()
    return PAGE if agent and not agent.startswith(("python", "java", "go-http", "curl")) else Behaviour(status=403)


def lead_ever_deeper(request: Request) -> Behaviour:
    """Each address leads to a longer one."""
    return Behaviour(status=302, location=f"{request.path.rstrip('/')}/next")


def count_in_cookie(request: Request) -> Behaviour:
    """A circle that no cookie opens, though it sets another one each time."""
    count = int(request.headers.get("cookie", "").partition("seen=")[2] or 0)
    return Behaviour(status=302, location=request.path, headers=(("Set-Cookie", f"seen={count + 1}; Path=/"),))


def ask_for_consent(request: Request) -> Behaviour:
    """The page for who was at the gate, which sets a cookie and leads back."""
    if request.path.startswith("/gate"):
        back = request.path.partition("?back=")[2]
        return Behaviour(status=302, location=back, headers=(("Set-Cookie", "consent=1; Path=/; HttpOnly"),))
    known = "consent=1" in request.headers.get("cookie", "")
    return PAGE if known else Behaviour(status=302, location=f"/gate?back={request.path}")


def ask_for_session(request: Request) -> Behaviour:
    """The page for who comes back with the cookie that the first answer set."""
    if "session=1" in request.headers.get("cookie", ""):
        return PAGE
    return Behaviour(status=302, location=request.path, headers=(("Set-Cookie", "session=1; Path=/"),))


def ask_for_passport(request: Request) -> Behaviour:
    """The page for who was sent to another host, and came back by way of the one page that sets a cookie."""
    if request.path.startswith("/callback"):
        return Behaviour(status=302, location="/page", headers=(("Set-Cookie", "passport=1; Path=/; Secure"),))
    known = "passport=1" in request.headers.get("cookie", "")
    return PAGE if known else Behaviour(status=302, location="https://sso.b.example/check?back=/page")


def ask_for_shared_cookie(request: Request) -> Behaviour:
    """The page at www for who was at the bare name before, whose cookie is for both."""
    if request.host == "a.example":
        cookie = ("Set-Cookie", "been=1; Domain=a.example; Path=/")
        return Behaviour(status=302, location=f"https://www.a.example{request.path}", headers=(cookie,))
    known = "been=1" in request.headers.get("cookie", "")
    return PAGE if known else Behaviour(status=302, location=f"https://a.example{request.path}")


def reload_anew(request: Request) -> Behaviour:
    """A board that loads itself anew each second, by an address that no cache knows."""
    turn = int(request.path.partition("?turn=")[2] or "0")
    source = f'<title>Scores</title><meta http-equiv="refresh" content="1; url=/page?turn={turn + 1}"><h1>Scores</h1>'
    return Behaviour(body=source.encode())


def wait_for_cookie(request: Request) -> Behaviour:
    """A page that loads itself again, and is not there for who comes back with its cookie."""
    if "waited=1" in request.headers.get("cookie", ""):
        return NOT_FOUND
    source = b'<title>One moment</title><meta http-equiv="refresh" content="0; url=/page"><p>One moment.'
    return Behaviour(body=source, headers=(("Set-Cookie", "waited=1; Path=/"),))


def _large(fields: int, octets: int) -> Handler:
    """The page with so many fields of so many octets each."""
    headers = tuple((f"X-Field-{number}", "x" * octets) for number in range(fields))
    return lambda _: Behaviour(body=PAGE.body, headers=headers)


HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        "head_hangs": _for_get(Behaviour(fault=Fault.HANG)),
        "head_is_403": _for_get(Behaviour(status=403)),
        "head_is_404": _for_get(NOT_FOUND),
        "head_is_405": _for_get(Behaviour(status=405, headers=(("Allow", "GET"),))),
        "head_circles": _for_get(Behaviour(status=302, location="/page")),
        "head_is_400": _for_get(Behaviour(status=400)),
        "head_is_410": _for_get(Behaviour(status=410)),
        "head_is_429": _for_get(Behaviour(status=429, headers=(("Retry-After", "3600"),))),
        "head_is_503": _for_get(Behaviour(status=503)),
        "head_is_999": _for_get(Behaviour(status=999)),
        "head_is_closed": _for_get(Behaviour(fault=Fault.CLOSE)),
        "head_is_500": _for_get(Behaviour(status=500)),
        "head_is_501": _for_get(Behaviour(status=501)),
        "head_is_reset": _for_get(Behaviour(fault=Fault.RESET)),
        "wants_html": _for_field("accept", "text/html", Behaviour(status=406)),
        "wants_language": _for_field("accept-language", "en", Behaviour(status=400)),
        "wants_html_or_404": _for_field("accept", "text/html", NOT_FOUND),
        "wants_compression": _for_field("accept-encoding", "gzip", Behaviour(status=403)),
        "refuse_ranges": refuse_ranges,
        "refuse_robots": refuse_robots,
        "lead_ever_deeper": lead_ever_deeper,
        "count_in_cookie": count_in_cookie,
        "ask_for_consent": ask_for_consent,
        "ask_for_passport": ask_for_passport,
        "ask_for_session": ask_for_session,
        "ask_for_shared_cookie": ask_for_shared_cookie,
        "reload_anew": reload_anew,
        "wait_for_cookie": wait_for_cookie,
        "field_of_60_kib": _large(1, 60 * 1024),
        "field_of_1_mib": _large(1, 1024 * 1024),
        "fields_by_the_dozen": _large(240, 20),
        "fields_by_the_thousand": _large(1000, 20),
        "https_alone": _for_scheme(Behaviour(location="https://a.example/page"), PAGE),
        "https_alone_for_now": _for_scheme(Behaviour(status=302, location="https://a.example/page"), PAGE),
        "https_and_http_circle": _for_scheme(
            Behaviour(location="https://a.example/page"), Behaviour(location="http://a.example/page")
        ),
        "https_is_404": _for_scheme(PAGE, NOT_FOUND),
        "https_is_another": _for_scheme(PAGE, OTHER_PAGE),
        "https_leads_back": _for_scheme(PAGE, Behaviour(status=302, location="http://a.example/page")),
        "https_hangs": _for_scheme(PAGE, Behaviour(fault=Fault.HANG)),
    }
)
