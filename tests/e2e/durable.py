"""What must be true of a house after its processes were killed, and those who pressed its buttons meanwhile."""

import http.client
import json
import re
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

PATIENCE_SECONDS = 90
OPEN = {"confirmed", "offered", "waiting"}
HOLDS_A_PLACE = {"confirmed", "offered"}


@dataclass
class Told:
    """What the house said yes to, by member and shift."""

    signed_up: set[tuple[int, int]] = field(default_factory=set)
    withdrawn: set[tuple[int, int]] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.signed_up) + len(self.withdrawn)


class Member:
    """Somebody with a session who presses again until the house answers."""

    def __init__(self, port: int, pk: int, session: str, told: Told) -> None:
        self._port, self._pk, self._told = port, pk, told
        token = "d" * 32
        self._headers = {
            "Cookie": f"sessionid={session}; csrftoken={token}",
            "X-CSRFToken": token,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.failures = 0

    def sign_up(self, shift: int) -> None:
        status, _page = self._until_answered("POST", f"/portal/activities/shifts/{shift}/sign-up/")
        assert status == 302, status
        self._told.signed_up.add((self._pk, shift))

    def withdraw(self, shift: int, code: str) -> None:
        status, page = self._until_answered("GET", f"/portal/activities/{code}/")
        (mine,) = set(re.findall(r"/sign-ups/(\d+)/withdraw/", page))
        status, _page = self._until_answered("POST", f"/portal/activities/sign-ups/{mine}/withdraw/")
        assert status == 302, status
        self._told.withdrawn.add((self._pk, shift))

    def _until_answered(self, method: str, path: str) -> tuple[int, str]:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                status, page = self._ask(method, path)
            except (OSError, http.client.HTTPException):
                status = 0
            if 0 < status < 500:
                return status, page
            self.failures += 1
            time.sleep(0.2)
        raise TimeoutError(path)

    def _ask(self, method: str, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=15)
        try:
            connection.request(method, path, body="" if method == "POST" else None, headers=self._headers)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()


class Crowd:
    """Members at work in threads, each with a list of their own."""

    def __init__(self, work: Iterable[Any], threads: int) -> None:
        self._work, self._lock = iter(work), threading.Lock()
        self._threads = [threading.Thread(target=self._toil, daemon=True) for _ in range(threads)]
        self.errors: list[BaseException] = []
        for thread in self._threads:
            thread.start()

    def wait(self, seconds: float) -> None:
        for thread in self._threads:
            thread.join(timeout=seconds)
        assert not any(thread.is_alive() for thread in self._threads), "the crowd is still at it"
        assert self.errors == [], self.errors

    def _toil(self) -> None:
        try:
            while (job := self._next()) is not None:
                job()
        except BaseException as error:  # told to whoever waits
            self.errors.append(error)

    def _next(self) -> Any:
        with self._lock:
            return next(self._work, None)


# Printed by the house itself: everything the checks below look at.
FACTS = """
import json
from django_tasks_db.models import DBTaskResult
from portal.activities.models import Shift, SignUp
from portal.activities.queries import with_place_in_queue
from portal.notices.models import Delivery, MailboxEntry

def queue(shift):
    return with_place_in_queue(shift.sign_ups.filter(state="waiting")).order_by("queued_at", "pk")

print(json.dumps({
    "sign_ups": list(SignUp.objects.values_list("member_id", "shift_id", "state")),
    "shifts": list(Shift.objects.values_list("pk", "capacity", "places_taken")),
    "queues": [[shift.pk, [one.queue_place for one in queue(shift)]] for shift in Shift.objects.all()],
    "deliveries": [[str(one.key), one.channel, one.state] for one in Delivery.objects.all()],
    "mailbox": list(MailboxEntry.objects.values_list("key", flat=True)),
    "jobs": list(DBTaskResult.objects.exclude(status="SUCCESSFUL").values_list("task_path", "status")),
}))
"""


def read(printed: str) -> dict[str, Any]:
    """Return the facts the house printed."""
    facts: dict[str, Any] = json.loads(printed.strip().splitlines()[-1])
    return facts


def faults(facts: dict[str, Any], told: Told) -> list[str]:
    """Return what is wrong: a yes forgotten, a place given twice, a queue in disorder, a message lost or doubled."""
    states = {(member, shift): state for member, shift, state in facts["sign_ups"]}
    return [
        *_forgotten(states, told),
        *_miscounted(facts["shifts"], states),
        *_out_of_order(facts["queues"], {pk: taken < most for pk, most, taken in facts["shifts"]}),
        *_sent_wrongly(facts["deliveries"], facts["mailbox"]),
    ]


def _forgotten(states: dict[tuple[int, int], str], told: Told) -> list[str]:
    found = [f"signed up, and is {states.get(one)}: {one}" for one in told.signed_up if not states.get(one)]
    found += [
        f"signed up and never left, and is {states[one]}: {one}"
        for one in told.signed_up - told.withdrawn
        if one in states and states[one] not in OPEN
    ]
    gone = [one for one in told.withdrawn if states.get(one) != "withdrawn"]
    return found + [f"left, and is {states.get(one)}: {one}" for one in gone]


def _miscounted(shifts: list[list[int]], states: dict[tuple[int, int], str]) -> list[str]:
    holders = Counter(shift for (_member, shift), state in states.items() if state in HOLDS_A_PLACE)
    over = [f"shift {pk} has {taken} of {most} places taken" for pk, most, taken in shifts if taken > most]
    wrong = [f"shift {pk} counts {taken}, not {holders[pk]}" for pk, _most, taken in shifts if taken != holders[pk]]
    return over + wrong


def _out_of_order(queues: list[list[Any]], has_room: dict[int, bool]) -> list[str]:
    found = [f"queue of {pk}: {places}" for pk, places in queues if places != list(range(1, len(places) + 1))]
    return found + [f"shift {pk} has room, and people wait" for pk, places in queues if places and has_room[pk]]


def _sent_wrongly(deliveries: list[list[str]], mailbox: list[str]) -> list[str]:
    came = Counter(key.strip("<>").partition("@")[0] for key in mailbox)
    found = [f"{channel} {key} is {state}" for key, channel, state in deliveries if state != "sent"]
    return found + [f"{channel} {key} came {came[key]} times" for key, channel, _ in deliveries if came[key] != 1]
