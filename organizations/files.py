"""Where the files of an organization lie in the default storage."""

from django.core.files.storage import default_storage

from organizations.models import Organization


def folder(organization: Organization) -> str:
    """Return the folder of this organization's files, ending in a slash."""
    return f"organizations/{organization.uuid}/"


def remove_folder(path: str) -> None:
    """Delete everything below a folder of the default storage; nothing there is no error."""
    base = path.rstrip("/")
    try:
        folders, files = default_storage.listdir(base)
    except FileNotFoundError:
        return
    for name in folders:
        remove_folder(f"{base}/{name}")
    for name in files:
        default_storage.delete(f"{base}/{name}")
    default_storage.delete(base)
