"""What the program is, of which version, and under which licences its parts stand."""
