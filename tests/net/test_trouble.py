import asyncio
import errno
import ssl

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey, RequestInfo
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import Trouble
from rlhf_linkcheck.net.connector import HandshakeUnfinishedError
from rlhf_linkcheck.net.guard import NotPublicError
from rlhf_linkcheck.net.trouble import trouble_of

CONFIG = NetworkConfig(timeout=20.0, connect_timeout=8.0)
KEY = ConnectionKey("a", 443, True, True, None, None, None)
INFO = RequestInfo(URL("http://a/"), "GET", CIMultiDictProxy(CIMultiDict()))


def connecting(cause: OSError) -> Exception:
    error = aiohttp.ClientConnectorError(KEY, cause)
    error.__cause__ = cause
    return error


def certificate(code: int) -> Exception:
    cause = ssl.SSLCertVerificationError(1, "certificate verify failed")
    cause.verify_code = code
    return connecting(cause)


def handshake(kind: type[ssl.SSLError], reason: str | None) -> Exception:
    cause = kind(1, "handshake")
    if reason is not None:
        cause.reason = reason
    return connecting(cause)


def unfinished(error: Exception) -> Exception:
    """How asyncio ends a wait: it cancels, and makes a time-out of that."""
    cancelled = asyncio.CancelledError()
    cancelled.__cause__ = HandshakeUnfinishedError()
    error.__cause__ = cancelled
    return error


OLD = "it speaks only old versions of TLS (1.1 or older), which browsers refuse too"
TABLE = (
    (
        unfinished(aiohttp.ConnectionTimeoutError()),
        Reason.TIMEOUT,
        "connected, but the TLS handshake did not finish within 8 s",
    ),
    (unfinished(TimeoutError()), Reason.TIMEOUT, "connected, but the TLS handshake did not finish within 20 s"),
    (aiohttp.ConnectionTimeoutError(), Reason.TIMEOUT, "no connection within 8 s"),
    (TimeoutError(), Reason.TIMEOUT, "no answer within 20 s"),
    (connecting(OSError(errno.ETIMEDOUT, "")), Reason.TIMEOUT, "the network gave up"),
    (connecting(OSError(errno.ECONNREFUSED, "")), Reason.REFUSED, "the connection was refused"),
    (connecting(OSError(errno.EHOSTUNREACH, "")), Reason.REFUSED, "no way to the host"),
    (connecting(OSError(errno.ENETUNREACH, "")), Reason.REFUSED, "no way to its network"),
    (connecting(OSError("Multiple exceptions: …")), Reason.REFUSED, "none of its addresses"),
    (connecting(ConnectionResetError()), Reason.RESET, "reset"),
    (aiohttp.ClientOSError(errno.ECONNRESET, ""), Reason.RESET, "reset"),
    (aiohttp.ClientOSError(errno.EPIPE, ""), Reason.RESET, "reset"),
    (aiohttp.ClientOSError(errno.ENOTCONN, ""), Reason.RESET, "broke off"),
    (aiohttp.ServerDisconnectedError(), Reason.RESET, "closed before an answer came"),
    (aiohttp.ClientPayloadError(), Reason.RESET, "cut off"),
    (aiohttp.ClientResponseError(INFO, (), status=400), Reason.PROTOCOL_ERROR, "not HTTP"),
    (aiohttp.ClientConnectorDNSError(KEY, OSError(None, "x")), Reason.DNS_ERROR, "could not be resolved"),
    (aiohttp.ClientProxyConnectionError(KEY, OSError(errno.ECONNREFUSED, "")), Reason.REFUSED, "the proxy could not"),
    (aiohttp.ClientHttpProxyError(INFO, (), status=403), Reason.REFUSED, "the proxy did not let it through"),
    (aiohttp.InvalidURL("x"), Reason.INVALID, "not an address"),
    (connecting(NotPublicError("127.0.0.1")), Reason.PRIVATE_ADDRESS, "127.0.0.1 is not a public address"),
    (certificate(10), Reason.TLS, "has expired"),
    (certificate(9), Reason.TLS, "not yet valid"),
    (certificate(18), Reason.TLS, "self-signed"),
    (certificate(19), Reason.TLS, "unknown self-signed authority"),
    (certificate(2), Reason.TLS, "unknown authority, or an intermediate"),
    (certificate(21), Reason.TLS, "unknown authority, or an intermediate"),
    (certificate(20), Reason.TLS, "unknown authority, or an intermediate"),
    (certificate(62), Reason.TLS, "for another name"),
    (certificate(99), Reason.TLS, "cannot be verified"),
    (handshake(ssl.SSLError, "WRONG_VERSION_NUMBER"), Reason.PROTOCOL_ERROR, "TLS handshake failed (wrong version"),
    (handshake(ssl.SSLError, "UNSUPPORTED_PROTOCOL"), Reason.PROTOCOL_ERROR, OLD),
    (handshake(ssl.SSLError, "TLSV1_ALERT_PROTOCOL_VERSION"), Reason.PROTOCOL_ERROR, OLD),
    (handshake(ssl.SSLError, None), Reason.PROTOCOL_ERROR, "no reason given"),
    (handshake(ssl.SSLEOFError, "UNEXPECTED_EOF_WHILE_READING"), Reason.RESET, "reset"),
)


@pytest.mark.parametrize(("error", "reason", "words"), TABLE)
def test_what_goes_wrong_on_the_wire_has_a_reason_and_words(error: Exception, reason: Reason, words: str) -> None:
    trouble = trouble_of(error, CONFIG)
    assert trouble.reason is reason
    assert words in trouble.words


def test_fractions_of_seconds_are_said_as_people_do() -> None:
    config = NetworkConfig(timeout=0.5)
    assert trouble_of(TimeoutError(), config) == Trouble(Reason.TIMEOUT, "no answer within 0.5 s")
