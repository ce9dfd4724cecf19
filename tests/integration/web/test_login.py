"""Who gets in, who stays in, and what they may do there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.campaign import Campaign
from tests.integration.web.live import PASSWORD, Live, form_token, live
from touches.errors import Refused
from touches.model.states import TouchState
from touches.store.touches import Move
from touches.web.sessions import LIFE
from touches.web.users import UnknownUser, add, remove, set_password, set_role

PAGES = ("/", "/care", "/trouble", "/mail", "/leads", "/leads?q=a", "/leads/1")


@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_sent_to_the_login(site: Live, page: str) -> None:
    answer = site.client.get(page)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login"


@pytest.mark.parametrize("page", PAGES)
def test_a_viewer_sees_every_page(site: Live, page: str) -> None:
    viewer = site.login(role="viewer")
    assert viewer.get(page).status_code == 200


def test_a_wrong_name_and_a_wrong_password_get_the_same_words(site: Live) -> None:
    site.login()
    pages = [
        site.try_login(site.browser(), name, "wrong password") for name in ("aino", "nobody", "", "x" * 5000, "\x00")
    ]
    assert {page.status_code for page in pages} == {403}
    assert len({page.text.replace(form_token(page.text), "") for page in pages}) == 1


def test_five_wrong_passwords_close_the_door_for_a_while(site: Live) -> None:
    site.login()
    client = site.browser()
    assert [site.try_login(client, "aino", "wrong").status_code for _ in range(6)] == [403] * 5 + [429]
    assert site.try_login(client, "aino", PASSWORD).status_code == 429
    site.campaign.clock.advance(timedelta(minutes=16))
    assert site.try_login(client, "aino", PASSWORD).status_code == 303


def test_wrong_passwords_that_are_tried_at_once_are_as_many_as_one_after_the_other(site: Live) -> None:
    site.login()
    clients = [site.browser() for _ in range(24)]
    forms = [form_token(client.get("/login").text) for client in clients]
    with ThreadPoolExecutor(len(clients)) as together:
        answers = together.map(
            lambda pair: pair[0].post("/login", data={"name": "aino", "password": "wrong", "form_token": pair[1]}),
            zip(clients, forms, strict=True),
        )
        assert sorted(answer.status_code for answer in answers) == [403] * 5 + [429] * 19


def test_those_who_get_in_are_not_counted(site: Live) -> None:
    site.login()
    for _ in range(60):
        assert site.try_login(site.browser(), "aino", PASSWORD).status_code == 303


def test_a_login_needs_its_own_form(site: Live) -> None:
    site.login()
    client = site.browser()
    client.get("/login")
    fields = {"name": "aino", "password": PASSWORD}
    assert client.post("/login", data=fields).status_code == 403
    other = form_token(site.browser().get("/login").text)
    assert client.post("/login", data=fields | {"form_token": other}).status_code == 403


def test_the_cookie_is_for_this_site_alone(campaign: Campaign) -> None:
    with live(campaign, base_url="https://touch.kahvila.test") as site:
        answer = site.client.get("/login")
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-touches-login=")
        for part in ("HttpOnly", "SameSite=lax", "Secure", "Path=/"):
            assert part in cookie
        assert "strict-transport-security" in answer.headers


def test_logging_out_ends_the_session_and_not_only_the_cookie(site: Live) -> None:
    client = site.login()
    kept = client.cookies["touches"]
    token = form_token(client.get("/").text)
    assert client.post("/logout", data={"form_token": token}).status_code == 303
    assert site.browser().get("/", headers={"cookie": f"touches={kept}"}).status_code == 303


def test_a_new_password_ends_older_sessions(site: Live) -> None:
    client = site.login()
    site.campaign.clock.advance(timedelta(seconds=1))
    with site.campaign.store.write() as unit:
        set_password(unit, "aino", "another few words", actor="test", at=site.campaign.clock.now())
    assert client.get("/").status_code == 303


def test_another_role_and_a_removal_end_sessions(site: Live) -> None:
    client, other = site.login(), site.login("eero", role="viewer")
    site.campaign.clock.advance(timedelta(seconds=1))
    with site.campaign.store.write() as unit:
        set_role(unit, "aino", "viewer", actor="test", at=site.campaign.clock.now())
        remove(unit, "eero", actor="test", at=site.campaign.clock.now())
    assert client.get("/").status_code == other.get("/").status_code == 303


def test_a_session_ends_by_itself(site: Live) -> None:
    client = site.login()
    site.campaign.clock.advance(LIFE)
    assert client.get("/").status_code == 303


def in_doubt(site: Live) -> int:
    """The planned touch gets into doubt."""
    touch = site.campaign.touches(1)[1]
    steps = (TouchState.CLAIMED, TouchState.PREPARED, TouchState.COMMITTING, TouchState.IN_DOUBT)
    old, lease = touch.state, ""
    with site.campaign.store.write() as unit:
        for new in steps:
            owner = "" if new is TouchState.IN_DOUBT else "gone:1:1"
            unit.touches.move([Move(touch_id=touch.id, old=old, new=new, lease=lease, values={"lease_owner": owner})])
            old, lease = new, owner
    return touch.id


def test_a_manager_decides_a_touch_in_doubt(site: Live) -> None:
    touch_id = in_doubt(site)
    client = site.login()
    token = form_token(client.get("/trouble").text)
    answer = client.post(f"/trouble/{touch_id}", data={"form_token": token, "verdict": "arrived"})
    assert answer.status_code == 303
    assert site.campaign.touches(1)[1].state is TouchState.SENT
    with site.campaign.store.read() as unit:
        assert "web:aino" in [event.actor for event in unit.events.of_touches([touch_id])]
    again = client.post(f"/trouble/{touch_id}", data={"form_token": token, "verdict": "arrived"})
    assert again.status_code == 409
    assert "not in doubt" in again.text


def test_a_viewer_decides_nothing(site: Live) -> None:
    touch_id = in_doubt(site)
    client = site.login(role="viewer")
    page = client.get("/trouble").text
    assert "verdict" not in page
    for path, fields in ((f"/trouble/{touch_id}", {"verdict": "arrived"}), ("/sending", {"sending": "stop"})):
        assert client.post(path, data=fields | {"form_token": form_token(page)}).status_code == 403
    assert site.campaign.touches(1)[1].state is TouchState.IN_DOUBT


@pytest.mark.parametrize("token", ["", "x", "none"])
def test_a_form_of_another_session_decides_nothing(site: Live, token: str) -> None:
    client, other = site.login(), site.login("eero")
    given = form_token(other.get("/").text) if token == "none" else token
    answer = client.post("/sending", data={"form_token": given, "sending": "stop"})
    assert answer.status_code == 403
    with site.campaign.store.read() as unit:
        assert unit.switches.stopped() == ""


def test_the_kill_switch_works_from_the_web(site: Live) -> None:
    client = site.login()
    token = form_token(client.get("/").text)
    client.post("/sending", data={"form_token": token, "sending": "stop"})
    assert "Nothing leaves." in client.get("/").text
    site.campaign.pass_days(4)
    assert site.campaign.touches(1)[1].state is not TouchState.SENT
    client = site.login("eero")
    token = form_token(client.get("/").text)
    client.post("/sending", data={"form_token": token, "sending": "go"})
    assert "Nothing leaves." not in client.get("/").text


@pytest.mark.parametrize("path", ["/sending", "/trouble/1", "/logout"])
def test_nothing_is_decided_by_a_link(site: Live, path: str) -> None:
    assert site.login().get(path).status_code == 405


def test_names_and_passwords_that_cannot_be_are_refused(site: Live) -> None:
    now = site.campaign.clock.now()
    with site.campaign.store.write() as unit:
        for name in ("", " aino", "a\nb", "x" * 101):
            with pytest.raises(Refused):
                add(unit, name, PASSWORD, role="viewer", actor="test", at=now)
        with pytest.raises(Refused):
            add(unit, "aino", "short", role="viewer", actor="test", at=now)
        with pytest.raises(UnknownUser):
            set_password(unit, "nobody", PASSWORD, actor="test", at=now)


@pytest.mark.parametrize("lead", ["0", "-1", "999999", "99999999999999999999999", "1%20OR%201=1", "../1", "1%00"])
def test_a_lead_that_is_not_there_is_a_page(site: Live, lead: str) -> None:
    assert site.login().get(f"/leads/{lead}").status_code in (404, 303)


@pytest.mark.parametrize(
    "words",
    ["aino", "AINO", "customer.test", "+358401234567", "%", "_", "' OR '1'='1", "\x00", "é" * 300, "a b c d e f"],
)
def test_a_search_finds_what_holds_the_words_and_nothing_else(site: Live, words: str) -> None:
    site.campaign.lead("eero")
    answer = site.login().get("/leads", params={"q": words})
    assert answer.status_code == 200
    assert ("/leads/1" in answer.text) is (words in ("aino", "AINO", "customer.test", "+358401234567"))


def test_metrics_are_for_this_machine_and_for_people_who_are_logged_in(campaign: Campaign) -> None:
    with live(campaign, metrics=lambda office: f"# of {office.desk.name}\n") as site:
        assert site.client.get("/metrics").text == "# of Test\n"
        assert site.client.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"}).status_code == 404
        assert site.client.get("/metrics", headers={"host": "touch.kahvila.test"}).status_code == 404
        assert site.login().get("/metrics", headers={"host": "touch.kahvila.test"}).status_code == 200


def test_without_metrics_there_is_no_such_page(site: Live) -> None:
    assert site.client.get("/metrics").status_code == 404
