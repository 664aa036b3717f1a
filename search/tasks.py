from django_tasks import task

from search import actions
from search.errors import EngineAwayError


@task()
def heal_index() -> None:
    """Bring the engine outside the database up to date; if it is still away, try again in a while."""
    try:
        actions.heal()
    except EngineAwayError:
        actions.heal_later()
