"""How certificates are checked: as browsers do, with the operator's own authority added."""

import ssl
from pathlib import Path

_CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE+AES:DHE+AES:RSA+AESGCM:RSA+AES:!aDSS:!AESCCM"
"""Python's own, and those with RSA key exchange or SHA-1 MACs, which browsers still offer for TLS 1.2.

Without them an old server finds no cipher in common, and never comes to say that its version is old.
"""


def make_context(ca_file: Path | None) -> ssl.SSLContext:
    """The system's authorities (``SSL_CERT_FILE`` is theirs) and those in ``ca_file``, a PEM file.

    Raises OSError where the file cannot be read or has no certificate in it (``ssl.SSLError`` is one).
    Python 3.13 made RFC 5280 strict by default; browsers are not, and a site that they show is alive.
    """
    context = ssl.create_default_context()
    context.set_ciphers(_CIPHERS)
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    # Browsers look for a name nowhere else than where it belongs (RFC 9525 §6.3).
    context.hostname_checks_common_name = False
    if ca_file is not None:
        context.load_verify_locations(cafile=ca_file)
    return context
