"""One sign that something should be looked into."""

from dataclasses import dataclass

from core.models import User
from hayu.models import Report, Supervision


@dataclass(frozen=True, slots=True)
class Sign:
    """The check that found it, what it found in one sentence, and the page to begin at.

    `about` is what that page shows, where not everybody who reads the signs may open it.
    """

    check: str
    sentence: str
    url: str = ""
    about: Report | Supervision | None = None

    def opens_to(self, user: User) -> bool:
        """Return whether a person may open the page of this sign."""
        if self.about is None:
            return bool(self.url)
        kind = "report" if isinstance(self.about, Report) else "supervision"
        return user.has_perm(f"hayu.view_{kind}", self.about)
