"""What units do for their people, and people for each other: group places, stand-ins and swaps."""

from datetime import timedelta
from functools import partial

from django.conf import settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from portal.activities import actions
from portal.activities.enums import SignUpState
from portal.activities.models import CoverAsk, CoverRequest, GroupPlaces, Position
from tests.portal.activities.machine.base import Chances, Machine, person
from tests.portal.activities.machine.model import Cover, Group, Key


class Groups(Machine):
    def chances(self) -> Chances:
        model, found = self.model, super().chances()
        queues = [key for key in model.counters if model.queue(key) and not model.has_begun(key[0])]
        kept = {pk: group for pk, group in model.groups.items() if group.is_open and model.unnamed(pk)}
        found["hold before the queue"] = [partial(self.hold_one, key) for key in queues if model.left(key) > 0]
        found["release"] = [partial(self.let_go, pk) for pk, group in kept.items() if model.queue(group.key)]
        found["name at the end"] = [partial(self.name_at_the_end, pk) for pk, group in kept.items()]
        found["hold"] = [partial(self.hold_one, key) for key in model.counters if model.left(key) > 0 and not kept]
        return found

    def hold_one(self, key: Key, data: st.DataObject) -> None:
        self.at(key).hold(1, 20, data)

    def let_go(self, pk: int, data: st.DataObject) -> None:
        self.at(pk).release(data)

    def name_at_the_end(self, pk: int, data: st.DataObject) -> None:
        self.pass_until(self.model.groups[pk].until)
        self.at(pk).name(data.draw(st.sampled_from(sorted(self.foresight.of_the_unit))), data)

    @rule(held=st.integers(1, 3), hours=st.sampled_from([20, 100]), data=st.data())
    def hold(self, held: int, hours: int, data: st.DataObject) -> None:
        key = self.draw_key(data)
        foreseen = self.foresight.hold(key, held)
        until, position = self.model.now + timedelta(hours=hours), Position(pk=key[1]) if key[1] else None
        where = {"shift": self.shift(key[0]), "position": position, "unit": self.world.unit}
        group = self.attempt(
            foreseen, actions.hold_places, held=held, name_until=until, by=self.world.organiser, **where
        )
        if not foreseen:
            self.model.groups[group.pk] = Group(key, held, min(until, self.model.times[key[0]][0]))

    def draw_group(self, data: st.DataObject) -> GroupPlaces:
        key = self.aimed() if self.aim else data.draw(st.sampled_from(sorted(self.model.groups, reverse=True)))
        return GroupPlaces.objects.select_related("shift__activity", "unit").get(pk=key)

    @precondition(lambda self: self.model.groups)
    @rule(n=person, data=st.data())
    def name(self, n: int, data: st.DataObject) -> None:
        group = self.draw_group(data)
        foreseen, is_named = self.foresight.name(group.pk, n), self.foresight.is_named(group.pk, n)
        self.attempt(foreseen, actions.name_member, group=group, member=self.by(n), by=self.world.organiser)
        if not foreseen and not is_named:
            self.model.take(n, self.model.groups[group.pk].key, group=group.pk)
            self.model.settle(group.shift_id)

    @precondition(lambda self: self.model.groups)
    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        group = self.draw_group(data)
        was_open = self.model.groups[group.pk].is_open
        self.attempt(None, actions.release_places, group=group, by=None)
        if was_open:
            self.model.groups[group.pk].is_open = False
            self.model.settle(group.shift_id)


