"""The whole road of an executive director, step by step, in whatever language, width and way of using a page."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Site
from tests.e2e.hands import Hands, download
from tests.factories.people import PASSWORD

NAME = "Harbor Tenants’ Table"
REPORT_SECONDS = 120


class Director:
    """Somebody who walks from the landing page to a shared plan; each method is one stage."""

    def __init__(self, site: Site, hands: Hands, *, scripts: bool = True) -> None:
        self.site = site
        self.page = site.page
        self.hands = hands
        self.scripts = scripts
        self.base = ""

    def main(self) -> Locator:
        """Return the one filled button of the page."""
        button = self.page.locator("main .button.main:visible")
        assert button.count() == 1, f"{button.count()} filled buttons on {self.page.url}"
        return button

    def go_on(self, name: str = "") -> None:
        """Use the one filled button, and look at the page that comes."""
        button = self.main()
        with self.page.expect_navigation():
            self.hands.press(button)
        self.look(name)

    def look(self, name: str) -> None:
        """Check the page as it stands."""
        if name and self.scripts:
            self.site.look(f"road-{name}")
        elif name:  # axe is a script itself: it would wait for ever
            self.site.check()
            expect(self.page.locator("html")).to_have_attribute("lang", self.site.language)
            expect(self.page.locator("h1")).to_have_count(1)

    def sign_up(self) -> None:
        """Make an account, sign in, name the organization."""
        self.site.open("/")
        self.look("landing")
        self.go_on("sign-up")
        field = self.page.locator
        self.hands.fill(field("#id_name"), "Rosa Marsh")
        self.hands.fill(field("#id_email"), "rosa@harbor.example.org")
        self.hands.fill(field("#id_password1"), PASSWORD)
        self.go_on("signed-up")
        self.hands.fill(field("#id_password"), PASSWORD)
        self.go_on("organization")
        self.hands.fill(field("#id_name"), NAME)
        self.hands.fill(field("#id_mission"), "We keep families in their homes.")
        self.hands.fill(field("#id_staff_count"), "8")
        self.hands.fill(field("#id_full_time_equivalents"), "6.5")
        self.go_on("home-new")
        self.base = urlsplit(self.page.url).path
        assert re.fullmatch(r"/o/[a-z0-9-]+/", self.base)

    def answer(self, *, level: int | None = None) -> None:
        """Answer the ten-minute check, each answer saved as it is given; end on the results."""
        self.go_on("check-start")
        self.go_on("check-begin")
        self.go_on("questions")
        for part in range(8):
            questions = self.page.locator("fieldset.question:visible")
            if not questions.count():
                break
            for place in range(questions.count()):
                chosen = (part + place) % 4 if level is None else level
                self.hands.choose(questions.nth(place).locator(f"input[type=radio][value='{chosen}']"))
                if self.scripts:
                    line = questions.nth(place).locator(".answer-state > .saved")
                    expect(line).to_have_text(re.compile(r"\d\d:\d\d"))
            self.look("answered" if part == 0 else "")
            self.go_on("" if part < 3 else "results")
        assert self.page.url.endswith("/results/"), self.page.url

    def ask_why(self) -> None:
        """Open 'why this number' at the lowest result."""
        self.hands.press(self.page.locator(".heat td.weakest a").first)
        expect(self.page.locator("#why table").first).to_be_visible()
        self.look("why")

    def list_devices(self) -> None:
        """List two kinds of computers by hand."""
        self.home()
        self.hands.press(self.page.locator(f"main a[href='{self.base}inventory/']").first)
        self.look("inventory-empty")
        self.add_device("laptop", 6, 2013, first=True)
        self.add_device("desktop", 2, 2024, first=False)
        self.look("inventory")

    def add_device(self, kind: str, count: int, year: int, *, first: bool) -> None:
        """Add one row of equal devices."""
        add = self.page.locator(f"a[href='{self.base}inventory/devices/add/']")
        self.hands.press(add)
        if first:
            self.look("device")
        field = self.page.locator
        self.hands.pick(field("#id_kind"), kind)
        self.hands.fill(field("#id_count"), str(count))
        self.hands.fill(field("#id_year"), str(year))
        self.hands.press(self.main())
        expect(field("#devices table tbody tr")).to_have_count(1 if first else 2)

    def judge_causes(self) -> None:
        """Accept one cause and reject another, with a reason."""
        self.page.goto(f"{self.site.origin}{self.base}assessments/1/results/")
        self.go_on("gaps")
        causes = self.page.locator("#causes > div > article.challenge")
        key = causes.nth(0).get_attribute("id")
        self.hands.press(causes.nth(0).locator("form[action$='/accept/'] button"))
        expect(self.page.locator(f"#{key} .status.done")).to_be_visible()
        other = causes.nth(1).get_attribute("id")
        self.hands.open_part(self.page.locator(f"#{other} details.reject > summary"))
        self.hands.fill(self.page.locator(f"#id_{other}-reason"), "We changed that in spring")
        self.hands.press(self.page.locator(f"#{other} form[action$='/reject/'] button"))
        expect(self.page.locator(f"#{other}.rejected")).to_be_visible()
        self.look("gaps-judged")

    def set_goal(self) -> None:
        """Say what the technology is for."""
        self.hands.press(self.page.locator(f"main a[href='{self.base}goals/']"))
        self.look("goals-empty")
        self.hands.fill(self.page.locator("#id_title"), "Answer every tenant within a day")
        self.hands.press(self.main())
        expect(self.page.locator("ol.goals li")).to_have_count(1)
        self.look("goals")

    def plan(self) -> None:
        """Start a plan, choose under a budget, edit one amount."""
        self.hands.press(self.page.locator(f"header a[href='{self.base}plans/']"))
        self.page.wait_for_url("**/plans/")
        self.go_on("plan-start")
        self.go_on("plan-empty")
        self.hands.fill(self.page.locator("form.budget input[name=budget]"), "12000")
        self.hands.press(self.page.locator("form.budget button"))
        expect(self.page.locator("#chosen table.actions tbody tr").first).to_be_visible()
        self.see_frontier()
        self.look("plan")
        total = self.page.locator("#chosen table.actions tfoot").inner_text()
        self.hands.press(self.page.locator("#chosen table.actions a.action").first)
        self.look("action")
        once = self.page.locator("input[name$='_once']").first
        self.hands.fill(once, "1234")
        self.hands.press(self.main())
        expect(self.page.locator("#figures, #chosen").first).to_contain_text(re.compile(r"1[,. ]?234"))
        self.look("action-edited")
        self.page.goto(f"{self.site.origin}{self.base}plans/1/")
        expect(self.page.locator("#chosen table.actions tfoot")).not_to_have_text(total)

    def see_frontier(self) -> None:
        """Wait for what each budget buys; without scripts ask for it and load the page again."""
        picture = self.page.locator("#frontier svg:visible")
        if not self.scripts:
            if self.page.locator("#frontier form button").count():
                self.hands.press(self.page.locator("#frontier form button"))
            self.reload_until(picture)
        expect(picture.first).to_be_visible(timeout=60_000)

    def make_report(self) -> None:
        """Press the button and wait until the report is there; with scripts without a reload."""
        self.home()
        self.go_on("report-start")
        self.go_on("report-waiting")
        marked = self.page.evaluate("window.marked = 'the same page'") if self.scripts else ""
        ready = self.page.locator("article.job .ready, section .ready").first
        if not self.scripts:
            self.reload_until(ready)
        expect(ready).to_be_visible(timeout=REPORT_SECONDS * 1000)
        if self.scripts:
            assert self.page.evaluate("window.marked") == marked
            expect(self.page.locator("#report-news")).not_to_be_empty()
        self.look("report-ready")

    def reload_until(self, target: Locator) -> None:
        """Load the page again until it shows something."""
        for _turn in range(REPORT_SECONDS):
            if target.count() and target.first.is_visible():
                return
            self.page.wait_for_timeout(1000)
            self.page.reload()
        raise AssertionError(f"{target} did not come")

    def download_report(self, folder: Path) -> bytes:
        """Take the PDF."""
        link = self.page.locator(".ready a[href$='/download/']").first
        return download(self.page, self.hands, link, folder)

    def read_report(self) -> None:
        """Look at the pages of the report."""
        self.hands.press(self.page.locator(".ready .buttons a[href$='/reports/1/']").first)
        self.look("report-pages")

    def share(self) -> str:
        """Share the report; return the path of the link, which is shown once."""
        self.home()
        self.go_on("share-start")
        self.hands.fill(self.page.locator("#id_recipient"), "Lantern Foundation")
        self.hands.press(self.main())
        link = self.page.locator("#new-link")
        expect(link).to_be_visible()
        self.look("shared")
        return urlsplit(link.input_value()).path

    def see_opened(self) -> None:
        """See in the log that the link was opened and the PDF taken."""
        self.home("home-shared")
        self.hands.press(self.page.locator(f"header a[href='{self.base}sharing/']"))
        self.hands.open_part(self.page.locator(".accesses > summary"))
        expect(self.page.locator(".accesses li").nth(1)).to_be_visible()
        self.look("opened")

    def revoke(self) -> None:
        """Take the link back."""
        self.hands.open_part(self.page.locator("details:has(form[action$='/revoke/']) > summary"))
        self.hands.press(self.page.locator("form[action$='/revoke/'] button"))
        expect(self.page.locator("form[action$='/revoke/']")).to_have_count(0)
        self.look("revoked")

    def home(self, name: str = "") -> None:
        """Go to the organization's home by the wordmark."""
        self.hands.press(self.page.locator("a.wordmark"))
        self.page.wait_for_url(f"**{self.base}")
        self.look(name)


