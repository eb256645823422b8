"""What the program shows or knows: icons, styles, lexicons, ledger templates."""
