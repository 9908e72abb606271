"""Project of the app. Core stands beside it: `apps/core` when rendered, `templates/core/…` in the kit."""

import os
import sys
from pathlib import Path

APP_ROOT = Path(__file__).resolve().parent.parent
_CANDIDATES = (APP_ROOT.parent / "core", APP_ROOT.parent.parent / "core" / APP_ROOT.name)

os.environ.setdefault("KIT_APP_ROOT", str(APP_ROOT))
for _place in _CANDIDATES:
    if (_place / "core" / "__init__.py").is_file() and str(_place) not in sys.path:
        sys.path.insert(0, str(_place))
        break
