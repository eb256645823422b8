"""督办 (Duban): turns government work reports into supervision ledgers."""

__version__ = "0.1.0"
