-- One row a skill: in how many sheets it is named, what share of all sheets that is, its most frequent category, and how
-- many sheets say that it is required. Labels are compared without case.
SELECT
    lower(label) AS skill, mode(category) AS category, count(DISTINCT sheet_id) AS sheets,
    count(DISTINCT sheet_id) / (SELECT count(*) FROM sheets) AS share,
    count(DISTINCT sheet_id) FILTER (requirement = 'required') AS sheets_required
FROM skills
GROUP BY lower(label)
ORDER BY sheets DESC, skill
