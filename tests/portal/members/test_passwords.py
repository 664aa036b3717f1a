"""Passwords known from breaches, looked up in a file."""

import hashlib

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from config import checks
from portal.members.passwords import is_breached


def digest(password):
    return hashlib.sha1(password.encode()).hexdigest().upper()


@pytest.fixture
def breached(tmp_path, settings):
    known = [f"known-{n}-password" for n in range(200)]
    path = tmp_path / "breached.txt"
    path.write_text("".join(f"{line}:{n}\r\n" for n, line in enumerate(sorted(map(digest, known)))))
    settings.BREACHED_PASSWORDS_FILE = str(path)
    return path


def test_every_line_is_found_the_first_and_the_last_too(breached):
    assert all(is_breached(f"known-{n}-password", breached) for n in range(200))


def test_what_is_not_on_the_list_is_not_found(breached):
    assert not any(is_breached(f"unknown-{n}-password", breached) for n in range(200))


@pytest.mark.parametrize("content", ["", "\n"])
def test_an_empty_list_refuses_nobody(tmp_path, content):
    path = tmp_path / "empty.txt"
    path.write_text(content)

    assert not is_breached("anything at all", path)


def test_a_known_password_is_refused_in_chinese(breached):
    with pytest.raises(ValidationError, match="已经在别处泄露过"):
        validate_password("known-7-password")
    validate_password("unknown-7-password")


def test_without_a_list_nothing_is_looked_up(settings):
    settings.BREACHED_PASSWORDS_FILE = ""

    validate_password("known-7-password")


def test_a_list_that_is_gone_is_said_at_deployment(settings, breached):
    assert checks.breach_list_is_there() == []
    settings.BREACHED_PASSWORDS_FILE = str(breached) + ".gone"
    assert [message.id for message in checks.breach_list_is_there()] == ["config.W001"]
    validate_password("known-7-password")  # and nobody is kept from setting a password


@pytest.mark.parametrize("backend", ["locmem.LocMemCache", "dummy.DummyCache"])
def test_a_cache_of_one_process_is_refused(settings, backend):
    assert checks.limits_hold_across_processes() == []
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": f"django.core.cache.backends.{backend}"}}

    assert [message.id for message in checks.limits_hold_across_processes()] == ["config.E001"]
