"""What comes in and goes out: ledgers, CSV, vCard."""
