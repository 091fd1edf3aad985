"""Binds the loopback addresses on which the project is served."""

from __future__ import annotations

import errno
import socket

from samois_host import operating_system
from samois_host.failure import HostFailure

BACKLOG = 1024
ATTEMPTS_FOR_ANY_PORT = 20
ADDRESSES = {
    "localhost": ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")),
    "127.0.0.1": ((socket.AF_INET, "127.0.0.1"),),
    "::1": ((socket.AF_INET6, "::1"),),
}


def listen(host: str, port: int) -> tuple[tuple[socket.socket, ...], int]:
    """Listening sockets for the host on one port (any free one for 0), never on a wildcard address."""
    if host not in ADDRESSES:
        names = ", ".join(ADDRESSES)
        raise HostFailure("bad-request", f"The host must be one of {names}; {host!r} is not.", {"host": host})
    if not 0 <= port <= 65535:
        raise HostFailure(
            "bad-request", f"A port is a number from 0 to 65535; {port} is not.", {"port": port}
        )
    for attempt in range(ATTEMPTS_FOR_ANY_PORT):
        try:
            return _listen_everywhere(host, port)
        except OSError as error:
            # With 0 the system chose a port on the first address that is taken on the second.
            if port == 0 and error.errno == errno.EADDRINUSE and attempt + 1 < ATTEMPTS_FOR_ANY_PORT:
                continue
            raise _failure(error, port) from error
    raise AssertionError("The last attempt either returns or raises.")


def _listen_everywhere(host: str, port: int) -> tuple[tuple[socket.socket, ...], int]:
    sockets: list[socket.socket] = []
    chosen = port
    try:
        for family, address in ADDRESSES[host]:
            try:
                listener = _listen(family, address, chosen)
            except OSError as error:
                if error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT) and len(ADDRESSES[host]) > 1:
                    continue  # this machine has no IPv6 (or no IPv4)
                raise
            sockets.append(listener)
            chosen = listener.getsockname()[1]
        if not sockets:
            raise OSError(errno.EADDRNOTAVAIL, "This machine has no loopback address.")
    except OSError:
        for listener in sockets:
            listener.close()
        raise
    return tuple(sockets), chosen


def _listen(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        operating_system.prepare_listener(listener)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((address, port))
        listener.listen(BACKLOG)
        # Several processes wait on it in turn; one that comes too late must not block in accept.
        listener.setblocking(False)
    except OSError:
        listener.close()
        raise
    return listener


def _failure(error: OSError, port: int) -> HostFailure:
    if error.errno == errno.EADDRINUSE:
        message = f"Port {port} is in use by another program. Choose another port or end that program."
        return HostFailure("port-in-use", message, {"port": port})
    message = f"The system does not allow listening on port {port}: {error.strerror}. Choose another port."
    return HostFailure("port-refused", message, {"port": port})
