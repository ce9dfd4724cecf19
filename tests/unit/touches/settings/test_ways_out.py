"""What the settings say reaches the channels."""

from pathlib import Path

import pytest

from touches.doctor import sending
from touches.doctor.answer import Health
from touches.errors import SettingsError
from touches.settings.loader import load_settings
from touches.settings.model import Settings
from touches.settings.ways_out import letter_settings, sms_settings, smtp_settings

LEAST = """\
[workspace]
name = "Kahvila Oy"
timezone = "Europe/Helsinki"
country = "FI"

[sender]
name = "Aino"
email = "aino@kahvila.example"
postal_address = "Esimerkkikatu 1, Helsinki"

"""


def load(folder: Path, text: str) -> Settings:
    (folder / "touches.toml").write_text(LEAST + text, encoding="utf-8")
    return load_settings(folder, {})


def test_a_certificate_authority_of_our_own_is_a_file_of_the_workspace(tmp_path: Path) -> None:
    made = smtp_settings(load(tmp_path, '[channels.email]\nhost = "mail.test"\nca_file = "our-ca.pem"\nverify = false'))
    assert made.ca_file == str(tmp_path / "our-ca.pem")
    assert not made.verifies


def test_without_a_word_on_it_a_certificate_is_checked_but_for_this_machine(tmp_path: Path) -> None:
    assert smtp_settings(load(tmp_path, '[channels.email]\nhost = "mail.test"')).verifies
    assert not smtp_settings(load(tmp_path, '[channels.email]\nhost = "localhost"')).verifies
    assert smtp_settings(load(tmp_path, '[channels.email]\nhost = "localhost"\nverify = true')).verifies


def test_an_sms_has_its_service_its_limit_and_words_of_our_own_to_opt_out(tmp_path: Path) -> None:
    made = sms_settings(
        load(
            tmp_path,
            '[channels.sms]\nprovider = "twilio"\nmessaging_service = "MG1"\nmax_parts = 2\n'
            'opt_out = {sv = "Avsluta: svara STOP"}',
        )
    )
    assert (made.messaging_service, made.max_parts) == ("MG1", 2)
    assert made.opt_out["sv"] == "Avsluta: svara STOP"
    assert made.opt_out["en"] == "Reply STOP to opt out"


def test_providers_call_back_where_the_web_section_says(tmp_path: Path) -> None:
    web = '[web]\nbase_url = "https://touch.test"\n'
    sms = '[channels.sms]\nprovider = "kannel"\n'
    assert sms_settings(load(tmp_path, sms + web)).callback_base == "https://touch.test"
    other = web + 'callbacks = "https://inside.test"\n'
    assert sms_settings(load(tmp_path, sms + other)).callback_base == "https://inside.test"


def test_a_letter_has_the_form_that_is_set_and_a_printer_that_proves_nothing(tmp_path: Path) -> None:
    text = '[channels.letter]\nform = "us"\nprinter = "ipps://printer.test/ipp/print"\nprinter_verify = false'
    made = letter_settings(load(tmp_path, text))
    assert (made.form, made.printer_verify) == ("us", False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[channels.sms]\nprovider = 'kannel'\nmax_parts = 0", "max_parts"),
        ("[channels.sms]\nprovider = 'kannel'\nmax_parts = 11", "max_parts"),
        ("[channels.sms]\nprovider = 'kannel'\nopt_out = {english = 'Stop'}", "opt_out"),
        ("[channels.sms]\nprovider = 'kannel'\nopt_out = {en = ''}", "opt_out"),
        ("[channels.letter]\nform = 'A4'", "form"),
        ("[channels.email]\nverify = 'no'", "verify"),
    ],
)
def test_what_cannot_be_is_refused_with_its_name(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, text)
    assert said in "\n".join(caught.value.problems)


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("[channels.letter]\nprinter = 'http://printer.test'", "channel letter"),
        ("[channels.email]\n[channels.fax]\ngateway = 'fax.example'", "channel fax"),
        ("[channels.email]\nsecurity = 'tls'\nca_file = 'missing.pem'", "channel email"),
        ("[channels.email]\npassword_file = 'missing'", "channel email"),
        ("[channels.sms]\nprovider = 'twilio'\nurl = 'http://far.test'\naccount = 'AC1'", "channel sms"),
    ],
)
def test_the_doctor_finds_the_way_out_that_cannot_work(tmp_path: Path, text: str, check: str) -> None:
    answers = {answer.check: answer for answer in sending.ways_out(load(tmp_path, text))}
    assert answers[check].health is Health.FAIL
    assert answers[check].advice
