"""TLS and login: nothing leaves in the clear that should not, and who cannot log in disturbs no lead."""

import asyncio
import contextlib
import shutil
import smtplib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from channels.errors import ChannelSettingsError
from channels.protocol import Accepted, Failure, Prepared, Refused, Result
from channels.receiver import ReceiverOptions, Stage
from channels.settings import Secret
from channels.smtp import SmtpChannel, SmtpSettings
from tests.servers.certificates import Certificate, make_certificate
from tests.servers.smtpd import Act, Smtpd, running_smtpd
from tests.unit.channels.mail.samples import mail_to

PASSWORD = "canary-81c2"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    if shutil.which("openssl") is None:
        pytest.skip("needs the Debian package openssl")
    return make_certificate(tmp_path_factory.mktemp("certificate"))


def settings_for(port: int, **settings: object) -> SmtpSettings:
    return SmtpSettings(host="127.0.0.1", port=port, **settings)  # type: ignore[arg-type]


def mail() -> Prepared:
    return SmtpChannel(SmtpSettings(security="none")).prepare(mail_to())


async def sent(settings: SmtpSettings) -> Result:
    async def marker() -> bool:
        return True

    channel = SmtpChannel(settings)
    result = await channel.hand_over(mail(), marker)
    await channel.close()
    return result


