"""The app's addresses; full paths, included at the root by techplan/urls.py."""

from django.urls import URLPattern, URLResolver, path, register_converter

from assessments.views import answering, assessments, inventory, results

app_name = "assessments"

# Words that stand where an area stands; pages of this and of other apps have them.
RESERVED = (
    "answers",
    "begin",
    "cards",
    "close",
    "consensus",
    "continue",
    "gaps",
    "people",
    "reopen",
    "results",
    "review",
    "targets",
    "views",
)


class AreaConverter:
    """The key of an area, which is none of the reserved words."""

    regex = rf"(?!(?:{'|'.join(RESERVED)})/)[a-z0-9]+(?:-[a-z0-9]+)*"

    def to_python(self, value: str) -> str:
        """Return the key."""
        return value

    def to_url(self, value: str) -> str:
        """Return the key."""
        return value


register_converter(AreaConverter, "area")

HERE = "o/<slug:org>/assessments/"
ONE = f"{HERE}<int:number>/"

STOCK = "o/<slug:org>/inventory/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(HERE, assessments.assessment_list, name="assessment-list"),
    path(f"{HERE}start/", assessments.assessment_start, name="assessment-start"),
    path(ONE, assessments.assessment_detail, name="assessment-detail"),
    path(f"{ONE}begin/", assessments.assessment_begin, name="assessment-begin"),
    path(f"{ONE}continue/", assessments.assessment_continue, name="assessment-continue"),
    path(f"{ONE}close/", assessments.assessment_close, name="assessment-close"),
    path(f"{ONE}reopen/", assessments.assessment_reopen, name="assessment-reopen"),
    path(f"{ONE}results/", results.result_detail, name="result-detail"),
    path(f"{ONE}targets/<slug:area>/<slug:quality>/", results.target_edit, name="target-edit"),
    path(f"{ONE}answers/<slug:question>/", answering.answer_save, name="answer-save"),
    path(f"{ONE}cards/<slug:question>/", answering.answer_card, name="answer-card"),
    path(STOCK, inventory.inventory, name="inventory"),
    path(f"{STOCK}facts/", inventory.facts_edit, name="inventory-facts"),
    path(f"{STOCK}<slug:kind>/add/", inventory.row_add, name="inventory-row-add"),
    path(f"{STOCK}<slug:kind>/<int:pk>/", inventory.row_edit, name="inventory-row-edit"),
    path(f"{STOCK}<slug:kind>/<int:pk>/remove/", inventory.row_remove, name="inventory-row-remove"),
    path(f"{ONE}<area:area>/", answering.area_detail, name="area-detail"),
]
