"""Our own server as a process of its own, the way ``make demo`` runs it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a process whose data lives in ``folder``."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        "DATABASE_URL": f"sqlite:///{folder / 'city.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "DEMO": "1",
        "LOG_LEVEL": "WARNING",
    }


class Server:
    """A gunicorn with so many ``workers`` on a free port of this machine."""

    def __init__(self, folder: Path, *, workers: int = 1, **settings: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._workers = workers
        self._environment = environment(folder) | settings
        self._log = folder / "server.log"

    def start(self) -> None:
        bind = f"127.0.0.1:{self.port}"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "gunicorn",
                    "config.wsgi",
                    "--no-control-socket",
                    "--bind",
                    bind,
                    "--workers",
                    str(self._workers),
                    "--threads",
                    "4",
                ],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)

    def kill_worker(self) -> None:
        """Kill the oldest of the processes that answer; gunicorn puts another in its place."""
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGKILL)

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=5).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise RuntimeError(f"the server did not start:\n{self.log}")
