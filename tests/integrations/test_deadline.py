import socket
import time

from integrations.deadline import cut_off


def test_what_waits_for_longer_than_the_limit_is_cut_off() -> None:
    here, there = socket.socketpair()
    with here, there:
        began = time.monotonic()
        with cut_off(lambda: here, seconds=0.1):
            assert here.recv(1) == b""
        assert time.monotonic() - began < 3


def test_what_is_done_in_time_stays_open() -> None:
    here, there = socket.socketpair()
    with here, there:
        with cut_off(lambda: here, seconds=0.1):
            there.sendall(b"a")
            assert here.recv(1) == b"a"
        time.sleep(0.2)
        there.sendall(b"b")
        assert here.recv(1) == b"b"


def test_a_connection_that_was_never_made_is_no_matter() -> None:
    with cut_off(lambda: None, seconds=0.01):
        time.sleep(0.05)
