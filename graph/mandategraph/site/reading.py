"""The words of the page on how to read the others, in both languages."""

from __future__ import annotations

READING: tuple[tuple[str, tuple[str, str], tuple[tuple[str, str], ...]], ...] = (
    (
        "three-kinds-of-no",
        ("Three kinds of no", "三种“否”"),
        (
            (
                "No. The documents say so: they speak of the matter, and what they say is no. A meeting that a "
                "note reports as not held was not held.",
                "否。文件明确这样说：文件谈到此事，而答案是否定的。例如说明中报告某次会议没有举行。",
            ),
            (
                "Not stated. A document that covers the time and the matter is silent. It may have been so or "
                "not; the documents do not tell. "
                "Who “some Parties” are is not stated.",
                "未述及。涵盖该时期和事项的文件没有说明。可能是，也可能不是，文件没有讲。例如“一些缔约方”是谁，文件未述及。",
            ),
            (
                "Not covered. The matter lies outside the time or the scope of every document here. Silence "
                "then means nothing at all.",
                "未涵盖。该事项超出这里所有文件的时期或范围，没有提到并不说明任何问题。",
            ),
            (
                "An empty table would hide which of the three it is. Here every answer says it.",
                "一张空表看不出是哪一种；这里的每个答案都会说明。",
            ),
        ),
    ),
    (
        "plan-and-fact",
        ("Plan and fact", "计划与实际"),
        (
            (
                "A plan and a report are two statements of two documents. Neither overwrites the other: both "
                "are shown side by side, "
                "and what changed between them is worked out. A reason is given only where a document gives one.",
                "计划和报告是两份文件的两项陈述，互不覆盖：并列显示，并比较其变动。只有文件说明了原因时才列出原因。",
            ),
            (
                "Dates are never made more precise than the documents have them: “January or February”, “to be "
                "confirmed”, or one range "
                "for two meetings stay what they are, and are drawn dashed.",
                "日期不会比文件更精确：“1月或2月”“待确认”或两次会议共用的时段都照原样保留，并以虚线表示。",
            ),
        ),
    ),
    (
        "how-firm",
        ("How firm: will, is expected to, may", "承诺程度：将、预计、可"),
        (
            (
                "“Will” is a commitment, “is expected to” less than that, and “may” leaves it open. A row "
                "without such a word counts as "
                "firm. “Done” is a report that it was handed over.",
                "“将”是承诺，“预计”较弱，“可”则留有余地。没有此类词语的表述视为确定。“已完成”表示文件报告已经提交。",
            ),
        ),
    ),
    (
        "basis",
        ("What an answer rests on", "答案的依据"),
        (
            (
                "Explicit in the text: it can be read where the source says. Derived by a rule: dates, counts "
                "and comparisons, by a rule "
                "that is named. An interpretation: our reading, told as one, with its reason.",
                "文本明确载明：在出处可直接读到。按规则推导：日期、数量和比较，规则均有说明。解释：我们的解读，如实标明并附理由。",
            ),
            (
                "A source names the document, the place in it and the line of its text, with a few words of the "
                "original.",
                "出处注明文件、位置和文本行号，并附原文几个字。",
            ),
        ),
    ),
)
"""The page on how to read the others: (anchor, title, paragraphs)."""
