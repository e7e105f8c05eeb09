"""A network of our own, in which the simulated web has the real hosts' names and ports: Linux only.

Nothing in it can reach, or be reached by, anything else: https://man7.org/linux/man-pages/man7/network_namespaces.7.html
"""

import ctypes
import os
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_INSIDE = "RACE_IN_SANDBOX"
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 0x1
_REQUEST = struct.Struct("16sh14x")
_MS_BIND = 4096
_FILES = {
    # No options: a name server that is busy is waited for as long as anywhere.
    "/etc/resolv.conf": "nameserver 127.0.0.1\n",
    "/etc/hosts": "127.0.0.1 localhost\n::1 localhost\n",
}


AS_USER = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")
"""Before a command: to it, root is an ordinary user."""


def is_inside() -> bool:
    """Whether this process is in its own network already."""
    return _INSIDE in os.environ


def enter(arguments: Sequence[str]) -> bool:
    """Runs this program anew in a network of its own, and never returns; False where there is none to be had."""
    words = _unshare()
    if words is None:
        return False
    os.environ[_INSIDE] = "1"
    os.execvp(words[0], [*words, sys.executable, *arguments])  # noqa: S606 - no shell is wanted
    return True


def furnish(folder: Path) -> None:
    """Inside: loopback is up, and names are asked of the name server there."""
    _raise_loopback()
    for number, (path, text) in enumerate(_FILES.items()):
        own = folder / f"etc-{number}"
        own.write_text(text, encoding="ascii")
        own.chmod(0o644)
        _bind(own, Path(path))


def _unshare() -> list[str] | None:
    """The command that makes the namespaces: as root, or as one who is root in a user namespace of its own."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return None
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    words = ["unshare", "--net", "--mount", *user, "--"]
    tried = subprocess.run([*words, "true"], capture_output=True, check=False)  # noqa: S603 - our own words
    return words if tried.returncode == 0 else None


def _raise_loopback() -> None:
    import fcntl  # noqa: PLC0415 - not on every system, as namespaces

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        found = fcntl.ioctl(any_socket, _SIOCGIFFLAGS, _REQUEST.pack(b"lo", 0))
        _, flags = _REQUEST.unpack(found)
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, _REQUEST.pack(b"lo", flags | _IFF_UP))


def _bind(source: Path, target: Path) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(os.fsencode(source), os.fsencode(target.resolve()), None, _MS_BIND, None):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(target))
