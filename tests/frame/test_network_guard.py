"""No test reaches another machine: whoever tries fails, also where a network is there."""

from __future__ import annotations

import socket
import urllib.request

import pytest

from tests.conftest import NetworkError

# Addresses for documentation (RFC 5737, RFC 3849): nobody answers there.
_ELSEWHERE = [(socket.AF_INET, ("192.0.2.1", 443)), (socket.AF_INET6, ("2001:db8::1", 443))]


@pytest.mark.parametrize(("family", "address"), _ELSEWHERE)
def test_a_connection_to_another_machine_fails_the_test(family: socket.AddressFamily, address: tuple[str, int]) -> None:
    with socket.socket(family) as connection, pytest.raises(NetworkError, match="tried to reach"):
        connection.connect(address)


def test_a_program_finds_no_way_out_either() -> None:
    assert urllib.request.getproxies()["https"] == "http://127.0.0.1:9"


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as connection:
        assert connection.getpeername() == server.getsockname()
