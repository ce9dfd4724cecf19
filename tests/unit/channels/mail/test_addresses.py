"""Which addresses travel, and in which form."""

import pytest

from channels.errors import UnsendableError
from channels.mail.addresses import mailbox

REFUSED = [
    "",
    "@",
    "a@",
    "@b.test",
    "plain",
    "a b@c.test",
    '"a b"@c.test',
    '"a\r\nb"@x.test',
    "a@b.test\r\nRCPT TO:<v@x.test>",
    "a@x.test>\r\nDATA\r\n",
    "a@x.test SIZE=1",
    "a@x.test> RET=FULL",
    "alice@good.test)bob@evil.test",
    "bob@good.test@evil.test",
    "bob@[127.0.0.1]",
    "bob@x..test",
    "bob@.test",
    "bob@x.test.",
    "bob@-x.test",
    "bob@x-.test",
    ".bob@x.test",
    "bob.@x.test",
    "b..ob@x.test",
    "bob@x_y.te st",
    "bob(comment)@x.test",
    "<bob@x.test>",
    "Bob <bob@x.test>",
    "a@b.test, v@x.test",
    "x" * 65 + "@x.test",
    "a@" + "x" * 64 + ".test",
    "a@" + ".".join(["x" * 60] * 5),
    "ä" * 33 + "@x.test",
    "ä\u202e@x.test",
    "ä\u2028@x.test",
    "ä\x00@x.test",
    "a@ä\u202e.test",
    "a@\ud800.test",
    "\ud800@x.test",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_plain_mailbox_is_refused(text: str) -> None:
    with pytest.raises(UnsendableError, match="bad address"):
        mailbox(text, field="To")


@pytest.mark.parametrize(
    ("text", "address", "smtputf8"),
    [
        ("a@b.test", "a@b.test", False),
        ("First.Last+tag@Sub.Example.COM", "First.Last+tag@Sub.Example.COM", False),
        ("o'neil/x=1!#$%&*?^_`{|}~-@x.test", "o'neil/x=1!#$%&*?^_`{|}~-@x.test", False),
        ("bob@xn--80ak6aa92e.test", "bob@xn--80ak6aa92e.test", False),
        ("root@localhost", "root@localhost", False),
        ("a@bücher.example", "a@xn--bcher-kva.example", False),
        ("a@例え.テスト", "a@xn--r8jz45g.xn--zckzah", False),
        ("grå@bücher.example", "grå@xn--bcher-kva.example", True),
        ("用户@例え.テスト", "用户@xn--r8jz45g.xn--zckzah", True),
        ("x" * 64 + "@x.test", "x" * 64 + "@x.test", False),
    ],
)
def test_a_mailbox_travels_in_its_form(text: str, address: str, smtputf8: bool) -> None:
    box = mailbox(text, field="To")
    assert (box.address, box.smtputf8) == (address, smtputf8)


def test_an_error_names_the_field_and_not_the_person() -> None:
    with pytest.raises(UnsendableError) as caught:
        mailbox("bob the builder@x.test", field="To")
    assert "To:" in str(caught.value)
    assert "builder" not in str(caught.value)
