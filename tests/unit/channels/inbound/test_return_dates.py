"""The day somebody will be back, as people write it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.inbound.mail import classify_mail
from channels.inbound.return_dates import return_date
from tests.unit.channels.inbound.letters import NOW, OURS, letter

# NOW is Sunday, 22 November 2026.
NOTES = (
    ("I am out of the office and will be back on 5 December 2026.", date(2026, 12, 5)),
    ("I will return on December 5th, 2026.", date(2026, 12, 5)),
    ("I'll be back Dec 5.", date(2026, 12, 5)),
    ("Out of office until 2026-12-05.", date(2026, 12, 5)),
    ("On leave from 20 November until 5 December, back on 7 December.", date(2026, 12, 7)),
    ("I am away from 20/11/2026 to 05/12/2026.", date(2026, 12, 5)),
    ("Away through Jan 4.", date(2027, 1, 4)),
    ("I am out until Wednesday.", date(2026, 11, 25)),
    ("I will be back tomorrow.", date(2026, 11, 23)),
    ("back on Sunday", date(2026, 11, 29)),
    ("Ich bin bis zum 05.12.2026 nicht im Büro.", date(2026, 12, 5)),
    ("Ich bin vom 20.11. bis 5.12. im Urlaub und ab dem 7.12. wieder da.", date(2026, 12, 7)),
    ("Ab Montag, den 7. Dezember bin ich wieder erreichbar.", date(2026, 12, 7)),
    ("Ich bin ab Mittwoch wieder im Büro.", date(2026, 11, 25)),
    ("Olen lomalla 5.12. asti.", date(2026, 12, 5)),
    ("Jeg holder ferie til og med uge 49.", date(2026, 12, 6)),
    ("Tillbaka vecka 50.", date(2026, 12, 7)),
    ("11月30日(月)から12月5日(土)まで休暇をいただきます。", date(2026, 12, 5)),
    ("11月30日から5日まで休暇をいただきます。", date(2026, 12, 5)),
    ("12月1日(火)から5日(土)まで海外出張です。", date(2026, 12, 5)),
    ("Θα απουσιάζω έως τις 5 Δεκεμβρίου.", date(2026, 12, 5)),
    ("Sunt în concediu până pe 5 decembrie.", date(2026, 12, 5)),
    ("5 Aralık tarihine kadar izindeyim.", date(2026, 12, 5)),
    ("Vi har semesterstängt och öppnar igen måndagen den 7 december.", date(2026, 12, 7)),
    ("I'll respond to your email on Wednesday.", date(2026, 11, 25)),
    ("The report of week 49 is attached.", None),
    ("Away from 11/23/2026 until 12/05/2026.", date(2026, 12, 5)),  # there is no 23rd month
    ("I'm on leave Dec 1-5.", date(2026, 12, 5)),
    ("On vacation from Dec 1 to Dec 5 and will reply afterwards.", date(2026, 12, 5)),
    ("Ik ben vanaf 1 december t/m 5 december afwezig.", date(2026, 12, 5)),
    ("Ik ben vanaf 7 december weer aanwezig.", date(2026, 12, 7)),
    ("Ab dem 1. Dezember bis 5. Dezember bin ich im Urlaub.", date(2026, 12, 5)),
    ("Away until the 5th.", date(2026, 12, 5)),
    ("Back on the 25th.", date(2026, 11, 25)),
    ("Estaré fuera hasta el 5.", date(2026, 12, 5)),
    ("Estou de férias até dia 5.", date(2026, 12, 5)),
    ("Out of the office until the 31st.", date(2026, 12, 31)),
    ("I am away for two weeks.", date(2026, 12, 6)),
    ("Back in 3 days.", date(2026, 11, 25)),
    ("Regresaré en dos semanas.", date(2026, 12, 6)),
    ("Ich bin für zwei Wochen im Urlaub.", date(2026, 12, 6)),
    ("We deliver in two weeks.", None),
    ("We will get back to you in two days.", None),
    ("Estaré de vuelta mañana.", date(2026, 11, 23)),
    ("Out of office until 12/5.", date(2026, 12, 5)),  # the nearer reading: the other is in May
    ("Out of office until 5/12.", date(2026, 12, 5)),
    ("Out of office until 05/12/2026.", date(2026, 12, 5)),
    ("我在出差，下周一回复您。", date(2026, 11, 23)),
    ("Palaan töihin 7.12.2026.", date(2026, 12, 7)),
    ("Olen poissa, palaan 7. joulukuuta.", date(2026, 12, 7)),
    ("Palaan maanantaina.", date(2026, 11, 23)),
    ("Jag är på semester till och med 5 december.", date(2026, 12, 5)),
    ("Jag är tillbaka den 7 december.", date(2026, 12, 7)),
    ("Je suis absente jusqu'au 5 décembre 2026.", date(2026, 12, 5)),
    ("Je serai de retour le 7 décembre.", date(2026, 12, 7)),
    ("Je suis en congés du 20 novembre au 5 décembre inclus.", date(2026, 12, 5)),
    ("Estaré fuera hasta el 5 de diciembre de 2026.", date(2026, 12, 5)),
    ("Regreso el 7 de diciembre.", date(2026, 12, 7)),
    ("Sono fuori ufficio fino al 5 dicembre.", date(2026, 12, 5)),
    ("Rientrerò il 7 dicembre 2026.", date(2026, 12, 7)),
    ("Estou de férias até 5 de dezembro.", date(2026, 12, 5)),
    ("Retorno em 07/12/2026.", date(2026, 12, 7)),
    ("Ik ben afwezig tot en met 5 december.", date(2026, 12, 5)),
    ("Ik ben vanaf 7 december weer op kantoor.", date(2026, 12, 7)),
    ("Jeg er på ferie til den 5. december.", date(2026, 12, 5)),
    ("Jeg er tilbake 7. desember.", date(2026, 12, 7)),
    ("Jestem na urlopie do 5 grudnia.", date(2026, 12, 5)),
    ("Wracam 7 grudnia 2026 r.", date(2026, 12, 7)),
    ("Я в отпуске до 5 декабря.", date(2026, 12, 5)),
    ("Вернусь 7 декабря 2026 года.", date(2026, 12, 7)),
    ("我将于12月7日返回办公室。", date(2026, 12, 7)),
    ("我从11月20日至12月5日休假。", date(2026, 12, 5)),
    ("2026年12月5日まで休暇をいただいております。", date(2026, 12, 5)),
    ("12月7日に戻ります。", date(2026, 12, 7)),
    ("Wala ako sa opisina hanggang Disyembre 5.", date(2026, 12, 5)),
    ("Babalik ako sa ika-7 ng Disyembre.", date(2026, 12, 7)),
    ("I was out until 5 March 2026.", None),
    ("I am out of the office.", None),
    ("Back on 31 February.", None),
    ("Call 040 123 4567 or extension 12.", None),
    ("Room 5/12, building 7.", None),
)  # fmt: skip


@pytest.mark.parametrize(("note", "day"), NOTES, ids=[note for note, _ in NOTES])
def test_a_note_names_its_day(note: str, day: date | None) -> None:
    assert return_date(note, now=NOW) == day


def test_the_day_of_a_month_that_is_over_belongs_to_the_next_year() -> None:
    now = datetime(2026, 12, 28, tzinfo=UTC)
    assert return_date("back on 4 January", now=now) == date(2027, 1, 4)


def test_an_american_clock_reads_the_month_first() -> None:
    assert return_date("back on 12/7/2026", now=NOW, sent_offset="-0500") == date(2026, 12, 7)
    assert return_date("back on 7/12/2026", now=NOW, sent_offset="+0100") == date(2026, 12, 7)


def test_an_absence_note_gives_its_day_and_a_quoted_date_does_not() -> None:
    body = "Ich bin bis zum 05.12.2026 im Urlaub.\n\n> Our offer is valid until 31.12.2026.\n"
    mail = classify_mail(letter(body, auto_submitted="auto-replied"), now=NOW, ours=OURS)
    assert mail.return_date == date(2026, 12, 5)


@given(st.text(max_size=300))
def test_any_text_gives_a_day_ahead_or_none(text: str) -> None:
    day = return_date(text, now=NOW)
    assert day is None or day >= NOW.date()
