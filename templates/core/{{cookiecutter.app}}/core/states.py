"""How a state looks to people: a word, a tone, an icon and one sentence on what is so now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TONES = ("neutral", "progress", "waiting", "good", "bad")


@dataclass(frozen=True, slots=True)
class StateLook:
    """Label (one plain word or two), tone (never colour alone), icon name and sentence of a state."""

    label: str
    tone: str
    icon: str
    sentence: str = ""

    def __post_init__(self) -> None:
        """Refuse an unknown tone at start, not on a page."""
        if self.tone not in TONES:
            raise ValueError(f"Tone {self.tone!r} is none of {', '.join(TONES)}.")


def look_of(source: Any) -> StateLook:
    """Return the look of a state: of an object whose model has `STATES`, or of a StateLook itself.

    Raises KeyError when the model's STATES lacks the object's state.
    """
    if isinstance(source, StateLook):
        return source
    looks: Mapping[str, StateLook] = source.STATES
    return looks[source.state]
