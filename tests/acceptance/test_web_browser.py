"""The pages in a real browser: without scripts, in light and dark, on phone and desk, fetching nothing elsewhere."""

import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.campaign import Campaign
from tests.integration.web.live import PASSWORD, Live, live
from tests.integration.web.scene import play
from touches.model.people import Lead
from touches.tokens import Purpose

CHROMIUM = shutil.which("chromium") or ""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
LOOKS = [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")]
LOOK_NAMES = [f"{'phone' if size is PHONE else 'desk'}-{scheme}" for size, scheme in LOOKS]
BEHIND_THE_LOGIN = ("/", "/care", "/trouble", "/mail", "/leads?q=a", "/leads/8")

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(not CHROMIUM, reason="needs the Debian package chromium"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # of Playwright's own pipes
]


@pytest.fixture(scope="module")
def site(_made_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A month of a team's work, served; `aino` may decide."""
    folder = tmp_path_factory.mktemp("browser")
    shutil.copyfile(_made_sqlite, folder / "touches.db")
    campaign = Campaign(f"sqlite:///{folder / 'touches.db'}", folder)
    play(campaign)
    with live(campaign) as found:
        found.login()
        yield found
    campaign.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for all pages of this module."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
    with warnings.catch_warnings(), playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Tab:
    """A page without scripts of its own, which keeps everything that went wrong in it."""

    def __init__(self, browser: Any, url: str, size: Any, scheme: str, *, scripts: bool = False) -> None:
        # Axe is a script, so the pages that it looks at run with scripts allowed; the policy still forbids theirs.
        self._context = browser.new_context(
            viewport=size, color_scheme=scheme, java_script_enabled=scripts, base_url=url, bypass_csp=scripts
        )
        self.page = self._context.new_page()
        self.asked: list[str] = []
        self.trouble: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("console", lambda said: self.trouble.append(said.text) if said.type == "error" else None)

    def login(self) -> None:
        self.page.goto("/login")
        self.page.fill("#name", "aino")
        self.page.fill("#password", PASSWORD)
        self.page.click("button[type=submit]")
        self.page.wait_for_url(lambda url: urlsplit(url).path == "/")

    def close(self) -> None:
        """Close, and judge what happened."""
        self._context.close()
        hosts = {urlsplit(url).hostname for url in self.asked} - {None}
        assert hosts <= {"127.0.0.1"}, hosts
        assert self.trouble == []


def expect(locator: Any) -> Any:
    """What `locator` must come to be: waits for the page, for a click returns before the next page is there."""
    from playwright import sync_api

    return sync_api.expect(locator)


@pytest.fixture
def tab(site: Live, chromium: Any) -> Iterator[Tab]:
    """A phone in the light."""
    made = Tab(chromium, site.url, PHONE, "light")
    yield made
    made.close()


def links(site: Live) -> dict[str, str]:
    """Every public page of lead 8's first mail."""
    touch_id = site.campaign.touches(8)[0].id
    return {
        "unsubscribe": f"/u/{site.token(Purpose.UNSUBSCRIBE, touch_id)}",
        "preferences": f"/p/{site.token(Purpose.PREFERENCES, 8)}",
        "complaint": f"/c/{site.token(Purpose.COMPLAINT, touch_id)}",
        "read": f"/b/{site.token(Purpose.BROWSER, touch_id)}",
        "nothing": "/u/nothing",
    }


def lead(site: Live, lead_id: int) -> Lead:
    with site.campaign.store.read() as unit:
        found = unit.leads.get(lead_id)
    assert found is not None
    return found


@pytest.mark.parametrize(("size", "scheme"), LOOKS, ids=LOOK_NAMES)
def test_every_page_is_accessible_and_fits(site: Live, chromium: Any, size: Any, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    tab = Tab(chromium, site.url, size, scheme, scripts=True)
    tab.page.goto("/login")
    _judge(axe, tab, size, "/login")
    tab.login()
    public = [path for name, path in links(site).items() if name not in ("read", "nothing")]
    for path in (*BEHIND_THE_LOGIN, *public):
        tab.page.goto(path)
        for closed in tab.page.locator("details").all():
            closed.evaluate("element => element.open = true")
        _judge(axe, tab, size, path)
    tab.close()


def _judge(axe: Any, tab: Tab, size: Any, path: str) -> None:
    found = axe.run(tab.page, options={"runOnly": RULES})
    assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
    wide = tab.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= size["width"], f"{path} is wider than the screen"


def test_somebody_says_stop_without_any_script(site: Live, tab: Tab) -> None:
    tab.page.goto(f"/u/{site.token(Purpose.UNSUBSCRIBE, site.campaign.touches(11)[0].id)}")
    tab.page.get_by_role("button", name="No more emails").click()
    expect(tab.page.get_by_role("heading", name="Done")).to_be_visible()
    assert any("email" in point.opted_out for point in lead(site, 11).points)
    tab.page.get_by_role("link", name="Choose what you want to get").click()
    expect(tab.page.get_by_label("email")).not_to_be_checked()
    tab.page.get_by_label("email").check()
    tab.page.get_by_label("Send me nothing for a month").check()
    tab.page.get_by_label("Language").select_option("fi")
    tab.page.get_by_role("button", name="Save").click()
    expect(tab.page.get_by_text("Tallennettu.")).to_be_visible()
    found = lead(site, 11)
    assert not any(point.opted_out for point in found.points)
    assert found.paused_until is not None
    assert found.language == "fi"


def test_somebody_complains_without_any_script(site: Live, tab: Tab) -> None:
    tab.page.goto(f"/c/{site.token(Purpose.COMPLAINT, site.campaign.touches(12)[0].id)}")
    tab.page.get_by_label("What happened?").fill("The wrong flour came, twice.")
    tab.page.get_by_role("button", name="Send").click()
    expect(tab.page.get_by_role("heading", name="Thank you for telling us")).to_be_visible()
    tab.login()
    tab.page.get_by_role("link", name="Promises & complaints").click()
    expect(tab.page.get_by_text("The wrong flour came, twice.")).to_be_visible()


def test_a_touch_read_in_the_browser_runs_nothing(site: Live, chromium: Any) -> None:
    tab = Tab(chromium, site.url, DESK, "light")
    tab.page.goto(links(site)["read"])
    expect(tab.page.get_by_text("Reply with a time for a call.")).to_be_visible()
    tab.page.get_by_role("link", name="Unsubscribe").click()
    expect(tab.page.get_by_role("button", name="No more emails")).to_be_visible()
    tab.close()


def test_a_manager_looks_decides_and_leaves_by_keyboard_and_click(site: Live, tab: Tab) -> None:
    tab.login()
    expect(tab.page.get_by_role("heading", name="Funnel by touch number")).to_be_visible()
    tab.page.keyboard.press("Tab")
    expect(tab.page.get_by_role("link", name="Skip to the content")).to_be_visible()
    tab.page.get_by_role("link", name="Leads", exact=True).click()
    tab.page.get_by_label("Name, company, id, email or phone").fill("wei green leaf")
    tab.page.keyboard.press("Enter")
    tab.page.get_by_role("link", name="Wei Chen").first.click()
    tab.page.get_by_text("Why: Email, touch 1: welcome").click()
    expect(tab.page.get_by_text("p0.yaml").locator("visible=true").first).to_be_visible()
    tab.page.get_by_role("link", name="Needs a person").click()
    again = tab.page.get_by_role("button", name="Try touch")
    expect(again.first).to_be_visible()
    before = again.count()
    again.first.click()
    expect(again).to_have_count(before - 1)
    tab.page.get_by_role("button", name="Log out").click()
    tab.page.wait_for_url("**/login")
    tab.page.goto("/")
    expect(tab.page.get_by_role("button", name="Log in")).to_be_visible()


def test_hostile_names_run_nothing(site: Live, chromium: Any) -> None:
    tab = Tab(chromium, site.url, DESK, "dark", scripts=True)
    shown: list[str] = []
    tab.page.on("dialog", lambda dialog: (shown.append(dialog.message), dialog.dismiss()))
    tab.login()
    for path in ("/leads?q=script", "/leads/6", "/care", "/trouble"):
        tab.page.goto(path)
    assert shown == []
    tab.close()
