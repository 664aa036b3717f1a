"""A PostgreSQL of a test's own that writes as carefully as a real one, so that it can be killed."""

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.databases import address_of, copy_migrated_postgresql, drop_postgresql
from tests.services import missing

START_SECONDS = 40


class Cluster:
    """A cluster in a ``folder`` of its own, with every commit on the disk before it is acknowledged."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._binaries, self._data, self._log = binaries, folder / "data", folder / "log"
        folder.mkdir()
        if _is_root():
            os.chown(folder, *_postgres_user())
        self._run("initdb", "-D", str(self._data), "-U", "baodao", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")

    def url(self, database: str) -> str:
        return f"postgres://baodao@127.0.0.1:{self._port}/{database}"

    def start(self) -> None:
        """Start it; what a killed one left behind must have gone first, so that is tried for a while."""
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=on"
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                self._run("pg_ctl", "-D", str(self._data), "-w", "-s", "-l", str(self._log), "-o", options, "start")
            except subprocess.CalledProcessError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)
            else:
                return

    def kill(self) -> None:
        """Kill the postmaster; its children see it and go."""
        os.kill(int((self._data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "-s", "stop")

    def fill(self, database: str) -> None:
        """Make the migrated ``database`` from the server this run has anyway: that one migrates once."""
        server = os.environ["TEST_DATABASE_URL"]
        source = f"dumped_{os.getpid()}"
        copy_migrated_postgresql(server, source)
        try:
            address = address_of(server, source)
            with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {database}")
            dump = self._run("pg_dump", "--no-owner", "-d", address)
            self._run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.url(database), given=dump)
        finally:
            drop_postgresql(server, source)

    def _run(self, program: str, *arguments: str, given: bytes | None = None) -> bytes:
        as_postgres = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"] if _is_root() else []
        command = [*as_postgres, str(self._binaries / program), *arguments]
        # A server that stays must hold no pipe of ours open, so only what ends by itself is listened to.
        output = subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE
        done = subprocess.run(command, cwd="/", input=given, stdout=output, stderr=subprocess.DEVNULL, check=True)
        return done.stdout or b""


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Start a cluster in ``folder``, which everybody must be able to reach; skip where there is no PostgreSQL."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if not found:
        missing("PostgreSQL's own programs (initdb)")
    own = Cluster(found[-1].parent, folder)
    own.start()
    try:
        yield own
    finally:
        own.stop()


def _is_root() -> bool:
    return os.geteuid() == 0


def _postgres_user() -> tuple[int, int]:
    entry = pwd.getpwnam("postgres")
    return entry.pw_uid, entry.pw_gid
