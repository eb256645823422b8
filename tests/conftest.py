"""Every test runs without a display, and never in the user's own folders."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
