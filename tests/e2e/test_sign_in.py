"""Ways to sign in: passkeys with a virtual authenticator, the app with codes, by keyboard, without scripts."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Browser

from organizations.models import Organization
from tests.e2e.conftest import Site
from tests.factories.people import PASSWORD, House, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ONE = pytest.mark.parametrize("site", [("en", 1280)], indirect=True)
BOTH = pytest.mark.parametrize("site", [("en", 1280), ("es", 360)], indirect=True, ids=str)


@BOTH
def test_a_passkey_is_added_and_signs_in(site: Site, settings: Any) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    page = site.page
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    site.sign_in(person("Ana", language=site.language))
    site.open("/accounts/2fa/webauthn/add/")
    site.look("reauthenticate")
    page.fill("#id_password", PASSWORD)
    page.click("main .button.main")
    page.fill("#id_name", "Phone")
    if page.locator("#id_passwordless").count():
        page.check("#id_passwordless")
    site.look("passkey-add")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(re.compile(r"recovery-codes|webauthn/$"))
    site.look("recovery-codes")
    for name, path in {
        "second-step": "/accounts/2fa/",
        "passkeys": "/accounts/2fa/webauthn/",
        "recovery-codes-new": "/accounts/2fa/recovery-codes/generate/",
    }.items():
        site.open(path)
        site.look(name)
    site.open("/accounts/2fa/webauthn/")
    links = page.locator("main .rows a.button")
    for number, name in enumerate(("passkey-rename", "passkey-remove")):
        site.open(str(links.nth(number).get_attribute("href")))
        site.look(name)
        site.open("/accounts/2fa/webauthn/")
    page.context.clear_cookies()
    site.open("/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    site.check()
    assert page.locator("nav.who").count() == 1


@BOTH
def test_an_app_with_codes_is_set_up_and_asked_for(site: Site) -> None:
    page = site.page
    user = person("Ana", language=site.language)
    site.sign_in(user)
    site.open("/accounts/2fa/totp/activate/")
    page.fill("#id_password", PASSWORD)
    page.click("main .button.main")
    site.look("second-step-app")
    secret = page.input_value("#authenticator_secret")
    counter = int(time.time()) // 30
    page.fill("#id_code", totp.format_hotp_value(totp.hotp_value(secret, counter - 1)))
    page.click("main .button.main")
    site.look("recovery-codes-app")
    code = page.locator("main li").first.inner_text()
    site.open("/accounts/2fa/totp/deactivate/")
    site.look("second-step-app-off")
    page.context.clear_cookies()
    site.open("/accounts/login/")
    page.fill("#id_login", user.email)
    page.fill("#id_password", PASSWORD)
    page.click("main .button.main")
    site.look("second-step-asked")
    page.fill("#id_code", code)
    page.click("main .button.main")
    assert page.url.endswith("/organizations/new/")


@ONE
def test_from_sign_in_to_the_profile_by_keyboard_alone(site: Site, house: House) -> None:
    page = site.page
    keys = page.keyboard

    def walk_to(selector: str) -> None:
        for _step in range(60):
            if page.locator(f"{selector}:focus").count():
                return
            keys.press("Tab")
        raise AssertionError(f"{selector} cannot be reached by Tab")

    site.open("/")
    keys.press("Tab")
    assert page.locator(".skip:focus").count() == 1
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    site.open("/accounts/login/")
    walk_to("#id_login")
    keys.type(house.people["director"].email)
    walk_to("#id_password")
    keys.type(PASSWORD)
    keys.press("Enter")
    page.wait_for_url(f"**/o/{house.slug}/")
    walk_to(f"main a[href='/o/{house.slug}/profile/']")
    keys.press("Enter")
    page.wait_for_url("**/profile/")
    walk_to("#id_volunteers")
    keys.press("Control+A")
    keys.type("40")
    walk_to("main .button.main")
    keys.press("Enter")
    page.wait_for_selector(".message.good")
    assert Organization.objects.get(pk=house.organization.pk).volunteers == 40
    walk_to("a[href='/o/corvina-renters-table/delete/']")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"


@ONE
def test_without_scripts_a_person_joins_and_changes_the_language(
    site: Site, house: House, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto(f"{site.origin}/invitations/a-token-for-the-tests/")
    page.click("text=I have an account")
    page.fill("#id_login", house.people["stranger"].email)
    page.fill("#id_password", PASSWORD)
    page.click("main .button.main")
    page.click("main .button.main")
    assert page.url.endswith(f"/o/{house.slug}/")
    assert house.organization.memberships.get(user=house.people["stranger"]).role == "editor"
    page.click("footer button[value=es]")
    assert page.locator("html").get_attribute("lang") == "es"
    context.close()


@ONE
def test_nothing_sticks_out_at_four_hundred_per_cent(site: Site, house: House) -> None:
    site.page.set_viewport_size({"width": 320, "height": 256})
    site.width = 320
    site.open("/")
    site.look("zoomed-landing")
    site.sign_in(house.people["director"])
    base = f"/o/{house.slug}/"
    for path in ("", "people/", "people/invite/", "profile/", "history/"):
        site.open(base + path)
        site.look(f"zoomed-{path.replace('/', '-') or 'home'}")
