"""A good profile: typed, with every layer applied."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.profile import files, official
from kit.profile.schema.root import ProfileData

# Who holds a post changes and is the region's to say: without a name, documents carry a line to sign over.
NAME_BLANK = "…" * 12


@dataclass(frozen=True)
class Profile:
    """``data``: the typed values; ``path``: the region.yml they come from, None when made in memory."""

    data: ProfileData
    path: Path | None = None

    @property
    def code(self) -> str:
        """Official code, ``52.71``."""
        return self.data.region.code

    @property
    def slug(self) -> str:
        """``kota-mataram``."""
        return official.slug(official.regions()[self.code])

    @property
    def folder_name(self) -> str:
        """``52.71-kota-mataram``: name of the profile's folder and of the rendered tree."""
        return f"{self.code}-{self.slug}"

    def as_context(self) -> dict[str, Any]:
        """Plain data (JSON types only) of every section, ready to render.

        Addresses end with a slash. Every person has ``named``; without a name, ``name`` is a dotted line.
        Dates are ISO text, decimals text. No secret is in it.
        """
        context = self.data.model_dump(mode="json")
        context["region"]["slug"] = self.slug
        urls = context["net"]["base_url"]
        context["net"]["base_url"] = {app: url if url.endswith("/") else f"{url}/" for app, url in urls.items()}
        persons = [context["officials"][post] for post in ("head", "deputy", "secretary", "pse_registrar")]
        persons += [office["head"] for office in context["offices"].values() if isinstance(office, dict)]
        for person in persons:
            person["named"] = person["name"] is not None
            person["name"] = person["name"] or NAME_BLANK
        return context

    def files(self) -> dict[str, Path]:
        """Files the profile names, by dotted field: ``{"brand.emblem": …/emblem.svg}``. Checked when it was loaded."""
        if self.path is None:
            return {}
        plain = self.data.model_dump(mode="json")
        found = {}
        for field, _ in files.named(plain):
            value: Any = plain
            for key in field:
                value = value[key]
            if value:
                found[".".join(field)] = self.path.parent / value
        return found

    def territory(self) -> tuple[official.Place, ...]:
        """Rows of ``wilayah.csv``."""
        return official.territory(self.code)

    def holidays(self) -> list[official.Holiday]:
        """Rows of ``holidays.csv``: national days and the region's own, in order."""
        own = [official.Holiday(day.date.isoformat(), "region", day.name) for day in self.data.calendar.holidays]
        return sorted([*official.holidays(), *own], key=lambda day: (day.date, day.kind, day.name))
