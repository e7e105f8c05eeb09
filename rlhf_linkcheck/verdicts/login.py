"""Which addresses are login pages, by what only login pages are called; pure."""

from urllib.parse import urlsplit

_LOGIN_SEGMENTS = frozenset(
    {
        *("login", "log-in", "log_in", "logon", "log-on", "log_on"),
        *("signin", "sign-in", "sign_in", "signon", "sign-on", "sign_on", "sso"),
        *("wp-login", "servicelogin", "authwall"),  # WordPress, Google, LinkedIn
    }
)
_LOGIN_LABELS = frozenset({"login", "signin", "sso", "auth", "idp"})
_LOGIN_HOSTS = frozenset({"accounts.google.com"})
_OAUTH = frozenset({"oauth", "oauth2", "openid-connect"})
_OAUTH_ENDS = frozenset({"authorize", "auth"})


def is_login(address: str) -> bool:
    """Whether a host or a segment of the path is called as only login pages are; a segment's suffix is left out."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if host in _LOGIN_HOSTS or host.partition(".")[0] in _LOGIN_LABELS:
        return True
    segments = [segment.partition(";")[0].partition(".")[0] for segment in parts.path.lower().strip("/").split("/")]
    asks_consent = segments[-1] in _OAUTH_ENDS and not _OAUTH.isdisjoint(segments[:-1])
    return asks_consent or not _LOGIN_SEGMENTS.isdisjoint(segments)
