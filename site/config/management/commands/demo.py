"""``manage.py demo``: the demo city in one command."""

import os
import sys
from argparse import ArgumentParser
from io import StringIO
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections, connection
from django.utils.translation import gettext as _
from wagtail.models import Site

from config.demo import build, database, server
from config.demo.progress import Progress
from config.demo.scale import SCALES, TOWN

DEFAULT_PORT = 8000


class Command(BaseCommand):
    help = "Build the demo city if the database has none, then serve it on 127.0.0.1."
    requires_system_checks = ()
    _is_interrupted = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", choices=list(SCALES), default=TOWN.name, help="how large the city is")
        parser.add_argument("--no-serve", action="store_true", help="build the data only")
        parser.add_argument("--port", default=os.environ.get("PORT") or str(DEFAULT_PORT), help="where to listen")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(_("演示只在 DEMO=1 时可以运行，正式站点不能用。"))
        port = None if options["no_serve"] else _usable_port(options["port"])
        try:
            with server.stop_signals(self._interrupt):
                self._build(options["scale"])
            if port is not None:
                self._serve(port)
        except (KeyboardInterrupt, Exception):
            # Ctrl-C may surface as another error, where it struck inside a driver's callback, say.
            if not self._is_interrupted:
                raise
            self.stderr.write(_("已停止。没建完的数据不会留下，可以再运行一次。"))

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self._is_interrupted = True
        raise KeyboardInterrupt

    def _build(self, scale: str) -> None:
        progress = Progress(sys.stderr)
        database.prepare(progress, is_complete=build.is_built)
        try:
            built = build.build_once(SCALES[scale], progress)
        except build.NotADemoDatabaseError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("演示数据已经建好。") if built else _("演示数据已经在了，保留不动。"))

    def _serve(self, port: int) -> None:
        Site.objects.filter(is_default_site=True).update(hostname=server.HOST, port=port)
        Site.clear_site_root_paths_cache()
        connection.close()
        try:
            server.serve(port=port, on_ready=lambda: self._greet(port), every_round=self._run_periodic)
        except server.ChildEndedError as error:
            raise CommandError(_("演示的一个进程意外结束，其余的已经停下。")) from error
        self.stdout.write(_("演示已停止。"))

    def _greet(self, port: int) -> None:
        address = f"http://{server.HOST}:{port}"
        lines = (
            "",
            _("演示城已经准备好："),
            _("  网站：%(address)s/"),
            _("  选个角色登录：%(address)s/demo/"),
            _("  演示信箱：%(address)s/demo/mailbox/"),
            _("按 Ctrl-C 停止。"),
        )
        self.stdout.write("\n".join(lines) % {"address": address})
        self.stdout.flush()

    def _run_periodic(self) -> None:
        try:
            call_command("run_periodic", verbosity=0, stdout=StringIO())
        except CommandError as error:  # a busy database, say: the next round tries again
            self.stderr.write(str(error))
        finally:
            close_old_connections()


def _usable_port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise CommandError(_("端口要是 1 到 65535 之间的数字：%(port)s") % {"port": text})
    if not server.port_is_free(int(text)):
        raise CommandError(_("端口 %(port)s 已经被占用。换一个试试：make demo PORT=8001") % {"port": text})
    return int(text)
