"""The history, the home, the frame around every page, and what is shown when something goes wrong."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organizations import home, navigation, services, trail
from organizations.models import Organization
from tests.factories.people import House
from tests.organizations.test_views import signed_in, text

pytestmark = pytest.mark.django_db

# --- history


@pytest.mark.parametrize("kind", sorted(trail._sentences))
def test_every_kind_of_event_has_a_sentence_even_without_detail(kind: str, house: House) -> None:
    full = {
        "member": "Rafe", "before": "viewer", "after": "editor", "role": "viewer",
        "email": "a@example.org", "recipient": "Saltgrass", "plan": "Plan 1",
    }  # fmt: skip
    user = house.people["director"]
    event = services.record(kind, organization=house.organization, user=user, detail=full)
    assert "%" not in trail.sentence(event)
    bare = services.record(kind, organization=house.organization)
    assert trail.sentence(bare)
    assert "%" not in trail.sentence(bare)


def test_the_history_speaks_in_sentences(house: House) -> None:
    services.change_member(
        membership=house.members["viewer"],
        by=house.people["director"],
        at=timezone.now(),
        role="editor",
        title="",
        answers_as="board",
        may_share=False,
    )
    page = text(signed_in(house), f"/o/{house.slug}/history/")
    assert "Director changed the role of Viewer from Viewer to Editor." in page


# --- home and frame


@pytest.fixture
def clean_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "_steps", {})
    monkeypatch.setattr(home, "_spreads", {})
    monkeypatch.setattr(navigation, "_links", dict(navigation._links))


@pytest.mark.usefixtures("clean_registries")
def test_the_home_shows_one_button_for_the_first_step_that_asks_for_something(house: House) -> None:
    def step(kind: str, status: home.Status, asks: bool) -> home.StepProvider:
        return lambda organization, membership: home.Step(
            kind=kind,
            title=kind.title(),
            status=status,
            status_text=status,
            text=f"About {kind}.",
            url=f"/{kind}/",
            next_title=f"Go to {kind}" if asks else "",
            button=f"Do {kind}" if asks else "",
        )

    home.register("plan", 30, step("plan", "wait", asks=True))
    home.register("assess", 10, step("assess", "done", asks=False))
    home.register("see", 20, step("see", "now", asks=True))
    home.register("none", 5, lambda organization, membership: None)
    page = text(signed_in(house), f"/o/{house.slug}/")
    assert page.count('class="button main"') == 1
    assert 'href="/see/">Do see' in page
    assert [page.index(f"About {kind}.") for kind in ("assess", "see", "plan")] == sorted(
        page.index(f"About {kind}.") for kind in ("assess", "see", "plan")
    )
    assert "Nothing has been done yet" not in page


@pytest.mark.usefixtures("clean_registries")
def test_the_home_of_a_new_organization_says_that_nothing_was_done(house: House) -> None:
    home.register(
        "assess",
        10,
        lambda organization, membership: home.Step(
            "assess",
            "Assess",
            "wait",
            "Not begun",
            "Twelve questions.",
            "/x/",
            "Start",
            "",
            "Start the check",
        ),
    )
    page = text(signed_in(house), f"/o/{house.slug}/")
    assert "Nothing has been done yet." in page
    assert "Start the check" in page


@pytest.mark.usefixtures("clean_registries")
def test_the_top_bar_shows_a_member_what_they_can_use(house: House) -> None:
    navigation.register(navigation.Link("people", 1, "People", "organizations:people", "view"))
    page = text(signed_in(house, "viewer"), f"/o/{house.slug}/")
    assert f'<a href="/o/{house.slug}/" aria-current="page">Home</a>' in page
    assert f'<a href="/o/{house.slug}/people/">People</a>' in page
    assert f'/o/{house.slug}/people/">People' not in text(signed_in(house, "respondent"), f"/o/{house.slug}/")


def test_demonstration_data_says_so_on_every_page(house: House) -> None:
    client = signed_in(house)
    notice = "is invented."
    assert notice not in text(client, f"/o/{house.slug}/")
    Organization.objects.filter(pk=house.organization.pk).update(is_demo=True)
    for path in ("", "people/", "profile/", "history/"):
        assert notice in text(client, f"/o/{house.slug}/{path}")


def test_the_language_follows_the_button_and_stays_on_this_site(house: House) -> None:
    client = Client()
    answer = client.post("/language/", {"language": "es", "next": "https://evil.example/"})
    assert answer["Location"] == "/"
    assert client.get("/")["Content-Language"] == "es"
    client.post("/language/", {"language": "xx", "next": "/"})
    assert client.get("/")["Content-Language"] == "es"


@pytest.mark.parametrize("debug", [False])
def test_refusals_are_pages_with_a_way_back(debug: bool, house: House, settings: Any) -> None:
    client = signed_in(house, "respondent")
    missing = client.get("/o/no-such-place/")
    assert missing.status_code == 404
    assert "This page is not here" in missing.content.decode()
    refused = client.get(f"/o/{house.slug}/people/")
    assert refused.status_code == 403
    assert "Your role in this organization is to answer questions" in refused.content.decode()
    for page in (missing, refused):
        assert 'href="/start/"' in page.content.decode()
    strict = Client(enforce_csrf_checks=True)
    late = strict.post("/language/", {"language": "es"})
    assert late.status_code == 403
    assert "This page was open too long" in late.content.decode()


def test_a_broken_page_has_words_and_no_secrets(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> Any:
        raise RuntimeError("a secret")

    monkeypatch.setattr(home, "steps", broken)
    client = signed_in(house)
    client.raise_request_exception = False
    response = client.get(f"/o/{house.slug}/")
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()
    assert "secret" not in response.content.decode()


def test_a_page_asks_nobody_but_this_site(house: House) -> None:
    page = text(signed_in(house), f"/o/{house.slug}/profile/")
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert "style=" not in page


# --- addresses that only take forms


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("reports/request/", "reports/"),
        ("goals/add/", "goals/"),
        ("plans/1/choose/", "plans/1/"),
        ("plans/1/actions/password-manager/put-in/", "plans/1/actions/password-manager/"),
        ("assessments/1/gaps/aging-hardware/reject/", "assessments/1/gaps/"),
        ("people/invitations/1/resend/", "people/"),
    ],
)
def test_an_address_of_a_form_leads_to_its_page(path: str, page: str, house: House) -> None:
    client, home_page = signed_in(house), f"/o/{house.slug}/"
    answer = client.get(f"{home_page}{path}")
    assert (answer.status_code, answer["Location"]) == (302, f"{home_page}{page}")
    assert client.get(f"{home_page}{path}", headers={"HX-Request": "true"}).status_code == 405


def test_an_address_of_a_page_still_refuses_a_form(house: House) -> None:
    assert signed_in(house).post(f"/o/{house.slug}/plans/").status_code == 405
