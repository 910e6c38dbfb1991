"""A real Chromium against the live test server, and axe-core on every page that a test walks through.

    @pytest.mark.browser
    def test_the_walk(site: Site) -> None:
        site.sign_in(user)
        site.open(f"/o/{slug}/")          # fails on a console error, a failed request, a request to another origin
        site.look("home")                  # axe, no overflow; a screenshot when SCREENSHOTS names a folder

`site` runs once for each of the sizes and languages in `SIZES` and `LANGUAGES`; a test that needs just one says
`@pytest.mark.parametrize("site", [("en", 1280)], indirect=True)`.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

from organizations.models import User
from tests.factories.people import PASSWORD, House, build_house

# Playwright runs an event loop in this thread; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
AXE = (Path(__file__).resolve().parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = (1280, 360)
LANGUAGES = ("en", "es")
SCREENSHOTS = os.environ.get("SCREENSHOTS", "")


def axe(page: Page) -> list[str]:
    """Return what axe-core finds on the page: one line for each rule and element."""
    page.evaluate(AXE)  # through the debugger: the page's own rules forbid scripts from elsewhere
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
        ".then(result => result.violations)",
        AXE_TAGS,
    )
    return [
        f"{rule['id']}: {rule['help']} at {' '.join(str(part) for part in node['target'])}: {node['html'][:160]}"
        for rule in found
        for node in rule["nodes"]
    ]


class Site:
    """One browser window on the live server, watching for what must never happen."""

    def __init__(self, page: Page, origin: str, language: str, width: int) -> None:
        self.page = page
        self.origin = origin
        self.language = language
        self.width = width
        self.troubles: list[str] = []
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("request", self._on_request)
        page.on("response", self._on_response)

    def open(self, path: str) -> Page:
        """Go to an address of the site."""
        self.page.goto(self.origin + path)
        self.check()
        return self.page

    def sign_in(self, user: User) -> None:
        """Sign in by the form, as a person does."""
        self.open("/accounts/login/")
        self.page.fill("#id_login", user.email)
        self.page.fill("#id_password", PASSWORD)
        self.page.click("main button.main")
        self.check()
        assert "/accounts/login/" not in self.page.url, self.page.locator("main").inner_text()

    def look(self, name: str) -> None:
        """Check the page as it stands: axe finds nothing, nothing sticks out, the language is right."""
        self.check()
        assert self.page.locator("html").get_attribute("lang") == self.language
        assert self.page.locator("h1").count() == 1
        too_wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert too_wide <= 0, f"{name}: {too_wide} px stick out at {self.width} px"
        if SCREENSHOTS:
            Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(
                path=f"{SCREENSHOTS}/{name}-{self.language}-{self.width}.png", full_page=True
            )
        assert axe(self.page) == [], name

    def check(self) -> None:
        """Fail when anything went wrong since the last check."""
        found, self.troubles = self.troubles, []
        assert found == []

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.troubles.append(f"console: {message.text}")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:", "about:")):
            self.troubles.append(f"request to another place: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 500:
            self.troubles.append(f"{response.status}: {response.url}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests of a run."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=[(language, width) for language in LANGUAGES for width in SIZES], ids=str)
def site(
    request: pytest.FixtureRequest, browser: Browser, live_server: Any, transactional_db: None
) -> Iterator[Site]:
    """A window on the live server, in one language and width; new cookies for each test."""
    language, width = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 800}, locale=language, reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    yield Site(context.new_page(), live_server.url, language, width)
    context.close()


@pytest.fixture
def home(transactional_db: None) -> House:
    """The house, on disk for the live server."""
    return build_house()


@pytest.fixture
def at_work(site: Site, home: House) -> Page:
    """The director on the page of questions of the area 'work'."""
    site.sign_in(home.people["director"])
    site.open(f"/o/{home.slug}/assessments/1/work/")
    return site.page
