"""What others asked, as a reason to call somebody who has not."""

from datetime import UTC, datetime, timedelta

from touches.care.others_asking import SHOWN, what_others_asked
from touches.model.asked import Asked
from touches.model.people import Lead

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
CAFE = Lead(id=1, segment="cafe")


def asked(lead_id: int, *, segment: str = "cafe", policy: str = "", days: int = 3, **words: str) -> Asked:
    policies = frozenset({policy} if policy else ())
    return Asked(lead_id=lead_id, at=NOW - timedelta(days=days), segment=segment, policies=policies, **words)


def test_what_most_leads_of_the_segment_worry_about_comes_first() -> None:
    voices = [asked(2, concern="price"), asked(3, concern="Delivery"), asked(4, concern="delivery")]
    assert what_others_asked(CAFE, "follow", voices, NOW) == [
        "others asked about Delivery (2 leads of segment cafe)",
        "others asked about price (1 lead of segment cafe)",
    ]


def test_leads_in_the_same_policy_count_before_more_leads_in_others() -> None:
    voices = [asked(2, concern="price"), asked(3, concern="price"), asked(4, concern="hours", policy="follow")]
    assert what_others_asked(CAFE, "follow", voices, NOW)[0] == (
        "others asked about hours (1 lead of segment cafe, 1 in follow)"
    )


def test_a_question_is_quoted_and_a_lead_counts_once_for_it() -> None:
    said = "Liked it. Does it  work offline? Will think."
    voices = [asked(2, said=said), asked(2, said=said), asked(3, said="does it work offline?")]
    assert what_others_asked(CAFE, "follow", voices, NOW) == [
        'others asked "Does it work offline?" (2 leads of segment cafe)'
    ]


def test_a_question_that_may_hold_an_address_or_a_number_is_left_out() -> None:
    said = "Can you write to ann@cafe.test? Will you call +358 40 123 4567? Is 12345 my customer number?"
    assert what_others_asked(CAFE, "follow", [asked(2, said=said)], NOW) == []


def test_neither_own_words_nor_other_segments_nor_old_ones_count() -> None:
    voices = [asked(1, concern="price"), asked(2, segment="b2b", concern="price"), asked(3, days=91, concern="price")]
    assert what_others_asked(CAFE, "follow", voices, NOW) == []


def test_without_a_segment_leads_in_the_same_policy_are_the_others() -> None:
    voices = [asked(2, segment="", policy="follow", concern="price"), asked(3, segment="", concern="hours")]
    assert what_others_asked(Lead(id=1), "follow", voices, NOW) == ["others asked about price (1 lead in follow)"]


def test_no_more_is_told_than_can_be_read() -> None:
    voices = [asked(n, concern=f"matter {n}") for n in range(2, 12)]
    assert len(what_others_asked(CAFE, "follow", voices, NOW)) == SHOWN
