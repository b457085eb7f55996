"""The meetings of the overview of consultations and what its footnotes hang on, as read in it by hand."""

from __future__ import annotations

HANDLE = "overview-after-WG2020-2"

# place, line, first day, last day, mode, published code (or "-"), kinds
MEETINGS = """
paragraph-2.1   5  2019-08-27 2019-08-30 in-person  WG2020-1             -
paragraph-2.2   5  2020-02-24 2020-02-29 in-person  WG2020-2             -
paragraph-9.1  20  2021-02-17 2021-02-26 online     -                    informal-session
paragraph-9.2  20  2021-03-08 2021-03-14 online     -                    informal-session
paragraph-10.1 21  2021-05-03 2021-06-13 online     SBSTTA-24            formal-session
paragraph-10.2 21  2021-05-03 2021-06-13 online     SBI-3                formal-session
paragraph-11.a 24  2020-03-01 2020-03-02 in-person  POST2020-WS-2020-02  consultation
paragraph-11.b 26  2020-03-17 2020-03-20 in-person  DSI-AHTEG-2020-01    expert-meeting
paragraph-11.c 28  2020-04-20 2020-04-23 online     CP-LG-2020-01        committee-meeting
paragraph-11.d 30  2020-07-27 2020-10-08 online     POST2020-WS-2020-04  consultation
paragraph-11.e 32  2020-12-01 2020-12-03 online     -                    dialogue
paragraph-11.f 34  2020-12-01 2020-12-04 online     BCH-IAC-11           committee-meeting
paragraph-12.a 38  2020-08-12 2020-08-12 online     -                    briefing
paragraph-12.b 39  2020-09-23 2020-10-07 online     -                    webinar
paragraph-12.c 41  2020-10-01 2020-10-01 online     -                    webinar
paragraph-12.d 43  2020-12-01 2020-12-01 online     -                    webinar
paragraph-12.e 45  2020-12-09 2020-12-09 online     -                    webinar
paragraph-12.f 47  2021-01-12 2021-01-12 online     -                    webinar
paragraph-12.g 49  2021-02-11 2021-02-11 online     -                    webinar
paragraph-12.h 51  2021-03-23 2021-03-23 online     -                    webinar
paragraph-12.i 53  2021-04-13 2021-04-23 online     -                    forum,conference
paragraph-12.j 55  2021-04-21 2021-05-02 online     -                    webinar,forum
paragraph-12.k 57  2021-06-17 2021-06-18 online     -                    webinar
paragraph-13.a 61  2020-09-15 2020-09-18 online     SBSTTA-SBI-SS-01     special-session
paragraph-13.b 63  2020-12-15 2020-12-16 online     SBSTTA-SBI-SS-02     special-session
paragraph-14.a 66  2020-07-02 2020-07-02 online     -                    webinar
paragraph-14.b 67  2020-07-03 2020-07-03 online     -                    webinar
paragraph-14.c 68  2020-07-07 2020-07-07 online     -                    webinar
paragraph-14.d 69  2021-01-19 2021-01-19 online     SBI-OM-2021-01       briefing
paragraph-14.e 71  2021-01-21 2021-01-21 online     SBI-OM-2021-02       briefing
paragraph-14.f 73  2021-01-26 2021-01-26 online     SBSTTA-OM-2021-01    briefing
paragraph-14.g 75  2021-01-28 2021-01-28 online     SBSTTA-OM-2021-02    briefing
paragraph-14.h 77  2021-02-02 2021-02-02 not-stated SBSTTA-OM-2021-03    briefing
paragraph-15   80  2020-09-30 2020-09-30 online     -                    summit
paragraph-16.a 84  2020-04-30 -          online     -                    process
paragraph-16.b 86  2020-09-18 2020-11-15 online     -                    training
paragraph-16.c 88  2020-11-05 2020-11-05 online     -                    dialogue
paragraph-16.d 90  2020-11-26 2020-11-26 online     -                    dialogue
paragraph-16.e 92  2020-12-17 2020-12-17 online     -                    workshop
paragraph-16.f 93  2021-01-18 2021-02-02 online     -                    workshop
paragraph-16.g 96  2021-03-24 2021-03-24 online     -                    workshop
paragraph-16.h 98  2021-04-13 2021-04-13 online     -                    -
"""

PARTS = """
paragraph-11.d.1 2020-07-27 2020-07-27 webinar
paragraph-11.d.2 2020-07-27 2020-08-17 survey
paragraph-11.d.3 2020-09-07 2020-09-11 forum
paragraph-11.d.4 2020-10-06 2020-10-08 webinar
paragraph-12.b.1 2020-09-23 2020-09-23 -
paragraph-12.b.2 2020-10-07 2020-10-07 -
paragraph-12.j.1 2021-04-21 2021-04-21 webinar
paragraph-12.j.2 2021-04-21 2021-05-02 forum
paragraph-13.a.1 2020-09-15 2020-09-15 launch
paragraph-13.a.2 2020-09-16 2020-09-16 launch
paragraph-13.a.3 2020-09-18 2020-09-18 dialogue
paragraph-16.b.1 2020-09-18 2020-09-27 -
paragraph-16.b.2 2020-11-06 2020-11-15 -
"""

# footnote, its line, the part that carries its mark
FOOTNOTES = """
2 5 paragraph-2 / 3 5 paragraph-2 / 4 5 paragraph-2 / 5 5 paragraph-2 / 6 11 paragraph-6 / 7 14 paragraph-7
8 14 paragraph-7 / 9 14 paragraph-7 / 10 17 paragraph-8 / 11 24 paragraph-11.a / 12 26 paragraph-11.b
13 28 paragraph-11.c / 14 30 paragraph-11.d / 15 32 paragraph-11.e / 16 34 paragraph-11.f / 17 39 paragraph-12.b
18 41 paragraph-12.c / 19 43 paragraph-12.d / 20 45 paragraph-12.e / 21 47 paragraph-12.f / 22 49 paragraph-12.g
23 51 paragraph-12.h / 24 53 paragraph-12.i / 25 55 paragraph-12.j / 26 57 paragraph-12.k / 27 61 paragraph-13.a
28 63 paragraph-13.b / 29 69 paragraph-14.d / 30 71 paragraph-14.e / 31 73 paragraph-14.f / 32 75 paragraph-14.g
33 77 paragraph-14.h / 34 80 paragraph-15 / 35 80 paragraph-15 / 36 84 paragraph-16.a / 37 84 paragraph-16.a
38 86 paragraph-16.b / 39 88 paragraph-16.c / 40 90 paragraph-16.d / 41 93 paragraph-16.f / 42 96 paragraph-16.g
43 98 paragraph-16.h
"""


def table(text: str) -> list[list[str]]:
    return [line.split() for line in text.strip().splitlines()]


def ref(place: str, code: str = "-") -> str:
    return f"meeting:{HANDLE}.{place}" if code == "-" else f"meeting:{code}"
