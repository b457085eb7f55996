"""Records as plain values, and what is known of things before anything is read. Imports no RDF and no other room."""