@contextlib.asynccontextmanager
async def implicit_tls(inner: int, certificate: Certificate) -> AsyncIterator[int]:
    """A port that speaks TLS from the first byte, in front of a plain one."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", inner)
        await asyncio.gather(pump(reader, server_writer), pump(server_reader, writer))

    server = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=certificate.server_context())
    yield server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()


async def pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while data := await source.read(65536):
        target.write(data)
    target.close()


async def test_starttls_secures_the_envelope_and_the_message(certificate: Certificate) -> None:
    async with Smtpd(ReceiverOptions(tls=certificate.server_context())) as server:
        result = await sent(settings_for(server.port, security="starttls"))
        assert isinstance(result, Accepted)
        (received,) = server.mails
        assert received.secured
        assert received.content == mail().payload


async def test_a_verified_server_has_to_prove_who_it_is(certificate: Certificate) -> None:
    """F31: bad certificate."""
    async with Smtpd(ReceiverOptions(tls=certificate.server_context())) as server:
        refused = await sent(settings_for(server.port, security="starttls", verify=True))
        assert isinstance(refused, Refused)
        assert (refused.failure, refused.permanent) == (Failure.CONFIGURATION, False)
        assert not any(command.startswith("MAIL") for command in server.commands)
        known = settings_for(server.port, security="starttls", verify=True, ca_file=str(certificate.certificate))
        assert isinstance(await sent(known), Accepted)


async def test_tls_from_the_first_byte_works_and_is_verified_too(certificate: Certificate) -> None:
    async with Smtpd() as server, implicit_tls(server.port, certificate) as port:
        assert isinstance(await sent(settings_for(port, security="tls")), Accepted)
        refused = await sent(settings_for(port, security="tls", verify=True))
        assert isinstance(refused, Refused)
        assert refused.failure is Failure.CONFIGURATION


async def test_tls_towards_a_plain_port_ends(certificate: Certificate) -> None:
    async with Smtpd() as server:
        refused = await sent(settings_for(server.port, security="tls"))
        assert isinstance(refused, Refused)
        assert (refused.failure, server.mails) == (Failure.CONNECT, [])


async def test_nothing_leaves_in_the_clear_when_starttls_was_stripped() -> None:
    """F31"""
    async with Smtpd(ReceiverOptions(accounts={"aino": PASSWORD})) as server:
        settings = settings_for(server.port, security="starttls", username="aino", password=Secret(PASSWORD))
        refused = await sent(settings)
        assert isinstance(refused, Refused)
        assert (refused.failure, refused.permanent) == (Failure.CONFIGURATION, False)
        assert not any(command.startswith(("MAIL", "AUTH")) for command in server.commands)


@pytest.mark.parametrize("text", ["454 4.7.0 TLS not available", "501 5.5.4 No"])
async def test_nothing_leaves_in_the_clear_when_starttls_is_refused(certificate: Certificate, text: str) -> None:
    """F31"""
    async with Smtpd(ReceiverOptions(tls=certificate.server_context())) as server:
        server.fail(Stage.STARTTLS, Act.REPLY, text)
        refused = await sent(settings_for(server.port, security="starttls"))
        assert isinstance(refused, Refused)
        assert (refused.failure, refused.code) == (Failure.CONFIGURATION, text[:9])
        assert not any(command.startswith("MAIL") for command in server.commands)


async def test_plaintext_injected_behind_starttls_is_not_believed(certificate: Certificate) -> None:
    """F31: the injected EHLO answer would take the extensions away and the AUTH line put words into our mouth."""
    async with Smtpd(ReceiverOptions(tls=certificate.server_context())) as server:
        server.fail(Stage.STARTTLS, Act.TWICE, "250-injected\r\n250 SIZE 1")
        result = await sent(settings_for(server.port, security="starttls"))
        if isinstance(result, Accepted):
            assert [received.secured for received in server.mails] == [True]
        else:
            assert server.mails == []


@pytest.mark.parametrize("secured", [True, False])
async def test_login_works_inside_tls_and_towards_this_machine(*, secured: bool, certificate: Certificate) -> None:
    options = ReceiverOptions(accounts={"aino": PASSWORD}, tls=certificate.server_context() if secured else None)
    async with Smtpd(options) as server:
        security = "starttls" if secured else "none"
        settings = settings_for(server.port, security=security, username="aino", password=Secret(PASSWORD))
        assert isinstance(await sent(settings), Accepted)
        assert server.mails[0].account == "aino"


async def test_wrong_credentials_are_a_matter_of_settings_and_stay_secret() -> None:
    """F32"""
    async with Smtpd(ReceiverOptions(accounts={"aino": "other"})) as server:
        settings = settings_for(server.port, security="none", username="aino", password=Secret(PASSWORD))
        refused = await sent(settings)
        assert isinstance(refused, Refused)
        assert (refused.failure, refused.permanent, refused.code) == (Failure.CONFIGURATION, False, "535 5.7.8")
        assert PASSWORD not in repr(settings) + repr(refused)


async def test_a_login_that_is_down_for_a_while_is_tried_again() -> None:
    """F32"""
    async with Smtpd(ReceiverOptions(accounts={"aino": PASSWORD})) as server:
        server.fail(Stage.AUTH, Act.REPLY, "454 4.7.0 Temporary authentication failure", times=-1)
        refused = await sent(settings_for(server.port, security="none", username="aino", password=Secret(PASSWORD)))
        assert isinstance(refused, Refused)
        assert refused.failure is Failure.TEMPORARY


async def test_a_server_without_login_is_a_matter_of_settings() -> None:
    async with Smtpd() as server:
        refused = await sent(settings_for(server.port, security="none", username="aino", password=Secret(PASSWORD)))
        assert isinstance(refused, Refused)
        assert refused.failure is Failure.CONFIGURATION


async def test_a_server_that_wants_a_login_is_a_matter_of_settings() -> None:
    async with Smtpd(ReceiverOptions(accounts={"aino": PASSWORD})) as server:
        refused = await sent(settings_for(server.port, security="none"))
        assert isinstance(refused, Refused)
        assert (refused.failure, refused.code) == (Failure.CONFIGURATION, "530 5.7.0")


def test_an_unreadable_authority_is_found_when_the_channel_is_made(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.pem", tmp_path):
        with pytest.raises(ChannelSettingsError, match=r"channels\.email\.ca_file"):
            SmtpChannel(SmtpSettings(host="mail.example", ca_file=str(path)))
    empty = tmp_path / "empty.pem"
    empty.write_text("no certificate")
    with pytest.raises(ChannelSettingsError, match=r"channels\.email\.ca_file"):
        SmtpChannel(SmtpSettings(host="mail.example", ca_file=str(empty)))


async def test_another_client_gets_its_mail_through_on_a_thread() -> None:
    """The test server itself, seen by the standard library."""
    with running_smtpd(ReceiverOptions(accounts={"aino": PASSWORD})) as server:
        await asyncio.to_thread(send_by_smtplib, server.port)
        assert [received.content for received in server.mails] == [b"Subject: x\r\n\r\n.y\r\n"]


def send_by_smtplib(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.login("aino", PASSWORD)
        client.sendmail("a@x.test", ["b@x.test"], b"Subject: x\r\n\r\n.y\r\n")
