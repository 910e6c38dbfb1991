"""The helper itself: it must find what is wrong, or it proves nothing."""

import pytest

from tests.e2e.conftest import Site, axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ONE = pytest.mark.parametrize("site", [("en", 1280)], indirect=True)


@ONE
def test_axe_names_a_picture_without_words_and_pale_text(site: Site) -> None:
    site.open("/")
    site.page.evaluate(
        "document.querySelector('main').innerHTML ="
        '\'<h1>One</h1><img src="/static/img/mark.svg"><p class="pale">pale</p>\';'
        "document.querySelector('.pale').style.color = '#eee'"
    )
    assert sorted(line.split(":")[0] for line in axe(site.page)) == ["color-contrast", "image-alt"]


@ONE
def test_a_script_mistake_and_a_foreign_request_are_noticed(site: Site) -> None:
    site.open("/")
    site.page.evaluate("setTimeout(() => { throw new Error('oh') })")
    site.page.evaluate("fetch('https://example.org/').catch(() => null)")
    site.page.wait_for_timeout(200)
    troubles, site.troubles = site.troubles, []
    assert any("oh" in line for line in troubles)
    assert any("example.org" in line for line in troubles)
