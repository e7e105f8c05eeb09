import asyncio
import ssl
from pathlib import Path

import pytest
import trustme
from crawling import QUICK

from rlhf_linkcheck.config import ConnectTo, NetworkConfig
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.net.tls import make_context


async def status_from(ciphers: str) -> int | None:
    """What a client hears from a server of TLS 1.2 that knows no other ciphers."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    authority.issue_cert("a.example", key_type=trustme.KeyType.RSA).configure_cert(context)
    context.set_ciphers(ciphers)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context)
    with authority.cert_pem.tempfile() as ca_file:
        async with server:
            route = ConnectTo("a.example", None, "127.0.0.1", server.sockets[0].getsockname()[1])
            async with Client(NetworkConfig(**QUICK, connect_to=(route,), ca_file=Path(ca_file))) as client:
                return (await client.get("https://a.example/")).status


@pytest.mark.parametrize("cipher", ["AES128-SHA", "AES256-GCM-SHA384", "ECDHE-RSA-AES128-SHA"])
async def test_a_server_that_browsers_can_talk_to_is_alive(cipher: str) -> None:
    assert await status_from(cipher) == 204


def test_what_browsers_refuse_is_not_offered() -> None:
    context = make_context(None)
    names = " ".join(cipher["name"] for cipher in context.get_ciphers())
    assert not any(word in names for word in ("RC4", "DES", "NULL", "ADH", "MD5", "EXP"))
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
