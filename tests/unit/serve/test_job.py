"""A job goes to another process and back as it was, whatever is in it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from mandategraph.serve.job import Job
from mandategraph.store.base import Dataset

TEXT = st.text(max_size=8)
PAIRS = st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple)
TEXTS = st.lists(TEXT, max_size=2).map(tuple)
JOBS = st.builds(
    Job,
    task=st.sampled_from(["ask", "stored", "sparql"]),
    name=TEXT,
    q=TEXT,
    params=st.dictionaries(TEXT, st.lists(TEXT, max_size=2), max_size=2),
    dataset=st.none() | st.builds(Dataset, TEXTS, TEXTS),
    accept=st.none() | TEXT,
    page=st.none() | TEXT,
    languages=TEXTS,
    detail=st.booleans(),
    kept=PAIRS,
)


@given(JOBS)
def test_as_it_was(job: Job) -> None:
    assert Job.of_data(json.loads(json.dumps(job.as_data()))) == job


def test_what_is_not_set_is_not_sent() -> None:
    assert Job("ask", q="when").as_data() == {"task": "ask", "q": "when"}
    assert Job("ask", page="").as_data() == {"task": "ask", "page": ""}, "an empty value was given, and is refused"
