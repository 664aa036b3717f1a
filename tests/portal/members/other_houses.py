"""WeChat, WeCom, DingTalk and Feishu at the edge of the network: one server of this machine with their addresses."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit

ANSWERS = {
    # WeChat
    "/sns/oauth2/access_token": {"access_token": "token", "openid": "worker-1"},
    # WeCom
    "/cgi-bin/gettoken": {"errcode": 0, "access_token": "token", "expires_in": 7200},
    "/cgi-bin/auth/getuserinfo": {"errcode": 0, "userid": "worker-1"},
    # DingTalk
    "/v1.0/oauth2/userAccessToken": {"accessToken": "token", "refreshToken": "more", "expireIn": 7200},
    "/v1.0/contact/users/me": {"openId": "worker-1", "nick": "林", "email": "lin@example.org"},
    # Feishu
    "/open-apis/auth/v3/app_access_token/internal/": {"app_access_token": "token"},
    "/open-apis/authen/v1/access_token": {"data": {"access_token": "token"}},
    "/open-apis/authen/v1/user_info": {"code": 0, "data": {"open_id": "worker-1", "email": "lin@example.org"}},
}


class House(HTTPServer):
    """Answers as the four houses do, or, ``failing`` (``once``: the next time), with a refusal or an error."""

    failing: tuple[int, object] | None = None
    once: tuple[int, object] | None = None

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.asked: list[str] = []


class Handler(BaseHTTPRequestHandler):
    server: House

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer()

    def log_message(self, *args: object) -> None:
        """Stay silent."""

    def _answer(self) -> None:
        self.server.asked.append(self.path)
        status, data = self.server.once or self.server.failing or (200, ANSWERS[urlsplit(self.path).path])
        self.server.once = None
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def house() -> Iterator[House]:
    server = House()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
