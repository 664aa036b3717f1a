import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command

from config.demo.roles import ROLES, demo_person
from tests.databases import copy_migrated_sqlite

SECONDS_TO_READY = 240


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("port", ["0", "65536", "abc", "-1", "80 80", ""])
def test_a_port_that_is_none_is_refused(settings, port: str):
    settings.DEMO = True

    with pytest.raises(CommandError, match="1 到 65535"):
        call_command("demo", "--port", port)


def test_a_port_that_is_taken_is_refused_before_anything_is_built(settings):
    settings.DEMO = True

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="已经被占用"):
            call_command("demo", "--port", str(taken.getsockname()[1]))


def test_a_real_site_refuses_the_command(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo", "--no-serve")


@pytest.mark.django_db
def test_data_alone_can_be_built_and_is_kept_the_second_time(settings, capsys):
    settings.DEMO = True

    call_command("demo", "--scale", "tiny", "--no-serve")
    person = demo_person(ROLES[-1])
    call_command("demo", "--scale", "tiny", "--no-serve")

    assert capsys.readouterr().out.splitlines() == ["演示数据已经建好。", "演示数据已经在了，保留不动。"]
    assert demo_person(ROLES[-1]) == person


@contextmanager
def running_demo(folder: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")},
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "ELASTICSEARCH_URL": "",
        "DEMO": "1",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "manage.py", "demo", "--scale", "tiny", "--port", str(port)]
    output = (folder / "output.txt").open("a+")
    with subprocess.Popen(
        command, cwd=project.BASE_DIR, env=environment, stdout=output, stderr=output, text=True
    ) as demo:
        try:
            yield demo
        finally:
            if demo.poll() is None:
                demo.terminate()
            output.close()


def wait_until_ready(demo: "subprocess.Popen[str]", port: int, output: Path) -> float:
    started = time.monotonic()
    while "按 Ctrl-C 停止" not in output.read_text(encoding="utf-8").rpartition("演示已停止")[2]:
        assert demo.poll() is None, output.read_text(encoding="utf-8")
        assert time.monotonic() - started < SECONDS_TO_READY
        time.sleep(0.2)
    for address in ("/", "/demo/", "/healthz"):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=30) as page:
            assert page.status == 200
    return time.monotonic() - started


def processes() -> dict[str, str]:
    """Return each running process's id and its parent's: from /proc, or from ps where there is none."""
    if Path("/proc/self/stat").exists():
        stats = [_read(stat) for stat in Path("/proc").glob("[0-9]*/stat")]
        return {line.split()[0]: line.rpartition(")")[2].split()[1] for line in stats if line}
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return dict(line.split()[:2] for line in listed.splitlines())


def _read(stat: Path) -> str:
    try:
        return stat.read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended meanwhile
        return ""


def children_of(pid: int) -> list[str]:
    return [child for child, parent in processes().items() if parent == str(pid)]


def still_there(pids: list[str]) -> list[str]:
    """Return which of ``pids`` are there ten seconds on; what has ended may stay listed for a moment."""
    started = time.monotonic()
    while (left := processes().keys() & pids) and time.monotonic() - started < 10:
        time.sleep(0.1)
    return sorted(left)


def wait_for(text: str, output: Path) -> None:
    started = time.monotonic()
    while text not in output.read_text(encoding="utf-8"):
        assert time.monotonic() - started < SECONDS_TO_READY
        time.sleep(0.05)


def test_the_demo_is_built_served_and_ends_without_leaving_a_process(tmp_path):
    folder = tmp_path / "a path with spaces"
    folder.mkdir()
    output, port = folder / "output.txt", free_port()

    copy_migrated_sqlite(folder / "demo.sqlite3")  # minutes of migrating show nothing more
    with running_demo(folder, port) as demo:  # interrupted while the city is being built
        wait_for("准备数据库", output)
        demo.send_signal(signal.SIGINT)
        assert demo.wait(30) == 0
        assert "已停止" in output.read_text(encoding="utf-8")
        assert "演示数据" not in output.read_text(encoding="utf-8")

    for number, text in ((signal.SIGINT, "演示数据已经建好。"), (signal.SIGTERM, "演示数据已经在了")):
        with running_demo(folder, port) as demo:
            took = wait_until_ready(demo, port, output)
            children = children_of(demo.pid)
            children += [grandchild for child in children for grandchild in children_of(int(child))]
            demo.send_signal(number)
            assert demo.wait(30) == 0
        assert text in output.read_text(encoding="utf-8")
        assert len(children) >= 4  # the web server and its two workers, the background worker
        assert still_there(children) == []
    assert took < 60  # the second start builds nothing
    assert "Traceback" not in output.read_text(encoding="utf-8")
