"""Numbers in words, as far as the names of meetings need them: third, 3rd, 第三次, 第3次; from 100 on in figures."""

from __future__ import annotations

from collections.abc import Iterator

# fmt: off
_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth",
)
# fmt: on
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_CHINESE = "零一二三四五六七八九"


def ordinal(number: int) -> str:
    """``third``, ``twenty-fourth``; digits with an ending from 100 on and for round tens above twenty."""
    if 0 <= number < len(_ORDINALS):
        return _ORDINALS[number]
    if number < 100 and number % 10:
        return f"{_TENS[number // 10]}-{_ORDINALS[number % 10]}"
    if number < 100:
        return _TENS[number // 10].removesuffix("y") + "ieth"
    return short_ordinal(number)


def short_ordinal(number: int) -> str:
    """``3rd``, ``11th``."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def chinese(number: int) -> str:
    """``三``, ``十一``, ``二十四``; digits from 100 on."""
    if not 0 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _CHINESE[ones]
    return (_CHINESE[tens] if tens > 1 else "") + "十" + (_CHINESE[ones] if ones else "")


def meeting_wordings(body: str, number: int) -> Iterator[str]:
    """The usual wordings for the numbered meeting of a body of this name."""
    for count in dict.fromkeys((chinese(number), str(number))):
        yield f"{body}第{count}次会议"
    for count in (ordinal(number), short_ordinal(number)):
        yield f"{count} meeting of {body}"
        yield f"{count} meeting of the {body}"
        yield f"{body}'s {count} meeting"
