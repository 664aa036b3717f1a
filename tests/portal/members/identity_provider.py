"""A small OpenID Connect provider at the edge of the network: a server of this machine, asked over HTTP."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import jwt

KEY = "known to nobody but this provider"


class Provider(HTTPServer):
    """Vouches for ``subject``, and notes what it was asked."""

    subject = "worker-1"
    nonce: str | None = None

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.asked: list[dict[str, list[str]]] = []


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        url = self.server.url
        discovery = {
            "issuer": url,
            "authorization_endpoint": f"{url}/authorize",
            "token_endpoint": f"{url}/token",
            "userinfo_endpoint": f"{url}/userinfo",
            "jwks_uri": f"{url}/keys",
        }
        self._answer(discovery if "well-known" in self.path else {"sub": self.server.subject, "name": "林远舟"})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(parse_qs(body))
        self._answer({"access_token": "token", "token_type": "Bearer", "id_token": self._token()})

    def _token(self) -> str:
        claims = {"iss": self.server.url, "aud": "baodao", "sub": self.server.subject, "exp": int(time.time()) + 60}
        return jwt.encode(claims | ({"nonce": self.server.nonce} if self.server.nonce else {}), KEY)

    def log_message(self, *args: object) -> None:
        """Stay silent."""

    def _answer(self, data: dict[str, str]) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()
    thread = threading.Thread(target=provider.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.shutdown()
        provider.server_close()
        thread.join()
