"""What is remembered of a lead's touches while a batch is decided."""

from datetime import UTC, datetime

from touches.engine.gathering import with_touch
from touches.model.cadence import PastTouch
from touches.model.states import TouchState

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)


def past(news: str, state: TouchState, *, step: str = "urgent", enrollment: int | None = None) -> PastTouch:
    return PastTouch(
        step=step,
        round=1,
        number=1,
        channel="email",
        state=state,
        news_class=news,
        due_at=NOW,
        handed_over_at=NOW if state is TouchState.SENT else None,
        enrollment_id=enrollment,
    )


def test_two_pieces_of_urgent_news_are_two_touches() -> None:
    """They share a step and belong to no enrollment; a cap must count both."""
    history = with_touch([past("alarm", TouchState.SENT)], past("recall", TouchState.SENT))

    assert [one.news_class for one in history] == ["alarm", "recall"]


def test_a_step_is_one_touch_whatever_it_tells() -> None:
    planned = past("case", TouchState.PLANNED, step="s1", enrollment=7)
    sent = past("price", TouchState.SENT, step="s1", enrollment=7)

    assert with_touch([planned], sent) == [sent]
