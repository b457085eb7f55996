"""The flow from records to a store and back: building, loading, states of knowledge, and the way back of a change."""
