"""Where prices come from, in the language of the page.

The catalogue names its sources in English. Each is repeated here, so that it can be translated; the tests compare.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SOURCES = (
    gettext_noop("estimate"),
    gettext_noop("no purchase needed"),
    gettext_noop("typical market price"),
    gettext_noop("typical market price, nonprofit discount"),
    gettext_noop("typical market price, nonprofit mobile internet programs (estimate)"),
    gettext_noop("included in donated office suites"),
    gettext_noop("free function of office suites and social media services"),
    gettext_noop("estimate: 30 to 80 consultant hours at 100 to 165 dollars"),
    gettext_noop("estimate: 20 to 100 hours at 125 to 150 dollars"),
    gettext_noop(
        "estimate: outside hours at 90 to 165 dollars; hourly IT rates run from 85 to over 300 dollars "
        "(Amicus IT, What is the cost of IT services, 2020)"
    ),
    gettext_noop(
        "estimate from BLS, Occupational Employment and Wages May 2020, public relations specialists "
        "(25th percentile 46,630, median 62,810 dollars), half time, plus benefits at about 30 percent of pay costs "
        "(BLS, Employer costs for employee compensation) and wage growth"
    ),
    gettext_noop(
        "refurbished: typical market price, nonprofit discount; new business laptop from 1,200 dollars "
        "(Surya Technologies, How much does a refresh actually cost)"
    ),
    gettext_noop(
        "typical market price; a phone kit without the phone came to about 150 pounds in Influence Online, "
        "A low budget approach to high quality video (2017)"
    ),
    gettext_noop(
        "typical market price; Learning Guild, What can you get with this year's video budget: "
        "1,000 to 2,000 dollars for a video kit"
    ),
    gettext_noop(
        "ADA Book, Worth the risk: about 6,500 dollars for a full audit; "
        "lower end is an estimate for a check of five pages with first repairs"
    ),
    gettext_noop(
        "Balanced Bandwidth, Fractional CIO: 5,000 to 10,000 dollars a month for growing firms; "
        "scaled down here to one or two days a month (estimate)"
    ),
    gettext_noop(
        "BandwidthPool, Network infrastructure and internet quality: small-business lines 50 to 400 dollars "
        "a month; difference to the old line is an estimate"
    ),
    gettext_noop(
        "Bellator Cyber, Cyber security training for small business (2025): 20 to 50 dollars a person a year"
    ),
    gettext_noop(
        "Buffer, Plans and pricing: free for 3 channels, 5 to 12 dollars a channel a month, "
        "50 percent nonprofit discount"
    ),
    gettext_noop("Canva for Nonprofits (free for qualifying organizations)"),
    gettext_noop(
        "LegalClarity, What are hardware security keys and the FIDO2 standard: "
        "a basic key costs 25 to 55 dollars"
    ),
    gettext_noop(
        "Microsoft nonprofit offers as reported by WindowsForum (2025): basic plan free up to 300 seats, "
        "full plan 5.50 dollars a user a month; Google for Nonprofits Help: base plan free, "
        "business plans 72 percent or more off"
    ),
    gettext_noop(
        "Plus 1 Technology, What does IT support cost: 50 to over 200 dollars a user a month; "
        "Alcott Enterprises: 1,900 to 3,500 dollars a month for 10 to 15 users"
    ),
    gettext_noop(
        "Salesforce.org, Power of Us eligibility: ten donated seats; upper end typical market price"
    ),
    gettext_noop(
        "Syncro documentation, About backup pricing: 1.90 dollars a user a month; "
        "upper end typical market price"
    ),
    gettext_noop(
        "Valydex, Password manager guide for small business (2026): 1.99 to 7.99 dollars a user a month"
    ),
    gettext_noop(
        "Video Subtitler, FAQ: from 1 dollar a minute; "
        "Automatic Sync Technologies, Closed captioning cost: about 3 dollars a minute"
    ),
)


def source(text: str) -> str:
    """Return where a price comes from; what somebody wrote themselves stays as it is."""
    return _(text) if text in SOURCES else text