class Covers(Machine):
    def chances(self) -> Chances:
        model, found = self.model, super().chances()
        held = {at: row for at, row in model.rows.items() if row.state == SignUpState.CONFIRMED}
        looking = [(pk, n) for pk, cover in model.covers.items() for n in cover.asked if cover.is_open]
        takers = [(pk, n) for pk, n in looking if self.foresight.take_cover(pk, n) is None]
        fresh = {at: row for at, row in held.items() if model.open_cover(*at) is None and not model.has_begun(at[1])}
        found["take"] = [partial(self.take_it, pk, n) for pk, n in takers]
        found["stand in for several"] = [
            partial(self.find_stand_in, at) for at, row in fresh.items() if row.places > 1 and model.queue(row.key)
        ]
        found["swap"] = [
            partial(self.find_swap, at, other)
            for at, row in fresh.items()
            for (n, other), given in held.items()
            if n != at[0] and model.share_time(at[1], other) and other != at[1] and given.places == row.places
        ]
        return found

    def take_it(self, pk: int, n: int, data: st.DataObject) -> None:
        self.take(CoverRequest.objects.select_related("sign_up__shift__activity", "wanted").get(pk=pk), n)

    def find_stand_in(self, at: tuple[int, int], data: st.DataObject) -> None:
        self.look_for(at, None, at_once=True, data=data)

    def find_swap(self, at: tuple[int, int], wanted: int, data: st.DataObject) -> None:
        self.look_for(at, wanted, at_once=True, data=data)

    @precondition(lambda self: self.model.rows)
    @rule(is_swap=st.booleans(), at_once=st.booleans(), data=st.data())
    def ask_for_cover(self, is_swap: bool, at_once: bool, data: st.DataObject) -> None:
        """Look for somebody, who takes it ``at_once`` or later, or not at all."""
        n, shift = self.someone_on(data, preferred=SignUpState.CONFIRMED)
        wanted = data.draw(st.sampled_from(sorted(set(self.shifts) - {shift}))) if is_swap else None
        self.look_for((n, shift), wanted, at_once=at_once, data=data)

    def look_for(self, at: tuple[int, int], wanted: int | None, *, at_once: bool, data: st.DataObject) -> None:
        n, shift = at
        foreseen, known = self.foresight.ask_for_cover(n, shift, wanted), self.model.open_cover(n, shift)
        sign_up = self.world.people[n].sign_ups.select_related("shift__activity").get(shift=shift)
        there = self.shift(wanted) if wanted else None
        request = self.attempt(foreseen, actions.ask_for_cover, sign_up=sign_up, by=self.by(n), wanted=there)
        if foreseen:
            return
        assert known in (None, request.pk)
        if known is None:
            self.model.covers[request.pk] = Cover(n, shift, wanted)
            self.more_were_asked(request.pk, settings.COVER_ASKS_AT_ONCE)
        if at_once:
            self.take(request, self.draw_asked(data, self.model.covers[request.pk]))

    def more_were_asked(self, pk: int, most: int) -> int:
        """Check that just those were asked who should be, each for the first time; return how many."""
        cover = self.model.covers[pk]
        lately = {n: sum(n in other.asked for other in self.model.covers.values()) for n in range(len(self.by_key))}
        fitting = self.foresight.to_ask(cover, lately, a_week=settings.COVER_ASKS_A_WEEK)
        members = CoverAsk.objects.filter(request=pk).order_by("pk").values_list("member", flat=True)
        asked = [self.by_key[member] for member in members]
        assert asked == [*cover.asked, *fitting[:most]], f"asked {asked}, had asked {cover.asked}, fitting {fitting}"
        fresh, cover.asked = len(asked) - len(cover.asked), asked
        return fresh

    @property
    def by_key(self) -> dict[int, int]:
        return {member.pk: n for n, member in enumerate(self.world.people)}

    def draw_cover(self, data: st.DataObject) -> CoverRequest:
        covers = self.model.covers
        best = [pk for pk, cover in covers.items() if cover.is_open]
        key = data.draw(st.sampled_from(best or [*covers] if data.draw(st.booleans()) else [*best, *covers]))
        return CoverRequest.objects.select_related("sign_up__shift__activity", "wanted").get(pk=key)

    def draw_asked(self, data: st.DataObject, cover: Cover) -> int:
        """Draw one of those asked, or now and then anybody."""
        is_among_them = data.draw(st.booleans())
        if cover.asked and is_among_them:
            return data.draw(st.sampled_from(cover.asked))
        return data.draw(person)

    @precondition(lambda self: self.model.covers)
    @rule(data=st.data())
    def take_cover(self, data: st.DataObject) -> None:
        request = self.draw_cover(data)
        self.take(request, self.draw_asked(data, self.model.covers[request.pk]))

    def take(self, request: CoverRequest, n: int) -> None:
        cover = self.model.covers[request.pk]
        foreseen, before = self.foresight.take_cover(request.pk, n), self.seen.confirmed()
        self.attempt(foreseen, actions.take_cover, request=request, by=self.by(n))
        assert self.seen.confirmed() == before, "a place was won or lost on the way from hand to hand"
        if not foreseen:
            self.pass_on(cover, n)

    def pass_on(self, cover: Cover, n: int) -> None:
        theirs = self.model.leave(cover.holder, cover.shift)
        if cover.wanted is None:
            self.model.take(n, theirs.key, group=theirs.group)
            self.model.settle(cover.shift)
            return
        given = self.model.leave(n, cover.wanted)
        self.model.take(n, theirs.key, places=theirs.places, group=theirs.group)
        self.model.take(cover.holder, given.key, places=given.places, group=given.group)
        self.model.settle(cover.shift)
        self.model.settle(cover.wanted)

    def is_wanted(self, cover: Cover) -> bool:
        return cover.is_open and not self.model.has_begun(cover.shift)

    @precondition(lambda self: self.model.covers)
    @rule(data=st.data())
    def decline_cover(self, data: st.DataObject) -> None:
        request = self.draw_cover(data)
        cover = self.model.covers[request.pk]
        n = self.draw_asked(data, cover)
        self.attempt(None, actions.decline_cover, request=request, by=self.by(n))
        is_new = n in cover.asked and n not in cover.declined
        cover.declined |= {n} & set(cover.asked)
        self.more_were_asked(request.pk, int(is_new and self.is_wanted(cover)))

    @precondition(lambda self: self.model.covers)
    @rule(data=st.data())
    def ask_more(self, data: st.DataObject) -> None:
        request = self.draw_cover(data)
        most = settings.COVER_ASKS_AT_ONCE if self.is_wanted(self.model.covers[request.pk]) else 0
        number = self.attempt(None, actions.ask_more, request=request, by=self.world.organiser)
        assert number == self.more_were_asked(request.pk, most)

    @precondition(lambda self: self.model.covers)
    @rule(data=st.data())
    def end_cover(self, data: st.DataObject) -> None:
        request = self.draw_cover(data)
        self.attempt(None, actions.end_cover, request=request, by=request.sign_up.member)
        self.model.covers[request.pk].is_open = False
