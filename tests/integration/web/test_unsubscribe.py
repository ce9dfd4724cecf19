"""One-click opt-out by RFC 8058 over real HTTP: what scanners, mail providers, people and forgers send."""

import socket
from urllib.parse import urlsplit

import pytest

from tests.campaign import Campaign
from tests.integration.web.live import Live, live
from touches.model.people import PointKind
from touches.model.states import TouchState
from touches.people.opt_out import carry_over
from touches.tokens import Purpose

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


def link(site: Live) -> str:
    """The address that stands in List-Unsubscribe of Aino's first mail."""
    return f"/u/{site.token(Purpose.UNSUBSCRIBE, site.campaign.touches(1)[0].id)}"


def opted_out(campaign: Campaign, lead_id: int = 1) -> set[str]:
    with campaign.store.read() as unit:
        lead = unit.leads.get(lead_id)
        assert lead is not None
        return {channel for point in lead.points for channel in point.opted_out}


def states(campaign: Campaign) -> list[TouchState]:
    return [touch.state for touch in campaign.touches(1)]


def test_a_provider_posts_and_it_holds_at_once(site: Live) -> None:
    answer = site.client.post(link(site), data=ONE_CLICK)
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert not answer.is_redirect
    assert opted_out(site.campaign) == {"email"}
    assert states(site.campaign) == [TouchState.SENT, TouchState.CANCELLED]


def test_a_multipart_form_is_as_good(site: Live) -> None:
    answer = site.client.post(link(site), files={"List-Unsubscribe": (None, "One-Click")})
    assert answer.status_code == 200
    assert opted_out(site.campaign) == {"email"}


def test_nothing_leaves_after_it(site: Live) -> None:
    site.client.post(link(site), data=ONE_CLICK)
    site.campaign.pass_days(6)
    assert TouchState.SENT not in states(site.campaign)[1:]


def test_twice_is_once(site: Live) -> None:
    for _ in range(3):
        assert site.client.post(link(site), data=ONE_CLICK).status_code == 200
    with site.campaign.store.read() as unit:
        events = [event for event in unit.events.of_lead(1) if event.action == "opted_out"]
    assert len(events) == 1


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("query", ["", "?List-Unsubscribe=One-Click"])
def test_scanners_change_nothing(site: Live, method: str, query: str) -> None:
    headers = {"purpose": "prefetch", "sec-purpose": "prefetch", "cookie": "touches=x"}
    answer = site.client.request(method, link(site) + query, headers=headers)
    assert answer.status_code == (200 if method in ("GET", "HEAD") else 405)
    assert opted_out(site.campaign) == set()


HALF = [
    (b"", {}),
    (b"", FORM),
    (b"List-Unsubscribe=one-click", FORM),
    (b"List-Unsubscribe=One-Click%20", FORM),
    (b"list-unsubscribe=One-Click", FORM),
    (b"List-Unsubscribe", FORM),
    (b"List-Unsubscribe=One-Click&List-Unsubscribe=No", FORM),
    (b"scope=all", FORM),
    (b'{"List-Unsubscribe": "One-Click"}', {"content-type": "application/json"}),
    (b"List-Unsubscribe=One-Click", {"content-type": "text/plain"}),
    (b"List-Unsubscribe=One-Click", {}),
    (b"--x\r\nbroken", {"content-type": "multipart/form-data; boundary=x"}),
    (b"--x", {"content-type": "multipart/form-data"}),
    (b"\xff\xfe\x00=%zz&" + b"a=1&" * 5000, FORM),
]


@pytest.mark.parametrize(("body", "headers"), HALF, ids=range(len(HALF)))
def test_only_the_exact_field_counts(site: Live, body: bytes, headers: dict[str, str]) -> None:
    assert site.client.post(link(site), content=body, headers=headers).status_code == 400
    assert opted_out(site.campaign) == set()


def test_an_override_header_is_only_a_header(site: Live) -> None:
    headers = {"x-http-method-override": "POST", "x-method-override": "POST"}
    assert site.client.get(link(site), headers=headers).status_code == 200
    assert opted_out(site.campaign) == set()
    answer = site.client.post(link(site), data=ONE_CLICK, headers={"x-http-method-override": "GET"})
    assert answer.status_code == 200
    assert opted_out(site.campaign) == {"email"}


@pytest.mark.parametrize("damage", ["{}.", "{}%3D", "{}%20", "{}/", "{}?x=1", "{}=3D", "{}%253E"])
def test_a_damaged_link_still_works(site: Live, damage: str) -> None:
    assert site.client.post(damage.format(link(site)), data=ONE_CLICK).status_code == 200
    assert opted_out(site.campaign) == {"email"}


def test_a_link_in_upper_case_still_works(site: Live) -> None:
    assert site.client.post(link(site).upper(), data=ONE_CLICK).status_code == 200
    assert opted_out(site.campaign) == {"email"}


def test_the_button_of_the_page_stops_everything_where_asked(site: Live) -> None:
    page = site.client.get(link(site))
    assert "No more emails" in page.text
    assert "Nothing more at all" in page.text
    answer = site.client.post(link(site), data=ONE_CLICK | {"scope": "all"})
    assert answer.status_code == 200
    assert opted_out(site.campaign) == {"all"}
    with site.campaign.store.read() as unit:
        assert unit.enrollments.of_leads([1], running=True)[1] == []


