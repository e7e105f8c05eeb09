"""An answer's body: whether it is worth reading, how much of it, and from what was sent to what was meant."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from functools import lru_cache

from rlhf_linkcheck.content.charset import decode
from rlhf_linkcheck.content.page import Page, read_page, read_text

LARGEST = 512 * 1024
"""Bytes of a body that are read, its content coding undone."""

_HTML = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml"})
_TEXT = frozenset({"text/plain"})
_ARCHIVES = frozenset({"pdf", "zip", "gzip", "x-tar", "x-gzip", "x-7z-compressed", "x-bzip2", "x-xz", "octet-stream"})
_MOST_CODINGS = 3
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
_CODINGS = frozenset({"gzip", "x-gzip", "deflate"})
_GZIP, _ZLIB, _RAW = 31, 15, -15
"""Window bits of zlib; servers call both its own format and the raw one inside it «deflate»."""
_TELLING = 32
"""Bytes that tell what was sent; a shorter body is told by its end."""


@dataclass(frozen=True, slots=True)
class Form:
    """What an answer's fields say of its body; ``codings`` stand in the order in which they were applied."""

    media_type: str = ""
    charset: str | None = None
    codings: tuple[str, ...] = ()
    attachment: bool = False

    @property
    def is_archive(self) -> bool:
        """Whether it is a document or an archive by its type, and so is not read at all."""
        return self.media_type.removeprefix("application/") in _ARCHIVES

    @property
    def is_page(self) -> bool:
        """Whether there may be a page in it to read; without a media type its first bytes decide."""
        return not self.attachment and (not self.media_type or self.media_type in _HTML | _TEXT)


def form_of(fields: Mapping[str, str]) -> Form:
    """The form of a body by its fields (``Content-Type`` and its like, in any case)."""
    told = (fields.get(name, "") for name in ("Content-Type", "Content-Encoding", "Content-Disposition"))
    return _form(*told)


@lru_cache(maxsize=64)
def _form(content_type: str, content_encoding: str, disposition: str) -> Form:
    content = Message()
    content["Content-Type"] = content_type
    media_type = content_type.partition(";")[0].strip().lower()
    charset = content.get_param("charset")
    return Form(
        media_type=media_type if "/" in media_type else "",
        charset=charset if isinstance(charset, str) else None,
        codings=tuple(
            name for coding in content_encoding.split(",") if (name := coding.strip().lower()) not in ("", "identity")
        ),
        attachment=disposition.strip().lower().startswith("attachment"),
    )


def is_binary(octets: bytes) -> bool:
    """Whether a body begins as documents, pictures and archives do, whatever its type says."""
    return octets.startswith(_BINARY)


class Body:
    """Collects a body as it comes, its content coding undone, until it ends or is as long as anybody reads."""

    def __init__(self, form: Form, largest: int = LARGEST) -> None:
        self._form = form
        self._largest = largest
        self._undo = [_Undo(name) for name in reversed(form.codings[:_MOST_CODINGS]) if name in _CODINGS]
        self._unknown = any(name not in _CODINGS for name in form.codings) or len(form.codings) > _MOST_CODINGS
        self._octets = bytearray()
        self.ended = False

    @property
    def full(self) -> bool:
        """Whether no more of it is wanted."""
        return len(self._octets) >= self._largest or any(undo.broken for undo in self._undo)

    @property
    def overlong(self) -> bool:
        """Whether there is more of it than anybody reads."""
        return len(self._octets) >= self._largest

    def feed(self, chunk: bytes) -> None:
        """The next bytes as they were sent."""
        room = self._largest - len(self._octets)
        for undo in self._undo:
            chunk = undo.feed(chunk, room)
        self._octets += chunk[:room]

    def _finish(self) -> None:
        """Undo what was too short to tell before its end."""
        for index, undo in enumerate(self._undo):
            room = self._largest - len(self._octets)
            late = undo.begin(room)
            for later in self._undo[index + 1 :]:
                late = later.feed(late, room)
            self._octets += late[:room]

    def octets(self) -> bytes | None:
        """All of it, None where it is not whole, or in a coding that nobody asked for."""
        self._finish()
        return bytes(self._octets) if self._whole and not self._unknown else None

    @property
    def _whole(self) -> bool:
        return self.ended and not self.full and all(undo.complete for undo in self._undo)

    def page(self, address: str, wanted: frozenset[str]) -> Page | None:
        """What the body says, None where it is none to read: a picture, an archive, an unknown coding."""
        self._finish()
        octets = bytes(self._octets)
        if self._unknown or not self._form.is_page or is_binary(octets) or not octets.strip():
            return None
        whole = self._whole
        text = decode(octets, self._form.charset)
        looks_like_html = text.lstrip()[:1] == "<"
        if self._form.media_type in _TEXT or not (self._form.media_type or looks_like_html):
            return read_text(text, address, whole=whole)
        return read_page(text, address, wanted=wanted, whole=whole)


class _Undo:
    """Undoes one content coding, whichever form of it was sent; what is not coded at all passes as it is."""

    def __init__(self, coding: str) -> None:
        self._gzip = coding != "deflate"
        self._pending = b""
        self._decompressor: zlib._Decompress | None = None
        self._plain = False
        self.broken = False

    @property
    def complete(self) -> bool:
        """Whether what was coded came to its end."""
        return self._plain or (self._decompressor is not None and self._decompressor.eof)

    def feed(self, chunk: bytes, room: int) -> bytes:
        """At most ``room`` bytes of what these bytes stand for: a bomb goes off no further."""
        if self._plain or self.broken:
            return chunk if self._plain else b""
        if self._decompressor is None:
            self._pending += chunk
            return self.begin(room) if len(self._pending) >= _TELLING else b""
        return self._more(chunk, room)

    def begin(self, room: int) -> bytes:
        """Decide by the first bytes what was sent; nothing where something was decided already."""
        chunk, self._pending = self._pending, b""
        if self._decompressor is not None or not chunk:
            return b""
        window = self._window(chunk)
        if window is None:
            # Servers that name a coding and do not apply it: browsers fail there, and the page is there all the same.
            self._plain = True
            return chunk
        self._decompressor = zlib.decompressobj(window)
        return self._more(chunk, room)

    def _window(self, first: bytes) -> int | None:
        """The window bits that tell zlib which format it is (RFC 9110 §8.4.1), None for text as it is."""
        if self._gzip:
            return _GZIP if first.startswith(b"\x1f\x8b") else None
        if int.from_bytes(first[:2]) % 31 == 0 and first[0] & 15 == zlib.DEFLATED:
            return _ZLIB
        return None if first.lstrip()[:1] == b"<" else _RAW

    def _more(self, chunk: bytes, room: int) -> bytes:
        """Several members of a gzip file are one body (RFC 1952 §2.2)."""
        decoded = b""
        try:
            while chunk and len(decoded) < room and self._decompressor is not None:
                if self._decompressor.eof:
                    self._decompressor = zlib.decompressobj(_GZIP if self._gzip else _ZLIB)
                decoded += self._decompressor.decompress(chunk, room - len(decoded))
                chunk = self._decompressor.unused_data
        except zlib.error:
            self.broken = True
        return decoded
