"""One organization as one JSON document, to keep or to take to another site. Schema: docs/export-format.md.

Exporting, importing and exporting again gives the same document: rows are named by what they are (numbers within the
organization, e-mail addresses, content keys), never by database ids, and everything is in a fixed order.
"""

from reports.portability.export import export_organization
from reports.portability.load import import_organization
from reports.portability.reading import ImportRefused, read_export
from reports.portability.schema import FORMAT, VERSION, Export

__all__ = [
    "FORMAT",
    "VERSION",
    "Export",
    "ImportRefused",
    "export_organization",
    "import_organization",
    "read_export",
]
