"""A TCP proxy before a server, which cuts connections where a test says."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread

Cut = Callable[[int], int | None]
"""Number of a connection, from 0 -> the bytes of the server after which it is cut; None: never."""


@dataclass
class Proxy:
    """Where it listens, and how many bytes each connection brought from the server."""

    port: int
    brought: list[int] = field(default_factory=list)


@contextmanager
def proxy_before(port: int, cut: Cut) -> Iterator[Proxy]:
    """A proxy before a port of the loopback; it ends with the block."""
    listener = socket.create_server(("127.0.0.1", 0))
    proxy = Proxy(listener.getsockname()[1])
    open_sockets: list[socket.socket] = []
    threads: list[Thread] = []

    def accept() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.create_connection(("127.0.0.1", port))
                open_sockets.extend((client, server))
                number = len(proxy.brought)
                proxy.brought.append(0)
                for work in (
                    Thread(target=_send_on, args=(client, server)),
                    Thread(target=_bring, args=(server, client, proxy, number, cut(number))),
                ):
                    threads.append(work)
                    work.start()

    accepting = Thread(target=accept)
    accepting.start()
    try:
        yield proxy
    finally:
        # Closing alone does not wake who waits for a connection.
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join()
        for one in open_sockets:
            _close(one)
        for thread in threads:
            thread.join()


def _send_on(client: socket.socket, server: socket.socket) -> None:
    with suppress(OSError):
        while data := client.recv(65_536):
            server.sendall(data)
    _close(server)


def _bring(
    server: socket.socket, client: socket.socket, proxy: Proxy, number: int, most: int | None
) -> None:
    with suppress(OSError):
        while data := server.recv(65_536):
            room = len(data) if most is None else most - proxy.brought[number]
            client.sendall(data[:room])
            proxy.brought[number] += min(len(data), room)
            if room < len(data):
                break
    _close(client)
    _close(server)


def _close(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
