"""References to things: `kind:code`, as `meeting:WG2020-3`. Here alone they are taken apart and put together."""

from __future__ import annotations


class Ref(str):
    """A reference as text with its two pieces; equal to the same text, so that records and files hold it as such."""

    __slots__ = ()

    @classmethod
    def of(cls, kind: str, code: str) -> Ref:
        return cls(f"{kind}:{code}")

    @property
    def kind(self) -> str:
        """What kind of thing it is: `meeting`; "" where the text is no reference."""
        kind, colon, _ = self.partition(":")
        return kind if colon else ""

    @property
    def code(self) -> str:
        """Its code within the kind, which may hold colons: `WG2020-3`; "" where the text is no reference."""
        return self.partition(":")[2]
