"""Answers name their touch; what all mails of a campaign share is made once all the same."""

from dataclasses import replace

from channels.mail import MailComposer
from channels.mail.skeleton import skeleton_of
from tests.unit.channels.mail.samples import OUTGOING


def test_a_reply_to_of_its_own_does_not_cost_a_skeleton_of_its_own() -> None:
    composer, first = MailComposer(), OUTGOING
    skeleton_of.cache_clear()

    payloads = [
        composer.compose(replace(first, sender=replace(first.sender, reply_to=f"hello+t{number}@cafe.test"))).payload
        for number in range(20)
    ]

    assert skeleton_of.cache_info().misses == 1
    assert all(
        f"Reply-To: hello+t{number}@cafe.test\r\n".encode() in payload for number, payload in enumerate(payloads)
    )