class Funder:
    """Somebody with a link and no account."""

    def __init__(self, site: Site, hands: Hands, path: str, *, scripts: bool = True) -> None:
        self.site = site
        self.page = site.page
        self.hands = hands
        self.scripts = scripts
        self.path = path

    def read(self) -> None:
        """Open the link; the file may still be in the making."""
        self.site.open(self.path)
        button = self.page.locator("main .button.main")
        for _turn in range(REPORT_SECONDS):
            if button.count():
                break
            self.page.wait_for_timeout(1000)
            self.page.reload()
        expect(self.page.locator("dl.figures .big").first).to_contain_text("$")
        expect(self.page.locator("main svg:visible").first).to_be_visible()
        if self.scripts:
            self.site.look("road-funder")

    def take(self, folder: Path) -> bytes:
        """Download the PDF."""
        return download(self.page, self.hands, self.page.locator("main .button.main"), folder)

    def find_nothing(self) -> None:
        """Open the link after it was taken back: a plain page, and no word about what was there."""
        answer = self.page.goto(self.site.origin + self.path)
        assert answer is not None
        assert answer.status == 404
        self.site.troubles = [line for line in self.site.troubles if "404" not in line]
        if self.scripts:
            self.site.look("road-funder-gone")
        assert NAME not in self.page.content()
