"""How certificates are checked: as browsers do, with the operator's own authority added."""

import ssl
from pathlib import Path


def make_context(ca_file: Path | None) -> ssl.SSLContext:
    """The system's authorities (``SSL_CERT_FILE`` is theirs) and those in ``ca_file``, a PEM file.

    Raises OSError where the file cannot be read or has no certificate in it (``ssl.SSLError`` is one).
    Python 3.13 made RFC 5280 strict by default; browsers are not, and a site that they show is alive.
    """
    context = ssl.create_default_context()
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if ca_file is not None:
        context.load_verify_locations(cafile=ca_file)
    return context
