"""What a camera wrote into a photo, read before the photo is drawn anew without it."""

import datetime as dt
from typing import IO, Any

from PIL import ExifTags, Image, UnidentifiedImageError

from sabilulungan.rules.places import PhotoTrace, Position


def trace_of(upload: IO[bytes]) -> PhotoTrace:
    """Return position and time of a photo. What is missing, unreadable or impossible is None: no photo is refused."""
    upload.seek(0)
    try:
        with Image.open(upload, formats=["JPEG", "PNG"]) as image:
            exif = image.getexif()
            gps, details = exif.get_ifd(ExifTags.IFD.GPSInfo), exif.get_ifd(ExifTags.IFD.Exif)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return PhotoTrace()
    return PhotoTrace(_position(gps), _time(details.get(ExifTags.Base.DateTimeOriginal)))


def _position(gps: dict[int, Any]) -> Position | None:
    tags = ExifTags.GPS
    latitude = _degrees(gps.get(tags.GPSLatitude), gps.get(tags.GPSLatitudeRef), "S")
    longitude = _degrees(gps.get(tags.GPSLongitude), gps.get(tags.GPSLongitudeRef), "W")
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return latitude, longitude


def _degrees(parts: Any, half: Any, negative: str) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    return -value if half == negative else value


def _time(text: Any) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(str(text).strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - cameras write no zone
    except ValueError:
        return None
