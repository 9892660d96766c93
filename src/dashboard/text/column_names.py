"""What the columns and tables of the contract are called in a sentence, and as the heading of a fact."""

from collections.abc import Mapping

from dashboard.language.messages import N_, _, pgettext
from dashboard.text.sentences import capitalise

COLUMNS: Mapping[str, str] = {
    "accepted_by": N_("accepted by"),
    "alias": N_("alias"),
    "amount_eur": N_("amount"),
    "amount_kind": N_("amount kind"),
    "area": N_("area"),
    "attendance_mode": N_("attendance mode"),
    "audience": N_("audience"),
    "body": N_("body"),
    "body_nl": N_("body nl"),
    "city": N_("city"),
    "claim_id": N_("claim"),
    "contact": N_("contact"),
    "country": N_("country"),
    "date": N_("date"),
    "decision": N_("decision"),
    "definition": N_("definition"),
    "deviation_id": N_("deviation"),
    "direction": N_("direction"),
    "discipline": N_("discipline"),
    "duration": N_("duration"),
    "end_date": N_("end date"),
    "event_id": N_("event"),
    "field": N_("field"),
    "format": N_("format"),
    "from_date": N_("from date"),
    "funder_id": N_("funder"),
    "funding_id": N_("funding"),
    "host_event": N_("host event"),
    "job_title": N_("job title"),
    "kind": N_("kind"),
    "label_en": N_("label en"),
    "label_nl": N_("label nl"),
    "latitude": N_("latitude"),
    "level": N_("level"),
    "line": N_("line"),
    "list": N_("list"),
    "longitude": N_("longitude"),
    "metric": N_("metric"),
    "name": N_("name"),
    "near": N_("near"),
    "note": N_("note"),
    "nr": N_("nr"),
    "orcid": N_("orcid"),
    "organisation_id": N_("organisation"),
    "other_names": N_("other names"),
    "our_role": N_("our role"),
    "owner": N_("owner"),
    "participants": N_("participants"),
    "participants_kind": N_("participants kind"),
    "path": N_("path"),
    "period": N_("period"),
    "person_id": N_("person"),
    "pillar": N_("pillar"),
    "place_id": N_("place"),
    "precision": N_("precision"),
    "project_id": N_("project"),
    "publisher": N_("publisher"),
    "reason": N_("reason"),
    "recipient_organisation_id": N_("recipient organisation"),
    "recipient_person_id": N_("recipient person"),
    "record_id": N_("record"),
    "reported_date": N_("reported date"),
    "role": N_("role"),
    "ror": N_("ror"),
    "scheme": N_("scheme"),
    "section": N_("section"),
    "series_id": N_("series"),
    "short_title": N_("short title"),
    "sort": N_("sort"),
    "source_id": N_("source"),
    "stance": N_("stance"),
    "start_date": N_("start date"),
    "stated": N_("stated"),
    "status": N_("status"),
    "table_name": N_("table name"),
    "talk_title": N_("talk title"),
    "target_id": N_("target"),
    "term_id": N_("term"),
    "text_id": N_("text"),
    "title": N_("title"),
    "title_nl": N_("title nl"),
    "training_id": N_("training"),
    "until_date": N_("until date"),
    "value": N_("value"),
    "venue": N_("venue"),
    "year": N_("year"),
}
TABLES: Mapping[str, str] = {
    "claims": N_("claims"),
    "deviations": N_("deviations"),
    "event_parties": N_("event_parties"),
    "event_people": N_("event_people"),
    "events": N_("events"),
    "funding": N_("funding"),
    "organisations": N_("organisations"),
    "people": N_("people"),
    "person_aliases": N_("person_aliases"),
    "places": N_("places"),
    "project_parties": N_("project_parties"),
    "projects": N_("projects"),
    "series_parties": N_("series_parties"),
    "sources": N_("sources"),
    "targets": N_("targets"),
    "terms": N_("terms"),
    "texts": N_("texts"),
    "training_parts": N_("training_parts"),
    "trainings": N_("trainings"),
}
"""In English by the names of their files, in which people look for them; of series, whose name is
one for one and for several, see name_table.
"""


def name_column(column: str) -> str:
    """Name a column in a sentence: "start date", "place". One that the contract does not have keeps its
    name.
    """
    return _(COLUMNS[column]) if column in COLUMNS else column.replace("_", " ")


def head_column(column: str) -> str:
    """Name a column as the heading of a fact: "Start date"."""
    return capitalise(name_column(column))


def name_table(table: str) -> str:
    """Name a table in a sentence. One that the contract does not have keeps its name."""
    if table == "series":
        return pgettext("a table", "series")
    return _(TABLES[table]) if table in TABLES else table
