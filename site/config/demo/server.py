"""The demo's processes: a web server and a background worker, watched, and stopped together."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from django.conf import settings

HOST = "127.0.0.1"
STOP_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
SECONDS_TO_START = 90
SECONDS_TO_STOP = 10
SECONDS_BETWEEN_ROUNDS = 60


class ChildEndedError(Exception):
    """One of the demo's processes ended although nobody asked it to."""


def port_is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


@contextmanager
def stop_signals(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Let ``handler`` answer Ctrl-C, SIGTERM and a closed terminal while the block runs."""
    before = {number: signal.signal(number, handler) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)


def serve(*, port: int, on_ready: Callable[[], None], every_round: Callable[[], None]) -> None:
    """Run web server and worker until a stop signal arrives, then leave no process behind.

    ``on_ready`` is called once the server answers, ``every_round`` once a minute.

    Raises:
        ChildEndedError: a process ended by itself.
    """
    stopped = threading.Event()
    with stop_signals(lambda *_: stopped.set()):
        children: list[subprocess.Popen[bytes]] = []
        try:
            for command in (_web_command(port), _worker_command()):
                children.append(_start(command, port=port))  # noqa: PERF401 -- those started must be known if one fails
            _wait_until_answering(port, children, stopped)
            if not stopped.is_set():
                on_ready()
            _watch(children, stopped, every_round)
        finally:
            _stop(children)


def _web_command(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{HOST}:{port}"),
        *("--workers", "2", "--threads", "2", "--preload", "--graceful-timeout", "2", "--log-level", "warning"),
        "--no-control-socket",
    ]


def _worker_command() -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "db_worker", "--queue-name", "*", "--no-reload"]


def _start(command: list[str], *, port: int) -> "subprocess.Popen[bytes]":
    paths = [str(settings.BASE_DIR / "site"), str(settings.BASE_DIR), os.environ.get("PYTHONPATH", "")]
    environment = {
        "LOG_LEVEL": "ERROR",
        "BASE_URL": f"http://{HOST}:{port}",
        **os.environ,
        "DEMO": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }
    # A session of its own: Ctrl-C in the terminal reaches this process alone, which then stops the others in order.
    return subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, start_new_session=True)  # noqa: S603 -- our own command


def _wait_until_answering(port: int, children: list["subprocess.Popen[bytes]"], stopped: threading.Event) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not stopped.is_set():
        _check(children)
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        if time.monotonic() > deadline:
            raise ChildEndedError
        stopped.wait(0.2)


def _watch(
    children: list["subprocess.Popen[bytes]"], stopped: threading.Event, every_round: Callable[[], None]
) -> None:
    due = time.monotonic()
    while not stopped.wait(0.5):
        _check(children)
        if time.monotonic() >= due:
            every_round()
            due = time.monotonic() + SECONDS_BETWEEN_ROUNDS


def _check(children: list["subprocess.Popen[bytes]"]) -> None:
    if any(child.poll() is not None for child in children):
        raise ChildEndedError


def _stop(children: list["subprocess.Popen[bytes]"]) -> None:
    for child in children:
        _signal_group(child, signal.SIGTERM)
    deadline = time.monotonic() + SECONDS_TO_STOP
    for child in children:
        try:
            child.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            _signal_group(child, signal.SIGKILL)
            child.wait()


def _signal_group(child: "subprocess.Popen[bytes]", number: int) -> None:
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        return  # it is gone already, which is what was wanted
