"""Runs one command and says what it took: `python -I -S launch.py LIMIT OUT ERR COMMAND …`, usage on standard output.

It is a program of its own and imports hardly anything, since the peak that Linux tells of a child is at
least that of the process which forked it: https://man7.org/linux/man-pages/man2/getrusage.2.html
"""

import os
import signal
import sys
import time

_BYTES = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in


def main(limit: str, out: str, err: str, *command: str) -> None:
    """Runs the command in a session of its own, with its outputs in files, and ends it all at the limit."""
    started = time.monotonic()
    child = os.fork()
    if not child:
        _become(out, err, command)
    stopped = []

    def stop(number: int, _: object) -> None:
        stopped.append(number)
        os.killpg(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(int(limit))
    _, status, used = os.wait4(child, 0)
    signal.alarm(0)
    wall = time.monotonic() - started
    code = os.waitstatus_to_exitcode(status)
    words = (wall, used.ru_utime + used.ru_stime, used.ru_maxrss * _BYTES, code, int(bool(stopped)))
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def _become(out: str, err: str, command: tuple[str, ...]) -> None:
    """Turns this process into the command."""
    os.setsid()
    for path, number in ((out, 1), (err, 2)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    try:
        os.execvp(command[0], command)  # noqa: S606 - no shell is wanted
    except OSError as error:
        os.write(2, f"{command[0]}: {error.strerror}\n".encode())
        os._exit(127)


if __name__ == "__main__":
    main(*sys.argv[1:])
