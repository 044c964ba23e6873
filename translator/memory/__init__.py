"""The translation memory: nothing is translated twice, and no correction is ever lost."""
