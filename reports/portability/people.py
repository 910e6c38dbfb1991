"""The people whom an export names, as accounts of this site."""

from collections.abc import Iterable

from organizations.models import User
from reports.portability.schema import Person


class People:
    """Accounts by e-mail address; those that are missing are made, without a password."""

    def __init__(self, people: Iterable[Person]) -> None:
        wanted = {person.email.lower(): person for person in people}
        self._found = {user.email.lower(): user for user in User.objects.filter(email__in=wanted)}
        for address, person in wanted.items():
            if address not in self._found:
                self._found[address] = User.objects.create_user(
                    address, None, name=person.name[:120], language=person.language
                )

    def __getitem__(self, address: str) -> User:
        return self._found[address.lower()]

    def get(self, address: str | None) -> User | None:
        """Return the account of an address; None for none."""
        return None if address is None else self[address]
