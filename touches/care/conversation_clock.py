"""When a conversation is owed an answer, when it has stalled: pure decisions."""

from datetime import datetime
from enum import StrEnum

from touches.model.care import CareState, Conversation

MOST_NOTED = 3  # told for the third time that it "has been noted", a customer goes to the authorities


class ConversationDue(StrEnum):
    """What its clock asks for."""

    NOTHING = "nothing"
    ESCALATE = "escalate"  # the owner did not answer in time
    STALLED = "stalled"  # so long without a word that the cadence goes on


def conversation_due(conversation: Conversation, now: datetime) -> ConversationDue:
    """What has to happen to a conversation at `now`."""
    if conversation.state is not CareState.OPEN:
        return ConversationDue.NOTHING
    if now >= conversation.stalled_at:
        return ConversationDue.STALLED
    if conversation.answered_at is None and now >= conversation.answer_by:
        return ConversationDue.ESCALATE
    return ConversationDue.NOTHING


def keeps_waiting(conversation: Conversation, now: datetime) -> bool:
    """Whether automatic sending stays stopped."""
    return conversation.state is CareState.OPEN and now < conversation.stalled_at


def too_often_noted(noted: int) -> bool:
    """Whether a matter was only noted so often that somebody else must take it."""
    return noted >= MOST_NOTED
