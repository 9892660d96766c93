"""Right rows for every table of the contract: invented, and tied to records that are in data/."""

from collections.abc import Mapping

from tests.intake.corpus.forms import Table

_EVENTS = ("ai-in-medical-imaging", "inclusive-medical-ai", "surgeons-days", "zpannend-zernike")
_PEOPLE = ("job-doornberg", "mirjam-plantinga", "esther-metting", "wim-smit", "tanja-de-vries")
_PLACES = ("amsterdam", "vienna", "groningen", "cologne", "faro")
_PARTIES = ("hanze", "datapoort", "lifelines", "8d-games", "noorderpoort", "elsa-nn")
_SERIES = ("science-truck", "smart-care-relay", "digital-healthcare-cafes")
_METRICS = ("events_held", "contributors", "countries", "trainings_held", "training_participants")

BASES: Mapping[str, Mapping[str, str]] = {
    "terms": {
        "list": "discipline",
        "term_id": "verzonnen-vak-{n}",
        "label_en": "Invented field {n}",
        "label_nl": "Verzonnen vak {n}",
        "sort": "1{n}",
        "definition": "",
    },
    "sources": {
        "source_id": "verzonnen-bron-{n}",
        "title": "Verzonnen verslag {n}",
        "publisher": "Verzonnen uitgever",
        "year": "2025",
        "kind": "report",
        "note": "",
    },
    "claims": {
        "claim_id": "verzonnen-vermelding-{n}",
        "table_name": "events",
        "record_id": "{event}",
        "field": "audience",
        "source_id": "dash-2025-in-review",
        "stance": "differs",
        "section": "Verzonnen kop",
        "line": "{n}",
        "stated": "Andere mensen",
    },
    "organisations": {
        "organisation_id": "verzonnen-stichting-{n}",
        "name": "Verzonnen Stichting {n}",
        "other_names": "VS{n}",
        "country": "NL",
        "note": "Bestaat niet",
    },
    "people": {
        "person_id": "testpersoon-{n}",
        "name": "Testpersoon Nummer{n}",
        "job_title": "Verzonnen functie",
        "orcid": "",
        "note": "Bestaat niet",
    },
    "person_aliases": {
        "alias": "Verzonnen Schrijfwijze {n}",
        "person_id": "{person}",
        "source_id": "dash-2025-in-review",
        "note": "",
    },
    "places": {
        "place_id": "verzonnen-gebouw-{n}",
        "venue": "Verzonnen Gebouw {n}",
        "city": "Groningen",
        "country": "NL",
        "latitude": "53.2{digit}",
        "longitude": "6.5{digit}",
        "precision": "venue",
    },
    "series": {
        "series_id": "verzonnen-reeks-{n}",
        "title": "Verzonnen reeks {n}",
        "reported_date": "2025",
        "kind": "meeting",
        "pillar": "impact",
        "our_role": "organised",
        "area": "Noord-Nederland",
        "note": "",
    },
    "events": {
        "event_id": "verzonnen-dag-{n}",
        "title": "Verzonnen dag {n} over zorgdata",
        "start_date": "{day}",
        "end_date": "{day}",
        "status": "held",
        "attendance_mode": "onsite",
        "kind": "lecture",
        "pillar": "impact",
        "line": "elsa",
        "place_id": "{place}",
        "our_role": "organised",
        "audience": "Onderzoekers",
        "participants": "{count}",
        "participants_kind": "exact",
        "note": "Een verzonnen opmerking {n}",
    },
    "event_people": {
        "event_id": "{event}",
        "person_id": "{person}",
        "role": "workshop",
        "nr": "{count}",
        "talk_title": "Verzonnen bijdrage {n}",
        "note": "",
    },
    "event_parties": {"event_id": "{event}", "organisation_id": "{party}", "role": "framework"},
    "series_parties": {"series_id": "{series}", "organisation_id": "{other}", "role": "framework"},
    "trainings": {
        "training_id": "verzonnen-training-{n}",
        "title": "Verzonnen training {n}",
        "level": "master",
        "discipline": "medicine",
        "format": "course",
        "audience": "Studenten",
        "status": "held",
        "period": "2024-2025",
        "duration": "twee dagen",
        "pillar": "education",
        "participants": "{count}",
        "participants_kind": "exact",
        "note": "",
    },
    "training_parts": {
        "training_id": "summer-school",
        "nr": "{count}",
        "kind": "lecture",
        "title": "Verzonnen college {n}",
    },
    "projects": {
        "project_id": "verzonnen-project-{n}",
        "title": "Verzonnen project {n}",
        "kind": "project",
        "pillar": "research",
        "line": "elsa",
        "status": "completed",
        "start_date": "2024-02-14",
        "end_date": "2025-08-31",
        "reported_date": "2025",
        "our_role": "led",
        "note": "",
    },
    "project_parties": {
        "project_id": "secure-ai-research-cloud",
        "nr": "{count}",
        "person_id": "{person}",
        "organisation_id": "",
        "role": "partner",
    },
    "funding": {
        "funding_id": "verzonnen-beurs-{n}",
        "title": "Verzonnen beurs {n}",
        "funder_id": "erdf",
        "scheme": "Verzonnen regeling",
        "recipient_organisation_id": "dash",
        "our_role": "recipient",
        "amount_eur": "1{count}.50",
        "amount_kind": "exact",
        "date": "{day}",
        "note": "",
    },
    "targets": {
        "target_id": "verzonnen-doel-{n}",
        "metric": "{metric}",
        "year": "{target_year}",
        "direction": "more",
        "value": "50",
        "near": "40",
        "path": "even",
        "decision": "Verzonnen besluit",
        "owner": "Testpersoon",
    },
    "deviations": {
        "deviation_id": "verzonnen-afwijking-{n}",
        "target_id": "verzonnen-doel-{n}",
        "reason": "Verzonnen reden",
        "accepted_by": "Verzonnen bestuur",
        "from_date": "2026-01-15",
        "until_date": "2026-12-31",
    },
}
"""Of every table, what a row of it holds; `deviations` need the `targets` beside them."""


def right(table: str, size: int = 12) -> Table:
    """So many right rows. Days are after the twelfth, so that none reads as a month."""
    return [
        {
            column: cell.format(
                n=n,
                digit=n % 9 + 1,
                count=25 + n,
                day=f"2025-{n % 9 + 1:02d}-{n % 15 + 13:02d}",
                event=_EVENTS[n % 4],
                person=_PEOPLE[n % 5],
                place=_PLACES[n % 5],
                party=_PARTIES[n // 4 % 6],
                series=_SERIES[n % 3],
                other=_PARTIES[n // 3 % 6],
                target_year=2026 + n // 5,
                metric=_METRICS[n % 5],
            )
            for column, cell in BASES[table].items()
        }
        for n in range(1, size + 1)
    ]
