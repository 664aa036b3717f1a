"""Production's settings hold, in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "x7Q-2kf9" * 8,
    "SALT_KEY": "kd83-salt",
    "ALLOWED_HOSTS": "example.org",
    "BASE_URL": "https://example.org",
    "SMS_SENDER": "gateway.Sender",
}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_passes_the_deployment_check():
    checked = run("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("secret", ["SECRET_KEY", "SALT_KEY", "ALLOWED_HOSTS", "BASE_URL", "SMS_SENDER"])
def test_production_does_not_start_without(secret: str):
    checked = run("check", **{name: value for name, value in PRODUCTION.items() if name != secret})

    assert checked.returncode != 0
    assert secret in checked.stderr


def test_production_has_no_demo_pages():
    shown = run("shell", "-c", "from django.urls import reverse; print(reverse('demo:roles'))", **PRODUCTION)

    assert "NoReverseMatch" in shown.stderr
