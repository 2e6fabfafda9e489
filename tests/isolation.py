"""Tests reach no network but the loopback interface, and record cassettes only on purpose."""

from __future__ import annotations

import ipaddress
import os
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest


class NetworkBlocked(RuntimeError):
    """A test reached for the network. Not an OSError: no library may take it for a passing failure."""


def recording(config: pytest.Config) -> bool:
    """Raises UsageError where recording is asked for in CI."""
    mode = config.getoption("--record-mode", default=None) or "none"
    if mode != "none" and os.environ.get("CI"):
        raise pytest.UsageError(f"CI is set: --record-mode={mode} is for a developer's machine")
    return mode != "none"


def host_to_record_from() -> str | None:
    return urlsplit(os.environ.get("OPENAI_BASE_URL", "")).hostname


def block_network(patch: pytest.MonkeyPatch, allowed: str | None = None) -> None:
    """Let sockets reach the loopback interface and the host ``allowed``, nothing else."""
    reachable = {allowed} if allowed else set()
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def check(host: object) -> None:
        if not (host in reachable or _is_loopback(host)):
            raise NetworkBlocked(f"tests may not reach the network: {host}")

    def check_address(sock: socket.socket, address: Any) -> None:
        if sock.family in (socket.AF_INET, socket.AF_INET6):
            check(address[0])

    def guarded_connect(self: socket.socket, address: Any) -> None:
        check_address(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        check_address(self, address)
        return connect_ex(self, address)

    def guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host is not None:
            check(host)
        found = getaddrinfo(host, *args, **kwargs)
        if host in reachable:
            reachable.update(entry[4][0] for entry in found)
        return found

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)


def _is_loopback(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
