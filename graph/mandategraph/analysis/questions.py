"""What the network asks of a store. Each query names its graphs; columns are read by `network`."""

from __future__ import annotations

FEEDS = """
SELECT DISTINCT ?s ?giver ?receiver ?voice ?modality ?firm ?deliverable ?element ?mandate ?document WHERE {
  GRAPH ?g { ?s a mg:Contribution ; mg:contributionSource ?giver ; mg:voice ?voice ; mg:modality ?modality ; mg:statedIn ?document .
    OPTIONAL { ?s mg:contributionRecipient ?receiver } OPTIONAL { ?s mg:delivers/mg:deliverableKind ?deliverable }
    OPTIONAL { ?s mg:concerns ?element } OPTIONAL { ?s mg:underMandate ?mandate } }
  OPTIONAL { GRAPH graph:ontology { ?modality mg:firm ?firm } }
}"""

ROWS = """
SELECT DISTINCT ?one ?other WHERE {
  GRAPH ?g {
    { ?one a mg:Contribution ; mg:hasEvidence ?evidence . ?evidence mg:atProvision ?other }
    UNION { ?one a mg:Contribution ; mg:hasEvidence ?evidence . ?evidence mg:atProvision ?cell .
      ?cell a mg:TableCell ; mg:partOf ?other }
  }
}"""

AUTHORITIES = "SELECT ?one ?label WHERE { GRAPH ?g { ?one a mg:Mandate ; rdfs:label ?label } }"

SCHEDULES = """
SELECT DISTINCT ?s ?meeting ?phase ?status ?precision ?mode ?written ?start ?end ?earliest ?latest ?document WHERE {
  GRAPH ?g { ?s a mg:ScheduleStatement ; mg:schedules ?meeting ; mg:phase ?phase ; mg:dateStatus ?status ;
      mg:precision ?precision ; mg:mode ?mode ; mg:statedIn ?document .
    OPTIONAL { ?s mg:asWritten ?written } OPTIONAL { ?s mg:startDate ?start } OPTIONAL { ?s mg:endDate ?end }
    OPTIONAL { ?s mg:earliest ?earliest } OPTIONAL { ?s mg:latest ?latest } }
}"""

PLACES_OF_MEETING = "SELECT ?one ?other WHERE { GRAPH ?g { ?one a mg:ScheduleStatement ; mg:atPlace ?other } }"

BETWEEN = "SELECT ?one ?other WHERE { GRAPH ?g { ?one a mg:ScheduleStatement ; mg:betweenMeetings ?other } }"

SESSIONS = "SELECT ?one ?other WHERE { GRAPH graph:register { ?other mg:partOfMeeting ?one } }"

REPLACED = "SELECT ?one ?other WHERE { GRAPH ?g { ?s mg:changed ?one ; mg:replacedBy ?other } }"

CLASSIFICATIONS = (
    "SELECT ?one ?other WHERE { GRAPH ?g { ?s a mg:Classification ; mg:classifies ?one ; mg:classifiedAs ?other } }"
)

CLASSIFIED = """
SELECT DISTINCT ?s ?meeting ?kind WHERE {
  GRAPH ?g { ?s a mg:Classification ; mg:classifies ?meeting ; mg:classifiedAs ?kind }
} ORDER BY ?s"""

DEADLINES = """
SELECT DISTINCT ?s ?on ?anchor ?point ?offset WHERE {
  GRAPH ?g { ?s a mg:Deadline . OPTIONAL { ?s mg:dueOn ?on } OPTIONAL { ?s mg:anchorMeeting ?anchor }
    OPTIONAL { ?s mg:anchorPoint ?point } OPTIONAL { ?s mg:offsetFromAnchor ?offset } }
}"""

SETTERS = "SELECT ?one ?other WHERE { GRAPH ?g { ?one a mg:Deadline . ?other mg:hasDeadline ?one } }"

ADDRESSES = """
SELECT DISTINCT ?s ?meeting ?element ?document WHERE {
  GRAPH ?g { ?s mg:concerns ?element ; mg:statedIn ?document .
    { ?s a mg:Contribution ; mg:voice mgv:giver ; mg:contributionSource ?meeting }
    UNION { ?s a mg:Contribution ; mg:voice mgv:receiver ; mg:contributionRecipient ?meeting }
    UNION { ?s a mg:Mandate ; mg:mandatee ?meeting }
    UNION { ?s mg:treatedAt ?meeting } }
}"""

MATCHES = """
SELECT DISTINCT ?s ?one ?other ?grade WHERE {
  GRAPH ?g { ?s a mg:ElementMatch ; mg:matchFrom ?one ; mg:matchGrade ?grade . OPTIONAL { ?s mg:matchTo ?other } }
}"""

ELEMENTS = "SELECT ?one ?other WHERE { GRAPH graph:register { ?other a mg:Element ; skos:inScheme ?one } }"

BROADER = """
SELECT ?one ?other WHERE { GRAPH ?g { ?one skos:broader ?other } GRAPH graph:register { ?one a mg:Element } }"""

LISTED = "SELECT DISTINCT ?one WHERE { GRAPH ?g { ?s mg:listedElement ?one } }"

GROUPS = "SELECT DISTINCT ?one WHERE { GRAPH ?g { ?s mg:listedElement ?one ; mg:elementLevel mgv:group-level } }"

MEETINGS = "SELECT DISTINCT ?one WHERE { GRAPH graph:register { ?one a mg:Meeting } }"

DATED = """
SELECT ?s ?on ?to WHERE {
  GRAPH graph:register { ?s a mg:Document . OPTIONAL { ?s dcterms:date ?on } OPTIONAL { ?s mg:coversTo ?to } }
}"""

COVERED = """
SELECT ?s ?from ?to WHERE { GRAPH graph:register { ?s a mg:Document ; mg:coversFrom ?from ; mg:coversTo ?to } }"""

DOCUMENTS = "SELECT DISTINCT ?one WHERE { GRAPH ?g { ?s mg:statedIn ?one } }"

NAMES = """
SELECT DISTINCT ?one ?code ?label WHERE {
  { GRAPH graph:register { ?one mg:code ?code ; skos:prefLabel ?label } }
  UNION { GRAPH graph:ontology { ?one a skos:Concept ; skos:prefLabel ?label } }
}"""

PLACES = """
SELECT DISTINCT ?s ?document ?cite ?citeZh ?line WHERE {
  VALUES ?s { THINGS }
  GRAPH ?g { ?s mg:hasEvidence ?e . ?e mg:atProvision ?at ; mg:lineNumber ?line .
    { ?s mg:statedIn ?document } UNION { ?s a mg:Deadline . ?setter mg:hasDeadline ?s ; mg:statedIn ?document }
    OPTIONAL { ?at mg:cite ?cite } OPTIONAL { ?at mg:citeZh ?citeZh } }
}"""
