-- One row a sheet: its preferred title with both forms, and lists of its other names and of where it leads.
SELECT
    s.sheet_id, s.source, s.publisher,
    max(t.label) FILTER (t.kind = 'preferred') AS preferred,
    max(t.feminine) FILTER (t.kind = 'preferred') AS feminine,
    max(t.masculine) FILTER (t.kind = 'preferred') AS masculine,
    coalesce(list(t.label ORDER BY t.start, t.label) FILTER (t.kind = 'alternate'), []) AS alternates,
    coalesce(list(t.label ORDER BY t.start, t.label) FILTER (t.kind = 'career'), []) AS careers
FROM sheets s
LEFT JOIN titles t USING (sheet_id)
GROUP BY ALL
ORDER BY s.sheet_id
