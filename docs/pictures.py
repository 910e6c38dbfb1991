"""Make the pictures of the README anew, from a running demonstration.

Start it with `script/run`, then, with the address and a director's sign-in that it prints:
`.venv/bin/python docs/pictures.py http://127.0.0.1:8000 amaya.quiroz@example.org PASSWORD`

Two pages of the site and the page of the PDF with the heat map go to docs/img, 1000 and 767 pixels wide, in 256 colors.
Needs Chromium (`CHROMIUM` names another than /usr/bin/chromium) and pdftoppm. The demonstration's first report must be
ready, which takes a minute or two after the start.
"""

import io
import os
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).parent / "img"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WIDTH, HEIGHT, PIXELS = 1280, 1240, 1000
PDF_PAGE, PDF_PIXELS = 6, 767
COLORS = 256


def save(name: str, png: bytes, width: int) -> None:
    """Write a picture of this width, with few colors."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    small = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    path = IMAGES / f"{name}.png"
    small.quantize(COLORS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path}: {path.stat().st_size // 1024} kB")  # noqa: T201  # a command


def sign_in(page: Page, site: str, email: str, password: str) -> str:
    """Sign in; return the address of the organization."""
    page.goto(f"{site}/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/o/*/**")
    if page.locator("html").get_attribute("lang") != "en":
        page.get_by_role("button", name="English").click()
    return page.url.partition("/o/")[2].partition("/")[0]


def first_of(page: Page, site: str, folder: str) -> str:
    """Return the address of the first row of a list."""
    page.goto(f"{site}{folder}")
    found = page.locator(f"a[href^='{folder}']").evaluate_all("links => links.map(a => a.pathname)")
    return next(path for path in found if path.removeprefix(folder).strip("/").isdigit())


def main(site: str, email: str, password: str) -> None:
    """Make all three pictures."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-US")
        home = f"/o/{sign_in(page, site, email, password)}"
        page.goto(f"{site}{home}/assessments/1/results/")
        save("results", page.screenshot(), PIXELS)
        page.goto(f"{site}{first_of(page, site, f'{home}/plans/')}")
        save("plan", page.screenshot(), PIXELS)
        report = first_of(page, site, f"{home}/reports/")
        pdf = page.request.get(f"{site}{report}download/").body()
        chromium.close()
    command = ["pdftoppm", "-r", "150", "-f", str(PDF_PAGE), "-l", str(PDF_PAGE), "-png", "-"]
    done = subprocess.run(command, input=pdf, check=True, capture_output=True)  # noqa: S603  # our own words
    save("report", done.stdout, PDF_PIXELS)


if __name__ == "__main__":
    main(*sys.argv[1:4])
