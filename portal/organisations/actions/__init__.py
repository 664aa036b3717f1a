"""Every change to a place or a post, one module a subject."""

from portal.organisations.actions.posts import appoint, delegate, end_post, revoke

__all__ = ["appoint", "delegate", "end_post", "revoke"]
