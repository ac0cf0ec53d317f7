"""What the rules know of the French language: sentences, clauses, verbs, genders, names of occupations; and spaCy."""
