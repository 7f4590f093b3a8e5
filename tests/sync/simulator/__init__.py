"""A seeded simulator of a team: laptops, a shared folder, and everything that goes wrong."""
