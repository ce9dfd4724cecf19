"""What somebody wrote this time, out of what their mail program sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.inbound.html_text import html_to_text
from channels.inbound.limits import TEXT
from channels.inbound.replies import quotes_somebody, reply_text

WROTE = (
    "On Sat, 21 Nov 2026 at 10:00, Aino <hello@kahvila.example> wrote:",
    "On Sat, 21 Nov 2026 at 10:00, Aino\n<hello@kahvila.example> wrote:",
    "Am 21.11.2026 um 10:00 schrieb Aino:",
    "Le sam. 21 nov. 2026 à 10:00, Aino <hello@kahvila.example> a écrit :",
    "El sáb, 21 nov 2026 a las 10:00, Aino (<hello@kahvila.example>) escribió:",
    "Il giorno sab 21 nov 2026 alle ore 10:00 Aino <hello@kahvila.example> ha scritto:",
    "Em sáb., 21 de nov. de 2026 às 10:00, Aino <hello@kahvila.example> escreveu:",
    "Op za 21 nov. 2026 om 10:00 schreef Aino <hello@kahvila.example>:",
    "Den lör 21 nov. 2026 kl 10:00 skrev Aino <hello@kahvila.example>:",
    "la 21. marrask. 2026 klo 10.00 Aino (hello@kahvila.example) kirjoitti:",
    "sob., 21 lis 2026 o 10:00 Aino <hello@kahvila.example> napisał(a):",
    "сб, 21 нояб. 2026 г. в 10:00, Aino <hello@kahvila.example>:",
    "21.11.2026 10:00, Aino пишет:",
    "2026年11月21日(土) 10:00 Aino <hello@kahvila.example>:",
    "在 2026-11-21 10:00，Aino 写道：",
    "-----Original Message-----\nFrom: Aino",
    "-----Ursprüngliche Nachricht-----\nVon: Aino",
    "________________________________\nFrom: Aino",
    "From: Aino\nSent: Saturday\nTo: Ann\nSubject: hours\n",
    "Von: Aino\nGesendet: Samstag\nAn: Ann\nBetreff: Zeiten\n",
    "Lähettäjä: Aino\nLähetetty: lauantai\nVastaanottaja: Ann\nAihe: ajat\n",
    "De : Aino\nEnvoyé : samedi\nÀ : Ann\nObjet : horaires\n",
    "发件人: Aino\n发送时间: 2026年11月21日\n收件人: Ann\n主题: 时间\n",
)  # fmt: skip


@pytest.mark.parametrize("introduction", WROTE)
def test_what_is_quoted_below_is_no_new_word(introduction: str) -> None:
    text = f"Tuesday is fine.\n\n{introduction}\n> We are open.\n> STOP"
    assert reply_text(text) == "Tuesday is fine."
    assert quotes_somebody(text)


@pytest.mark.parametrize(
    "closing",
    [
        "-- \nAnn\nCEO",
        "--\nAnn",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Lähetetty iPhonesta",
        "Get Outlook for iOS",
    ],
)
def test_a_signature_is_no_new_word(closing: str) -> None:
    assert reply_text(f"Tuesday is fine.\n\n{closing}") == "Tuesday is fine."


def test_answers_between_quoted_lines_are_kept() -> None:
    text = "On Sat Aino <a@b.example> wrote:\n> Tuesday?\nYes.\n> At ten?\nRather at eleven."
    assert "Yes." in reply_text(text)
    assert "Rather at eleven." in reply_text(text)
    assert "At ten?" not in reply_text(text)


def test_a_mail_that_only_quotes_says_nothing() -> None:
    assert reply_text("> We are open.\n> STOP") == ""


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Yes</p><p>Tuesday &amp; Friday</p>", "Yes\n\nTuesday & Friday"),
        ("Yes<br>no<style>p{}</style><script>x()</script>", "Yes\nno"),
        ("Yes<blockquote type=cite>old<br>older</blockquote>", "Yes\n> old\n> older\n"),
        ("a < b and <unclosed", "a < b and <unclosed"),
        ("<!-- hidden -->seen<![if mso]>x", "seenx"),
    ],
)
def test_html_reads_as_its_words(source: str, text: str) -> None:
    assert html_to_text(source) == text.strip()


@given(st.text(max_size=500))
def test_any_text_has_a_bounded_reply(text: str) -> None:
    assert len(reply_text(text)) <= min(TEXT, len(text))


@given(st.text(alphabet="<>/abpdiv \"'=&!-;", max_size=300))
def test_any_markup_is_read(source: str) -> None:
    assert isinstance(html_to_text(source), str)
