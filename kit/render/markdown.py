"""Profile values in Markdown: words, never markup."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|!~$&:@])")


def plain(text: str) -> str:
    """``text`` as one line of Markdown that reads as the very same words (CommonMark backslash escapes).

    Every run of white space becomes one space, as a reader of the page would see it. For use inside a line, not at
    its start, where a digit or a dash would open a list.
    """
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
