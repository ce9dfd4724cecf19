"""Mails without any header of a machine: a stand-in's note, a desk's confirmation, or a person who sounds like one."""

import pytest

from channels.inbound.mail import classify_mail
from channels.inbound.values import InboundKind as Kind
from tests.unit.channels.inbound.letters import NOW, OURS, letter

CONFIRMS = (
    ("Eingangsbestätigung", "Guten Tag,\n\nwir haben Ihre Nachricht erhalten."),
    ("Accusé de réception", "Bonjour,\n\nvotre message a bien été reçu."),
    ("Potwierdzenie otrzymania", "Dziękujemy za wiadomość."),
    ("Your message has been received", "Hello,\n\nsomebody will look at it."),
    ("Re: New opening hours", "Thank you for your message. We have received your request."),
    ("Re: New opening hours", "Thank you for writing to us. Please allow up to 2 business days for a response."),
    ("[Ticket #4411] New opening hours", "Thank you for your request. Our desk will reply within 24 hours."),
    ("Re: New opening hours", "Hi, I'm the virtual assistant of the shop. Choose one of these."),
    ("Re: New opening hours", "Thanks for getting in touch! Our support team is currently offline."),
)
PEOPLE = (
    ("Re: New opening hours", "Ich freue mich auf Ihre Antwort. Bis Freitag bin ich im Urlaub."),
    ("Re: New opening hours", "We are interested in your catering. I'm out of the office on Thursday, so write."),
    ("Re: New opening hours", "Please send us your price list, I am on leave from Friday."),
    ("Re: New opening hours", "Je suis en congé vendredi, dans l'attente de votre offre."),
    ("Re: New opening hours", "In allegato il modulo firmato, da lunedì sono in ferie."),
    ("Re: New opening hours", "Vi kan betala 450 kr per gång. Jag är på semester från måndag."),
    ("Re: New opening hours", "The out-of-office editor loses my text when I save. Is that known?"),
    ("Re: New opening hours", "Your answer was received by my colleague, not by me. Could you send it again?"),
    ("I am on leave from Friday: can we speak before?", "Thursday would do."),
    ("Your message was received by Ann", "She asks you to ring her."),
)


@pytest.mark.parametrize(("subject", "text"), CONFIRMS)
def test_a_desk_confirms_and_says_nothing_else(subject: str, text: str) -> None:
    assert classify_mail(letter(text, subject=subject), now=NOW, ours=OURS).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(("subject", "text"), PEOPLE)
def test_who_waits_for_us_offers_a_price_or_sends_a_thing_is_there(subject: str, text: str) -> None:
    assert classify_mail(letter(text, subject=subject), now=NOW, ours=OURS).kind is Kind.HUMAN_REPLY


STOPS = ("Stop please", "OK, stop.", "This is spam. Stop.", "Not interested, stop please", "No, stop emailing me.",
         "Thanks, but this is not for us. Please remove me from your list.", "I never signed up, stop messaging me",
         "You keep messaging me. Stop.", "Third email this week. Take me off this list.",
         "Hi Aino,\nthanks.\nPlease stop.\nAnn", "Guten Morgen,\nbitte aufhören!\nJan", "Nein danke. Stopp.",
         "Hallo,\nhören Sie bitte damit auf!", "Bitte nicht mehr anschreiben.")  # fmt: skip
GOES_ON = ("Stop it", "Stop! There is a mistake in the order.", "Stop by on Monday.", "stop. Are you a robot?",
           "Stop the delivery please", "Slut, tack.", "Quit please",
           "Hi, next stop is Turku", "Hören Sie auf den Rat von Jan",
           "Hört auf zu zweifeln!", "Hello,\nfull stop after the name please",
           "This is spam? I like it", "Cancel", "İptal", "إلغاء")  # fmt: skip


@pytest.mark.parametrize("text", STOPS)
def test_stop_and_courtesy_are_an_opt_out_and_reasons_change_nothing(text: str) -> None:
    assert classify_mail(letter(text, subject="Re: hours"), now=NOW, ours=OURS).kind is Kind.UNSUBSCRIBE


@pytest.mark.parametrize("text", GOES_ON)
def test_stop_and_anything_else_is_for_a_person(text: str) -> None:
    assert classify_mail(letter(text, subject="Re: hours"), now=NOW, ours=OURS).kind is Kind.HUMAN_REPLY
