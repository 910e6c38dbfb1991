"""What somebody writes into the addresses of the sharing pages is read as a number or not at all."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.people import House

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", ["²", "①", "٣", "9" * 400, "-1", "1e3", "\x00", ""])
@pytest.mark.parametrize("page", ["share-list", "share-preview"])
def test_a_number_that_is_none_is_no_fault(client: Client, house: House, page: str, number: str) -> None:
    client.force_login(house.people["director"])
    answer = client.get(reverse(f"reports:{page}", args=[house.slug]), {"report": number})
    assert answer.status_code in {200, 302, 404}


def test_the_preview_keeps_names_and_addresses_out_of_its_address(client: Client, house: House) -> None:
    client.force_login(house.people["director"])
    answer = client.post(
        reverse("reports:share-preview", args=[house.slug]),
        {
            "report": house.objects["report"].pk,
            "notes": "on",
            "recipient": "Imogen",
            "recipient_email": "imogen@example.org",
        },
    )
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?report={house.objects['report'].pk}&notes=on")