def test_the_page_never_shows_the_whole_address(site: Live) -> None:
    page = site.client.get(link(site)).text
    assert "aino@customer.test" not in page
    assert "a…@c…r.test" in page


def test_forged_and_unknown_links_get_one_neutral_page(site: Live) -> None:
    known = link(site)
    pages = []
    for path in (known[:-1], "/u/0", "/u/1", "/u/-1", "/u/1 OR 1=1", "/u/" + "a" * 300, "/u/%00", "/u/..%2f..%2fetc"):
        answer = site.client.post(path, data=ONE_CLICK)
        assert answer.status_code == 404
        pages.append(answer.text)
    other_purpose = site.token(Purpose.BROWSER, site.campaign.touches(1)[0].id)
    pages.append(site.client.post(f"/u/{other_purpose}", data=ONE_CLICK).text)
    assert len(set(pages)) == 1
    assert opted_out(site.campaign) == set()


def test_guessing_is_slowed_down_and_the_real_link_still_works(site: Live) -> None:
    codes = [site.client.post(f"/u/uae-{number:016d}", data=ONE_CLICK).status_code for number in range(40)]
    assert codes[:30] == [404] * 30
    assert set(codes[30:]) == {429}
    assert site.client.post(link(site), data=ONE_CLICK).status_code == 200


def test_a_touch_that_is_gone_still_has_its_way_out(site: Live) -> None:
    gone = site.token(Purpose.UNSUBSCRIBE, 999_999)
    assert site.client.get(f"/u/{gone}").status_code == 200
    assert site.client.post(f"/u/{gone}", data=ONE_CLICK).status_code == 200


def test_an_erased_lead_still_has_the_way_out(site: Live) -> None:
    path = link(site)
    with site.campaign.store.write() as unit:
        unit.leads.update(1, dead="erased", first_name="")
    assert site.client.post(path, data=ONE_CLICK).status_code == 200
    assert "preferences" not in site.client.get(path).text


def test_the_address_that_was_written_to_is_closed_though_the_lead_has_another_now(site: Live) -> None:
    path = link(site)
    old = site.campaign.office.signer.address_hash("email", "aino@customer.test")
    with site.campaign.store.write() as unit:
        lead = unit.leads.get(1)
        assert lead is not None
        unit.leads.update_point(lead.points[0].id, address="new@customer.test", address_hash="n" * 32)
    site.client.post(path, data=ONE_CLICK)
    with site.campaign.store.read() as unit:
        assert unit.suppressions.of([old]) == {old: frozenset({"email"})}


def test_who_says_so_where_somebody_with_the_same_mailbox_said_it_before_has_said_it_too(site: Live) -> None:
    campaign = site.campaign
    bob = campaign.lead("bob", email="aino@customer.test")
    campaign.enroll(bob)
    campaign.tick()
    (mail,) = [touch for touch in campaign.touches(bob) if touch.state is TouchState.SENT]
    site.client.post(link(site), data=ONE_CLICK)
    for _ in range(2):
        site.client.post(f"/u/{site.token(Purpose.UNSUBSCRIBE, mail.id)}", data=ONE_CLICK)
    with campaign.store.write() as unit:
        unit.leads.add_point(lead_id=bob, kind=PointKind.EMAIL, address="bob@new.test", address_hash="b" * 32)
        assert carry_over(unit, [bob], at=campaign.clock.now()) == 1
        assert [event.action for event in unit.events.of_lead(bob)].count("opted_out") == 1


def test_a_large_body_is_refused_before_it_is_read(site: Live) -> None:
    answer = site.client.post(link(site), content=b"x" * (20 * 1024 * 1024), headers=FORM)
    assert answer.status_code == 413
    assert opted_out(site.campaign) == set()


def test_a_packed_body_is_refused(site: Live) -> None:
    headers = FORM | {"content-encoding": "gzip"}
    assert site.client.post(link(site), content=b"\x1f\x8b", headers=headers).status_code == 415


def test_a_large_body_without_a_declared_length_is_cut_off(site: Live) -> None:
    def drip() -> object:
        for _ in range(200):
            yield b"x" * 1024

    assert site.client.post(link(site), content=drip(), headers=FORM).status_code == 413  # type: ignore[arg-type]


def test_a_body_that_never_ends_is_given_up(campaign: Campaign) -> None:
    with (
        live(campaign, patience=0.2) as site,
        socket.create_connection(("127.0.0.1", urlsplit(site.url).port or 0)) as line,
    ):
        line.settimeout(10)
        line.sendall(
            f"POST {link(site)} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            "Content-Length: 26\r\n\r\nList-".encode()
        )
        assert b" 408 " in line.recv(4096)
    assert opted_out(campaign) == set()


def test_every_answer_tells_browsers_to_be_careful(site: Live) -> None:
    for path in (link(site), "/login", "/nowhere", "/healthz", "/static/touches.css"):
        headers = site.client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "noindex" in headers["x-robots-tag"]


def test_a_page_speaks_the_leads_language(site: Live) -> None:
    with site.campaign.store.write() as unit:
        unit.leads.update(1, language="de-AT")
    assert "Keine E-Mails mehr" in site.client.get(link(site)).text
    answer = site.client.get("/u/nothing", headers={"accept-language": "fi"})
    assert "Linkki ei toimi" in answer.text
