"""The same pages as plain files behind nginx: what no page made by a program can beat."""

import shutil
import socket
import subprocess
import time
from pathlib import Path

CONFIGURATION = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    default_type text/html;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/pages;
        location / {{ try_files $uri =404; }}
    }}
}}
"""


class Nginx:
    """An nginx of our own on a free port, with nothing but files. ``url_of`` names the file of a page."""

    def __init__(self, folder: Path) -> None:
        # A path without spaces: nginx's own words are parted by them.
        self._folder = folder
        (folder / "pages").mkdir(parents=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]

    @staticmethod
    def is_here() -> bool:
        return shutil.which("nginx") is not None

    def keep(self, number: int, body: bytes) -> str:
        """Write a page down; return its address."""
        (self._folder / "pages" / f"{number}.html").write_bytes(body)
        return f"/{number}.html"

    def start(self) -> None:
        self._folder.chmod(0o755)  # nginx drops its rights before it reads
        for part in self._folder.parents:
            if part.stat().st_uid == self._folder.stat().st_uid and part.name.startswith("baodao"):
                part.chmod(0o755)
        settings = self._folder / "nginx.conf"
        settings.write_text(CONFIGURATION.format(folder=self._folder, port=self.port))
        self._process = subprocess.Popen(
            ["nginx", "-c", str(settings), "-p", str(self._folder)], stderr=subprocess.DEVNULL
        )
        self._wait()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)

    def _wait(self) -> None:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("nginx did not start")
