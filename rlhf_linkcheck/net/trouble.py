"""What went wrong on the wire, from the client's exceptions to a reason with its words; pure."""

import errno
import ssl
from collections.abc import Iterator
from types import MappingProxyType

import aiohttp

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import Trouble
from rlhf_linkcheck.net.connector import HandshakeUnfinishedError
from rlhf_linkcheck.net.guard import NotPublicError
from rlhf_linkcheck.net.sockets import SHORT

_BY_TYPE: tuple[tuple[type[Exception], Reason, str], ...] = (
    # The first that fits; the narrower stands before the wider.
    (aiohttp.ClientProxyConnectionError, Reason.REFUSED, "the proxy could not be reached"),
    (aiohttp.ClientHttpProxyError, Reason.REFUSED, "the proxy did not let it through"),
    (aiohttp.InvalidURL, Reason.INVALID, "not an address that can be asked"),
    (aiohttp.ConnectionTimeoutError, Reason.TIMEOUT, "no connection within {connect:g} s"),
    (TimeoutError, Reason.TIMEOUT, "no answer within {total:g} s"),
    (aiohttp.ClientConnectorDNSError, Reason.DNS_ERROR, "its name could not be resolved"),
    (aiohttp.ClientResponseError, Reason.PROTOCOL_ERROR, "what came back is not HTTP, or its headers are too large"),
    (aiohttp.ServerDisconnectedError, Reason.RESET, "the connection was closed before an answer came"),
    (aiohttp.ClientPayloadError, Reason.RESET, "the answer was cut off"),
)
NO_ISSUER = Trouble(
    Reason.TLS, "its certificate is from an unknown authority, or an intermediate certificate is missing"
)
"""What OpenSSL says of both; only another look tells which."""
_CERTIFICATE = MappingProxyType(
    {
        # OpenSSL's verification codes, by number: https://docs.openssl.org/master/man3/X509_STORE_CTX_get_error/
        2: NO_ISSUER.words,  # likewise, after a certificate that we had ourselves
        9: "its certificate is not yet valid",
        10: "its certificate has expired",
        18: "its certificate is self-signed",
        19: "its certificate's chain ends in an unknown self-signed authority",
        20: NO_ISSUER.words,
        21: NO_ISSUER.words,
        62: "its certificate is for another name",
        64: "its certificate is for another address",
    }
)
_OLD_VERSION = frozenset(
    {
        "UNSUPPORTED_PROTOCOL",  # it chose a version that we do not speak
        "TLSV1_ALERT_PROTOCOL_VERSION",  # it said so itself
    }
)
_SHORTAGE = Trouble(Reason.SHORTAGE, "this machine had no more room for a connection, or allows no more open files")
_UNREACHED = Trouble(Reason.REFUSED, "no connection: none of its addresses can be reached")
_BROKEN_OFF = Trouble(Reason.RESET, "the connection broke off")
_BY_NUMBER = (
    (errno.ECONNRESET, Reason.RESET, "the connection was reset"),
    (errno.EPIPE, Reason.RESET, "the connection was reset"),
    (errno.ECONNABORTED, Reason.RESET, "the connection was reset"),
    (errno.ECONNREFUSED, Reason.REFUSED, "the connection was refused"),
    (errno.ETIMEDOUT, Reason.TIMEOUT, "no connection: the network gave up waiting"),
    (errno.EHOSTUNREACH, Reason.REFUSED, "no connection: there is no way to the host"),
    (errno.ENETUNREACH, Reason.REFUSED, "no connection: there is no way to its network"),
)


def trouble_of(error: Exception, config: NetworkConfig) -> Trouble:
    """The trouble that a request's exception (``aiohttp.ClientError`` or OSError) stands for."""
    causes = tuple(_causes(error))
    if any(isinstance(cause, HandshakeUnfinishedError) for cause in causes):
        limit = config.connect_timeout if isinstance(error, aiohttp.ConnectionTimeoutError) else config.timeout
        return Trouble(Reason.TIMEOUT, f"connected, but the TLS handshake did not finish within {limit:g} s")
    numbers = {cause.errno for cause in causes if isinstance(cause, OSError)}
    if numbers & SHORT:
        return _SHORTAGE
    for kind, reason, words in _BY_TYPE:
        if isinstance(error, kind):
            return Trouble(reason, words.format(connect=config.connect_timeout, total=config.timeout))
    # aiohttp's exceptions claim to be the socket's and TLS's own too, without their parts.
    bare = (cause for cause in causes if not isinstance(cause, aiohttp.ClientError))
    special = next((trouble for cause in bare if (trouble := _of_cause(cause)) is not None), None)
    known = (Trouble(reason, words) for number, reason, words in _BY_NUMBER if number in numbers)
    connecting = isinstance(error, aiohttp.ClientConnectorError)
    return special or next(known, _UNREACHED if connecting else _BROKEN_OFF)


def _of_cause(cause: BaseException) -> Trouble | None:
    """What the guard, TLS or a reset says, which aiohttp wrapped."""
    match cause:
        case NotPublicError():
            return Trouble(Reason.PRIVATE_ADDRESS, str(cause))
        case ssl.SSLCertVerificationError():
            return Trouble(Reason.TLS, _CERTIFICATE.get(cause.verify_code, "its certificate cannot be verified"))
        case ssl.SSLEOFError() | ConnectionResetError():
            return Trouble(Reason.RESET, "the connection was reset")
        case ssl.SSLError():
            return Trouble(Reason.PROTOCOL_ERROR, _handshake_words(getattr(cause, "reason", None)))
        case _:
            return None


def _handshake_words(name: str | None) -> str:
    """What went wrong, by OpenSSL's name for it, which it does not always have."""
    if name in _OLD_VERSION:
        return "it speaks only old versions of TLS (1.1 or older), which browsers refuse too"
    return f"the TLS handshake failed ({(name or 'no reason given').lower().replace('_', ' ')})"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and what it was raised from, step by step."""
    while error is not None:
        yield error
        error = error.__cause__
