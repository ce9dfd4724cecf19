"""Answers in any script, as Kannel hands their bytes on."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from channels.inbound.webhooks.kannel import inbound_fields, inbound_sms


@pytest.mark.parametrize(
    ("words", "encoding", "told"),
    [
        ("STOP", "utf-8", ""),
        ("Grüße & mehr", "utf-8", "&charset=UTF-8&coding=0"),
        ("СТОП", "utf-16-be", "&charset=UTF-16BE&coding=2"),
        ("STOP 🙏", "utf-16-be", "&charset=&coding=2"),
        ("Grüße", "latin-1", "&charset=ISO-8859-1&coding=0"),
        ("3 €", "cp1252", "&charset=WINDOWS-1252&coding=0"),
    ],
)
def test_the_words_arrive_in_the_charset_that_kannel_names(words: str, encoding: str, told: str) -> None:
    query = f"token=x&from=%2B4915112345003&text={quote(words.encode(encoding))}{told}&id=7"
    message = inbound_sms(inbound_fields(query), at=datetime(2026, 11, 22, tzinfo=UTC))
    assert (message.text, message.sender) == (words, "+4915112345003")
