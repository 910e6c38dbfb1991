"""What it costs to save an answer and to show the pages of an assessment: 48 questions, everything answered."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.test import Client, override_settings
from django.urls import include, path
from django.utils import timezone

from assessments.core.instruments import Instrument
from assessments.models import Answer, Assessment, Question, Respondent, Standing
from assessments.selectors.answering import sheet_of
from assessments.selectors.instruments import instrument_content, question_ids
from assessments.services.answers import Offer, join, save_answers
from assessments.services.assessments import start_assessment
from assessments.services.content import import_instrument
from bench.measure import Row, count_row, ratio_row
from bench.yardsticks import get, queries_of, signed_in_client
from organizations.models import Membership, Organization, User
from tests.factories.instruments import shipped

ORG = "bench-answering"
KEY = "collaboration-effective-work-tracking"
PLAIN = """{% extends "base.html" %}{% load i18n static content %}
{% block styles %}<link rel="stylesheet" href="{% static 'css/question.css' %}">{% endblock styles %}
{% block content %}<h1>{{ area.title|in_language }}</h1><p>{{ instrument.title|in_language }}</p>
<div class="beside">{% include "assessments/_progress.html" %}<nav>{% include "assessments/_parts.html" %}</nav>
<form method="post">{% csrf_token %}{% for card in cards %}<div class="asked" id="asked-{{ card.key }}">
{% include "assessments/_question.html" with card=card only %}</div>{% endfor %}<button>Save</button></form></div>
{% include "assessments/_autosave_words.html" %}{% endblock %}"""


@login_required
def least_autosave(request: HttpRequest) -> HttpResponse:
    """Save one answer as the least honest software does: who, whether theirs, one upsert, how many now."""
    respondent = get_object_or_404(
        Respondent, assessment__organization__slug=ORG, assessment__number=1, user=request.user
    )
    question = Question.objects.get(key=KEY, instrument__slug="social-media-alignment")
    answer = Answer(
        respondent=respondent,
        question=question,
        kind="level",
        level=int(request.POST["level"]),
        saved_at=timezone.now(),
    )
    Answer.objects.bulk_create(
        [answer],
        update_conflicts=True,
        unique_fields=["respondent", "question"],
        update_fields=["kind", "level", "saved_at"],
    )
    return HttpResponse(f"saved, {Answer.objects.filter(respondent=respondent).count()} of 48")


@login_required
def plain_page(request: HttpRequest) -> HttpResponse:
    """Show the same page by a loop over dictionaries: the same markup and rows, without forms and access rules."""
    assessment = Assessment.objects.select_related("instrument", "organization").get(organization__slug=ORG)
    sheet = sheet_of(assessment, request.user)
    cards = []
    for number, question in enumerate(sheet.questions("collaboration"), start=1):
        answer = sheet.answers.get(question.key)
        address = f"/o/{ORG}/assessments/1/answers/{question.key}/"
        cards.append(
            {
                "key": question.key,
                "text": question.text.in_("en"),
                "why": question.why.in_("en"),
                "evidence": question.evidence.in_("en"),
                "levels": [
                    {"value": str(level), "label": scale.label.in_("en"), "text": text.in_("en")}
                    for level, (scale, text) in enumerate(
                        zip(sheet.instrument.scale, question.levels, strict=True)
                    )
                ],
                "dont_know": "dont-know",
                "not_applicable": "not-applicable",
                "chosen": str(answer.level) if answer else "",
                "note": answer.note if answer else "",
                "reason": "",
                "note_length": 2000,
                "reason_length": 500,
                "revision": answer.revision if answer else 0,
                "state": {"saved_at": answer.saved_at if answer else None},
                "spot": {"number": number, "of": 12, "save_url": address, "card_url": address},
            }
        )
    template = engines["django"].from_string(PLAIN) if not CACHED else CACHED[0]
    CACHED[:] = [template]
    shown = {"cards": cards, "instrument": sheet.instrument, "area": sheet.instrument.area("collaboration")}
    shown |= {"total": sheet.count(), "minutes_left": sheet.minutes_left}
    shown |= {"parts": [{"title": part.title, "count": sheet.count()} for part in sheet.instrument.qualities]}
    shown |= {"others": [{"title": part.title, "count": sheet.count(area=part.key)} for part in sheet.areas]}
    return HttpResponse(template.render(shown, request))


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    """Do nothing for somebody who is known."""
    return HttpResponse(str(request.user.pk))


CACHED: list = []
urlpatterns = [
    path("least/", least_autosave),
    path("plain/", plain_page),
    path("bare/", bare),
    path("", include("techplan.urls")),
]


def prepared(client_user: User) -> tuple[Assessment, Instrument]:
    """Return an assessment in which one director has answered everything."""
    instrument = shipped()
    version, _new = import_instrument(instrument=instrument, name="social.yaml")
    organization = Organization.objects.create(name="Bench", slug=ORG)
    member = Membership.objects.create(
        organization=organization, user=client_user, role="director", answers_as="director"
    )
    now = timezone.now()
    assessment = start_assessment(
        organization=organization, instrument=version, kind="full", number=1, user=member.user, at=now
    )
    join(assessment=assessment, membership=member, named=False, agrees_to_show=True, at=now)
    standing = Standing.objects.select_related("assessment__instrument").get(assessment=assessment)
    save_answers(
        standing=standing,
        user_id=member.user_id,
        offers=[Offer(question.key, "level", 2) for question in instrument.questions],
        at=now,
    )
    instrument_content(version), question_ids(version)
    return assessment, instrument


class Saver:
    """A page that saves one answer again and again, each time another level."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.revision, self.level = 1, 0

    def save(self) -> None:
        """Save by the product."""
        self.level = (self.level + 1) % 5
        answer = self.client.post(
            f"/o/{ORG}/assessments/1/answers/{KEY}/",
            {f"{KEY}-choice": self.level, f"{KEY}-revision": self.revision},
            headers={"HX-Request": "true"},
        )
        if answer.headers.get("TechPlan-Answer") != "saved":
            raise RuntimeError(f"not saved: {answer.status_code}")
        self.revision = int(answer["TechPlan-Revision"])

    def save_least(self) -> None:
        """Save by the yardstick."""
        self.level = (self.level + 1) % 5
        if self.client.post("/least/", {"level": self.level}).status_code != 200:
            raise RuntimeError("the yardstick did not save")


def measure() -> list[Row]:
    """Measure an autosave, a page of twelve questions and the results."""
    client, user = signed_in_client("answering@example.org")
    prepared(user)
    with override_settings(ROOT_URLCONF="bench.rows.answering"):
        saver = Saver(client)
        saver.save()
        asked = queries_of(saver.save)
        return [
            count_row("queries of an autosave, savepoints aside", goal=6, count=asked, unit="queries"),
            ratio_row(
                "autosave with stored scores, history and progress",
                goal=1.5,
                work=saver.save,
                yardstick=saver.save_least,
                name="the least honest autosave",
                rounds=60,
            ),
            ratio_row(
                "page of twelve questions",
                goal=2,
                work=get(client, f"/o/{ORG}/assessments/1/collaboration/"),
                yardstick=get(client, "/plain/"),
                name="the same page as a plain loop",
                rounds=30,
            ),
            ratio_row(
                "results with why a number is so",
                goal=25,
                work=get(client, f"/o/{ORG}/assessments/1/results/"),
                yardstick=get(client, "/bare/"),
                name="a view that does nothing",
                rounds=30,
            ),
        ]
