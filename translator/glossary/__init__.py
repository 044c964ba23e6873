"""The glossary: reading it, finding its entries in German text, and keeping translations to it."""
