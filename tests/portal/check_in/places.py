"""A shift that is on, with people on it and an organiser at the door."""

from portal.activities.models import Shift, SignUp
from portal.members.models import User
from tests.factories.activities import ShiftFactory, SignUpFactory
from tests.factories.organisations import PostFactory


def a_door(people: int = 2) -> tuple[User, Shift, list[SignUp]]:
    """Return an organiser, a shift of their community that has begun, and those with a place."""
    post = PostFactory()
    shift = ShiftFactory(begun=True, activity__area=post.area, capacity=50)
    return post.person, shift, SignUpFactory.create_batch(people, shift=shift)
