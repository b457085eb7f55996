"""Fetching: published records come from their services as raw pages, which `load` takes. Politely: one request after
the other, with pauses, retries and a name; what has not changed is not fetched again, and a stopped run goes on."""
