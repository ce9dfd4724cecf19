"""Whoever connects and asks for nothing takes nobody's place for long."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.campaign import Campaign
from tests.integration.web.live import Live, live

PLACES = 256  # as many connections as are served at once


@pytest.fixture
def site(campaign: Campaign) -> Iterator[Live]:
    with live(campaign, asking=0.5) as found:
        yield found


def connect(site: Live) -> socket.socket:
    host, _, port = site.url.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=10)


@pytest.mark.parametrize("said", [b"", b"GET /robots.txt HT"])
def test_those_who_stay_silent_do_not_keep_others_out(site: Live, said: bytes) -> None:
    with ExitStack() as open_ones:
        for _ in range(PLACES):
            open_ones.enter_context(connect(site)).sendall(said)
        assert site.client.get("/robots.txt").status_code == 503
        deadline = time.monotonic() + 15
        while site.browser().get("/robots.txt").status_code != 200:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_a_head_that_comes_a_byte_at_a_time_is_not_waited_for(site: Live) -> None:
    with connect(site) as slow, pytest.raises(ConnectionError):
        send_slowly(slow, b"x" * 300)


def send_slowly(connection: socket.socket, text: bytes) -> None:
    for byte in text:
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def test_who_asks_again_and_again_is_served_on_one_connection(site: Live) -> None:
    with connect(site) as kept, kept.makefile("rwb") as lines:
        for _ in range(8):
            lines.write(b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n")
            lines.flush()
            assert lines.readline() == b"HTTP/1.1 200 OK\r\n"
            while lines.readline() != b"Disallow: /\n":
                pass
            time.sleep(0.2)
