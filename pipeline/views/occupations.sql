-- One row a sheet: its occupation in a form that sheets of several publishers share (`occupation_key`: the masculine form
-- where there is one, without case, accents and what stands in brackets), who says it (`origin`: the publisher, else the
-- folder or archive that the sheet lay in), the ROME code that it states and its minimum level.
SELECT
    s.sheet_id, s.source, t.label AS occupation,
    trim(regexp_replace(lower(strip_accents(coalesce(t.masculine, t.label))), '\s*\(.*', '')) AS occupation_key,
    coalesce(s.publisher, nullif(regexp_extract(s.source, '([^/!]+)[/!][^/!]*$', 1), ''), 'unnamed') AS origin,
    (SELECT min(c.value) FROM codes c WHERE c.sheet_id = s.sheet_id AND c.scheme = 'rome') AS rome,
    m.level AS minimum_level
FROM sheets s
LEFT JOIN titles t ON t.sheet_id = s.sheet_id AND t.kind = 'preferred'
LEFT JOIN minimum_level m ON m.sheet_id = s.sheet_id
ORDER BY s.sheet_id
