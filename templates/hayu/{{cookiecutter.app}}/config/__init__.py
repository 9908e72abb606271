"""Project package: finds the sibling `core`, rendered (`apps/core`) or in place (`templates/core/…`)."""

import os
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_PLACES = (_ROOT.parent / "core", _ROOT.parent.parent / "core" / _ROOT.name)

os.environ.setdefault("KIT_APP_ROOT", str(_ROOT))
for _place in _PLACES:
    if (_place / "core" / "region.py").is_file() and str(_place) not in sys.path:
        sys.path.insert(0, str(_place))
