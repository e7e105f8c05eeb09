"""An answer's body: whether it is worth reading, how much of it, and from what was sent to what was meant."""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message

from rlhf_linkcheck.content.charset import decode
from rlhf_linkcheck.content.page import Page, read_page, read_text

LARGEST = 512 * 1024
"""Bytes of a body that are read, its content coding undone."""

_HTML = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml"})
_TEXT = frozenset({"text/plain"})
_BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"BZh",
    b"\xfd7zXZ",
    b"Rar!",
    b"7z\xbc",
)
_CODINGS: Mapping[str, tuple[int, ...]] = {
    # Window bits that tell zlib which format to expect: RFC 9110 §8.4.1, and the raw deflate that servers send, too.
    "gzip": (31,),
    "x-gzip": (31,),
    "deflate": (15, -15),
}


@dataclass(frozen=True, slots=True)
class Form:
    """What an answer's fields say of its body; ``codings`` stand in the order in which they were applied."""

    media_type: str = ""
    charset: str | None = None
    codings: tuple[str, ...] = ()
    attachment: bool = False

    @property
    def is_page(self) -> bool:
        """Whether there may be a page in it to read; without a media type its first bytes decide."""
        return not self.attachment and (not self.media_type or self.media_type in _HTML | _TEXT)


def form_of(fields: Mapping[str, str]) -> Form:
    """The form of a body by its fields (``Content-Type`` and its like, in any case)."""
    content = Message()
    content["Content-Type"] = fields.get("Content-Type", "")
    media_type = fields.get("Content-Type", "").partition(";")[0].strip().lower()
    charset = content.get_param("charset")
    return Form(
        media_type=media_type if "/" in media_type else "",
        charset=charset if isinstance(charset, str) else None,
        codings=tuple(
            name
            for coding in fields.get("Content-Encoding", "").split(",")
            if (name := coding.strip().lower()) not in ("", "identity")
        ),
        attachment=fields.get("Content-Disposition", "").strip().lower().startswith("attachment"),
    )


class Body:
    """Collects a body as it comes, its content coding undone, until it ends or is as long as anybody reads."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._undo = [_Undo(_CODINGS[name]) for name in reversed(form.codings) if name in _CODINGS]
        self._unknown = any(name not in _CODINGS for name in form.codings)
        self._octets = bytearray()
        self.ended = False

    @property
    def full(self) -> bool:
        """Whether no more of it is wanted."""
        return len(self._octets) >= LARGEST or any(undo.broken for undo in self._undo)

    def feed(self, chunk: bytes) -> None:
        """The next bytes as they were sent."""
        for undo in self._undo:
            chunk = undo.feed(chunk, LARGEST - len(self._octets))
        self._octets += chunk[: LARGEST - len(self._octets)]

    def page(self, address: str, wanted: frozenset[str]) -> Page | None:
        """What the body says, None where it is none to read: a picture, an archive, an unknown coding."""
        octets = bytes(self._octets)
        if self._unknown or not self._form.is_page or octets.startswith(_BINARY) or not octets.strip():
            return None
        whole = self.ended and not self.full
        text = decode(octets, self._form.charset)
        looks_like_html = text.lstrip()[:1] == "<"
        if self._form.media_type in _TEXT or not (self._form.media_type or looks_like_html):
            return read_text(text, address, whole=whole)
        return read_page(text, address, wanted=wanted, whole=whole)


class _Undo:
    """Undoes one content coding, whichever form of it was sent; what is not coded at all passes as it is."""

    def __init__(self, windows: tuple[int, ...]) -> None:
        self._windows = windows
        self._decompress: Callable[[bytes, int], bytes] | None = None
        self._plain = False
        self.broken = False

    def feed(self, chunk: bytes, room: int) -> bytes:
        """At most ``room`` bytes of what these bytes stand for: a bomb goes off no further."""
        if self._plain or self.broken or room <= 0 or not chunk:
            return chunk if self._plain else b""
        if self._decompress is None:
            return self._begin(chunk, room)
        try:
            return self._decompress(chunk, room)
        except zlib.error:
            self.broken = True
            return b""

    def _begin(self, chunk: bytes, room: int) -> bytes:
        for window in self._windows:
            decompressor = zlib.decompressobj(window)
            try:
                first = decompressor.decompress(chunk, room)
            except zlib.error:
                continue
            self._decompress = decompressor.decompress
            return first
        # Servers that name a coding and do not apply it: browsers fail there, and the page is there all the same.
        self._plain = True
        return chunk
