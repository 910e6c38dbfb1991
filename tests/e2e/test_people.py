"""The first minutes in a browser: landing page, account, organization, profile, people; both languages, both widths."""

import pytest

from organizations.models import Membership, Organization
from tests.e2e.conftest import Site
from tests.factories.people import PASSWORD, House, build_house

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def no_mail(settings: pytest.FixtureRequest) -> None:
    """A site without a mail server, as script/run starts it."""
    settings.EMAIL_CONFIGURED = False  # type: ignore[attr-defined]
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"  # type: ignore[attr-defined]
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = False  # type: ignore[attr-defined]


def press(site: Site) -> None:
    """Press the one filled button."""
    main = site.page.locator("main .button.main")
    assert main.count() == 1
    main.click()


def test_from_the_landing_page_to_an_organization_with_people(site: Site, no_mail: None) -> None:
    page = site.page
    site.open("/")
    site.look("landing")
    press(site)
    site.look("signup")
    press(site)
    assert page.locator(".summary").evaluate("box => box === document.activeElement")
    site.look("signup-mistakes")
    page.fill("#id_name", "Amaya Quiroz")
    page.fill("#id_email", "amaya@example.org")
    page.fill("#id_password1", PASSWORD)
    press(site)
    site.look("login")
    assert page.input_value("#id_login") == "amaya@example.org"
    page.fill("#id_password", PASSWORD)
    press(site)
    site.look("organization-create")
    page.fill("#id_name", "Corvina Renters’ Table")
    page.fill("#id_staff_count", "11")
    page.fill("#id_full_time_equivalents", "nine")
    press(site)
    site.look("organization-create-mistakes")
    assert page.input_value("#id_full_time_equivalents") == "nine"
    page.fill("#id_full_time_equivalents", "9,5")
    press(site)
    site.look("home")
    organization = Organization.objects.get()
    assert (organization.staff_count, str(organization.full_time_equivalents)) == (11, "9.50")
    assert organization.memberships.get().role == Membership.Role.DIRECTOR
    base = f"/o/{organization.slug}/"

    site.open(f"{base}profile/")
    site.look("profile")
    page.fill("#id_yearly_budget_cents", "1050000")
    press(site)
    site.look("profile-saved")
    site.open(f"{base}people/")
    site.look("people")
    press(site)
    site.look("invite")
    page.fill("#id_email", "devontae@example.org")
    press(site)
    site.look("people-with-link")
    link = page.locator(".link-line input").input_value()
    site.open(f"{base}history/")
    site.look("history")
    site.open("/account/")
    site.look("account")
    path = link[link.index("/invitations/") :]
    page.context.clear_cookies()
    site.open(path)
    site.look("invitation")


def test_pages_of_the_account_and_of_refusals(site: Site, house: House) -> None:
    for user in house.people.values():
        user.language = site.language
        user.save()
    site.open("/privacy/")
    site.look("privacy")
    site.open("/accounts/password/reset/")
    site.look("password-reset")
    site.sign_in(house.people["director"])
    base = f"/o/{house.slug}/"
    pages = {
        "account": "/account/",
        "password-change": "/accounts/password/change/",
        "email-change": "/accounts/email/",
        "second-step": "/accounts/2fa/",
        "second-step-app": "/accounts/2fa/totp/activate/",
        "passkey-add": "/accounts/2fa/webauthn/add/",
        "organizations": "/organizations/",
        "member-change": f"{base}people/{house.members['editor'].pk}/",
        "member-remove": f"{base}people/{house.members['editor'].pk}/remove/",
        "leave": f"{base}people/leave/",
        "organization-delete": f"{base}delete/",
        "logout": "/accounts/logout/",
    }
    for name, path in pages.items():
        site.open(path)
        site.look(name)


def test_the_language_is_kept_with_the_person(site: Site) -> None:
    house = build_house()
    other = {"en": "es", "es": "en"}[site.language]
    user = house.people["viewer"]
    site.sign_in(user)
    site.open(f"/o/{house.slug}/")
    site.page.click(f"footer button[value={other}]")
    site.check()
    assert site.page.locator("html").get_attribute("lang") == other
    user.refresh_from_db()
    assert user.language == other
