"""Provider callbacks over real HTTP: real signatures, wrong ones, replays, and what nobody understands."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from channels.inbound.webhooks.twilio import sign
from tests.campaign import Campaign
from tests.integration.web.live import Live, live
from touches.model.states import TouchState
from touches.tokens import Purpose
from touches.web.site import Provider, callback_addresses

PUBLIC = "https://touch.kahvila.test"
TOKEN = "twilio-auth-token"
SECRET = "s" * 32
POLICY = """
policy: texts
touches:
  - {id: first, day: 0, channel: sms, news: any, ask: Reply.}
  - {id: second, after: 2 days, channel: sms, news: any, ask: Reply.}
"""
HOSTILE = ["<script>alert(1)</script>", "'; DROP TABLE touch;--", "a\r\nSet-Cookie: x=1", "\x00", "é" * 2000, "{{7*7}}"]


@pytest.fixture
def texted(sqlite_url: str, tmp_path: Any) -> Iterator[Campaign]:
    """Aino got an SMS."""
    made = Campaign(sqlite_url, tmp_path)
    made.record("sms")
    made.publish(POLICY)
    made.enroll(made.lead("aino", phone="+358401234567"), policy="texts")
    made.tick()
    assert made.touches(1)[0].state is TouchState.SENT
    yield made
    made.close()


@pytest.fixture
def twilio(texted: Campaign) -> Iterator[Live]:
    provider = Provider(name="twilio", signing_key=TOKEN, secret=SECRET, base_url=PUBLIC)
    with live(texted, base_url=PUBLIC, provider=provider) as site:
        yield site


@pytest.fixture
def kannel(texted: Campaign) -> Iterator[Live]:
    with live(texted, provider=Provider(name="kannel", secret=SECRET, base_url=PUBLIC)) as site:
        yield site


def key(site: Live) -> str:
    return site.token(Purpose.TOUCH, site.campaign.touches(1)[0].id)


def state(site: Live) -> TouchState:
    return site.campaign.touches(1)[0].state


def arrivals(site: Live, source: str) -> list[str]:
    with site.campaign.store.read() as unit:
        return [one.kind for one in unit.inbound.of_touch(site.campaign.touches(1)[0].id) if one.source == source]


def post(site: Live, path: str, fields: Mapping[str, str], *, signed: str = "", url: str = "") -> Any:
    """As Twilio does: a form, and the signature over our public address."""
    signature = signed or sign(TOKEN, url=url or PUBLIC + path, params=list(fields.items()))
    headers = {"x-twilio-signature": signature, "content-type": "application/x-www-form-urlencoded"}
    return site.client.post(path, content=urlencode(fields), headers=headers)


def report(site: Live, status: str = "delivered", **more: str) -> Any:
    return post(site, f"/sms/status/twilio?key={key(site)}", {"MessageSid": "SM1", "MessageStatus": status, **more})


def test_a_signed_report_reaches_its_touch(twilio: Live) -> None:
    answer = report(twilio)
    assert answer.status_code == 200
    assert answer.text.endswith("<Response/>")
    assert state(twilio) is TouchState.DELIVERED


def test_a_replay_changes_nothing(twilio: Live) -> None:
    for _ in range(20):
        assert report(twilio).status_code == 200
    assert arrivals(twilio, "twilio") == ["sms_report"]


def test_reports_out_of_order_end_in_what_is_proven(twilio: Live) -> None:
    for status in ("delivered", "sent", "queued", "delivered"):
        report(twilio, status)
    assert state(twilio) is TouchState.DELIVERED


def wrong_signatures(site: Live) -> dict[str, dict[str, str]]:
    path = f"/sms/status/twilio?key={key(site)}"
    fields = [("MessageSid", "SM1"), ("MessageStatus", "delivered")]
    return {
        "none": {},
        "empty": {"x-twilio-signature": ""},
        "junk": {"x-twilio-signature": "é" * 100},
        "another key": {"x-twilio-signature": sign("other", url=PUBLIC + path, params=fields)},
        "plain http": {"x-twilio-signature": sign(TOKEN, url=PUBLIC.replace("https", "http") + path, params=fields)},
        "the port": {"x-twilio-signature": sign(TOKEN, url=f"{PUBLIC}:443{path}", params=fields)},
        "the host that was asked": {"x-twilio-signature": sign(TOKEN, url=site.url + path, params=fields)},
        "without the query": {"x-twilio-signature": sign(TOKEN, url=f"{PUBLIC}/sms/status/twilio", params=fields)},
        "a parameter more": {"x-twilio-signature": sign(TOKEN, url=PUBLIC + path, params=[*fields, ("a", "b")])},
        "no parameters": {"x-twilio-signature": sign(TOKEN, url=PUBLIC + path)},
    }


def test_what_twilio_did_not_sign_is_refused(twilio: Live) -> None:
    path = f"/sms/status/twilio?key={key(twilio)}"
    for name, headers in wrong_signatures(twilio).items():
        sent = {name: value.encode() for name, value in headers.items()}
        answer = twilio.client.post(
            path, data={"MessageSid": "SM1", "MessageStatus": "delivered"}, headers=sent, params=None
        )
        assert answer.status_code == 403, name
        assert answer.text == ""
    assert state(twilio) is TouchState.SENT


def test_the_host_header_is_only_a_claim(twilio: Live) -> None:
    path = f"/sms/status/twilio?key={key(twilio)}"
    fields = {"MessageSid": "SM1", "MessageStatus": "delivered"}
    signature = sign("other", url=f"https://evil.test{path}", params=list(fields.items()))
    headers = {"x-twilio-signature": signature, "host": "evil.test", "x-forwarded-host": "evil.test"}
    assert twilio.client.post(path, data=fields, headers=headers).status_code == 403
    good = sign(TOKEN, url=PUBLIC + path, params=list(fields.items()))
    assert twilio.client.post(path, data=fields, headers=headers | {"x-twilio-signature": good}).status_code == 200


def test_a_key_of_another_purpose_names_no_touch(twilio: Live) -> None:
    wrong = twilio.token(Purpose.UNSUBSCRIBE, twilio.campaign.touches(1)[0].id)
    fields = {"MessageSid": "SM9", "MessageStatus": "delivered"}
    assert post(twilio, f"/sms/status/twilio?key={wrong}", fields).status_code == 200
    assert state(twilio) is TouchState.SENT


def test_stop_by_sms_closes_the_number(twilio: Live) -> None:
    fields = {"MessageSid": "SM2", "From": "+358401234567", "To": "+358409999999", "Body": "Stop!"}
    assert post(twilio, "/sms/inbound/twilio", fields).status_code == 200
    with twilio.campaign.store.read() as unit:
        lead = unit.leads.get(1)
        assert lead is not None
        assert "sms" in next(point for point in lead.points if point.kind.value == "phone").opted_out
    assert twilio.campaign.touches(1)[1].state is TouchState.CANCELLED


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_kept_as_texts(twilio: Live, text: str) -> None:
    fields = {"MessageSid": "SM3", "From": "+358401234567", "To": "+358409999999", "Body": text}
    assert post(twilio, "/sms/inbound/twilio", fields).status_code == 200
    with twilio.campaign.store.read() as unit:
        assert unit.inbound.knows("twilio", "SM3")


def test_what_is_signed_and_not_understood_is_kept_once(twilio: Live) -> None:
    for _ in range(3):
        assert post(twilio, "/sms/status/twilio", {"Surprise": "<b>new</b> event"}).status_code == 200
    with twilio.campaign.store.read() as unit:
        (kept,) = unit.inbound.to_review()
    assert kept.kind == "unknown"
    assert "Surprise" in kept.body


@pytest.mark.parametrize(
    ("content", "kind", "expected"),
    [
        (b"\xff\xfe=1", "application/x-www-form-urlencoded", 403),
        (b"[" * 100_000, "application/json", 403),
        (b'{"a": NaN, "a": 1e999}', "application/json", 403),
        (b"a=1&" * 5000, "application/x-www-form-urlencoded", 403),
        (b"x" * (1024 * 1024 + 1), "application/x-www-form-urlencoded", 413),
        (json.dumps([{"id": number} for number in range(1000)]).encode(), "application/json", 403),
    ],
    ids=range(6),
)
def test_what_nobody_signed_leaves_no_trace(twilio: Live, content: bytes, kind: str, expected: int) -> None:
    answer = twilio.client.post("/sms/status/twilio", content=content, headers={"content-type": kind})
    assert answer.status_code == expected
    with twilio.campaign.store.read() as unit:
        assert unit.inbound.to_review() == []


def test_only_the_provider_in_the_settings_is_listened_to(twilio: Live) -> None:
    good = f"/sms/status/kannel?key={key(twilio)}&state=1&id=1"
    assert twilio.client.get(good).status_code == 404
    assert twilio.client.get("/sms/status/twilio").status_code == 405
    assert twilio.client.post("/sms/status/other").status_code == 404


def test_without_a_token_nothing_of_twilio_is_believed(texted: Campaign) -> None:
    with live(texted, base_url=PUBLIC, provider=Provider(name="twilio", base_url=PUBLIC)) as site:
        path = f"/sms/status/twilio?key={key(site)}"
        fields = {"MessageSid": "SM1", "MessageStatus": "delivered"}
        assert (
            post(site, path, fields, signed=sign("", url=PUBLIC + path, params=list(fields.items()))).status_code == 403
        )


def test_kannels_report_is_known_by_the_key_that_we_gave(kannel: Live) -> None:
    answer = kannel.client.get(f"/sms/status/kannel?key={key(kannel)}&state=1&id=17&reply=&at=1793606400")
    assert (answer.status_code, answer.text) == (200, "")
    assert state(kannel) is TouchState.DELIVERED


@pytest.mark.parametrize("query", ["", "key=", "key=1", "key=t-", "state=1", "id=1&state=1", "key=" + "a" * 4000])
def test_a_guessed_report_is_refused(kannel: Live, query: str) -> None:
    assert kannel.client.get(f"/sms/status/kannel?{query}&state=1&id=17").status_code == 403
    assert state(kannel) is TouchState.SENT


def test_guessing_reports_is_told_off_and_shuts_out_no_true_one(kannel: Live) -> None:
    codes = [kannel.client.get(f"/sms/status/kannel?key=tae-{number:016d}&state=1").status_code for number in range(40)]
    assert codes[:30] == [403] * 30
    assert set(codes[30:]) == {429}
    assert kannel.client.get(f"/sms/status/kannel?key={key(kannel)}&state=1&id=17").status_code == 200
    assert state(kannel) is TouchState.DELIVERED


def test_a_stop_is_heard_behind_a_flood_of_forged_messages(twilio: Live) -> None:
    """They may come from the address of the same proxy."""
    path = "/sms/inbound/twilio"
    fields = {"MessageSid": "SM7", "From": "+358401234567", "To": "+358400000000", "Body": "STOP"}
    forged = sign("guessed", url=PUBLIC + path, params=list(fields.items()))
    codes = [post(twilio, path, fields, signed=forged).status_code for _ in range(40)]
    assert (set(codes[:30]), set(codes[30:])) == ({403}, {429})

    true = sign(TOKEN, url=PUBLIC + path, params=list(fields.items()))
    assert post(twilio, path, fields, signed=true).status_code == 200

    with twilio.campaign.store.read() as unit:
        assert "sms" in unit.leads.by_ids([1])[1].points[-1].opted_out


def test_an_sms_comes_in_by_kannel_with_our_secret_alone(kannel: Live) -> None:
    fields = {"from": "+358401234567", "to": "12345", "text": "STOP", "id": "9", "time": "2026-11-02 08:00:00"}
    address = callback_addresses(kannel.site.provider)["inbound_sms"]
    assert f"?token={SECRET}&" in address
    assert kannel.client.get("/sms/inbound/kannel", params=fields).status_code == 403
    assert kannel.client.get("/sms/inbound/kannel", params=fields | {"token": "x"}).status_code == 403
    answer = kannel.client.get("/sms/inbound/kannel", params=fields | {"token": SECRET})
    assert (answer.status_code, answer.text) == (200, "")
    assert kannel.campaign.touches(1)[1].state is TouchState.CANCELLED


def test_a_secret_is_not_kept_with_what_nobody_understood(kannel: Live) -> None:
    assert kannel.client.get("/sms/inbound/kannel", params={"token": SECRET, "odd": "thing"}).status_code == 200
    with kannel.campaign.store.read() as unit:
        (kept,) = unit.inbound.to_review()
    assert "odd=thing" in kept.body
    assert SECRET not in kept.body


def test_a_path_in_the_public_address_is_part_of_what_is_signed(texted: Campaign) -> None:
    base = f"{PUBLIC}/touch"
    provider = Provider(name="twilio", signing_key=TOKEN, base_url=base)
    with live(texted, base_url=base, provider=provider) as site:
        path = f"/sms/status/twilio?key={key(site)}"
        fields = {"MessageSid": "SM1", "MessageStatus": "delivered"}
        for asked in (path, f"/touch{path}"):  # a proxy may take the prefix off or leave it on
            assert post(site, asked, fields, url=base + path).status_code == 200
        assert state(site) is TouchState.DELIVERED
        assert site.client.get("/touch/login").status_code == 200
        assert site.site.prefix == "/touch"
