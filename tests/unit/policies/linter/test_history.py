import pytest

from policies.linter import LintContext, lint
from tests.unit.policies.files import SEVEN, codes, item, loaded, policy_text, pool

NEWS = pool(item("a", kind="price"), item("b", kind="event"), item("c", kind="event", same_as=["a"]))


def with_step(step: str) -> str:
    return policy_text(SEVEN + f"\n  - {{id: last, day: 27, ask: R., {step}}}")


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("channel: email, news: a", "channel: email, news: a, title: New", False),
        ("channel: email, news: a", "channel: sms, news: a", False),
        ("channel: email, news: a", "channel: email, news: b", True),
        ("channel: email, news: a", "channel: email, news: c", False),
        ("channel: email, news: a", "channel: email, news: any", False),
        ("channel: email, news: a", "channel: email, news: {kind: price}", False),
        ("channel: email, news: a", "channel: email, news: {kind: event}", True),
        ("channel: email, news: {kind: price}", "channel: email, news: {kind: [price, event]}", False),
        ("channel: email, news: {kind: price}", "channel: email, news: {kind: event}", True),
        ("channel: call, news: a", "channel: email, news: a", True),
        ("channel: call, news: a", "channel: meeting, news: a", False),
        ("channel: email, news: a", "channel: [call, meeting], news: a", True),
        ("channel: email, news: a", "channel: [email, call], news: a", False),
        ("channel: preferred, news: a", "channel: call, news: a", False),
    ],
)
def test_a_published_id_keeps_its_meaning(before: str, after: str, changed: bool) -> None:
    published = loaded(with_step(before)).policy
    assert published is not None
    context = LintContext(published={"test": published}, pool=NEWS)
    found = codes(lint([loaded(with_step(after))], context))
    assert ("changed-meaning" in found) is changed


def test_a_new_id_and_a_new_policy_may_mean_anything() -> None:
    published = loaded(with_step("channel: email, news: a")).policy
    assert published is not None
    renamed = loaded(with_step("channel: call, news: b").replace("id: last", "id: new"))
    assert "changed-meaning" not in codes(lint([renamed], LintContext(published={"test": published})))
    other = loaded(with_step("channel: call, news: b"))
    assert "changed-meaning" not in codes(lint([other], LintContext(published={"other": published})))
