-- One row an origin (the publisher, else the folder or archive that its sheets lay in): how many sheets, and the share of
-- them with at least one row of each kind of record.
SELECT
    o.origin, count(*) AS sheets,
    avg((s.sheet_id IN (SELECT sheet_id FROM salaries))::INT) AS with_salary,
    avg((s.sheet_id IN (SELECT sheet_id FROM diplomas))::INT) AS with_diploma,
    avg((s.sheet_id IN (SELECT sheet_id FROM tasks))::INT) AS with_task,
    avg((s.sheet_id IN (SELECT sheet_id FROM skills))::INT) AS with_skill,
    avg((s.sheet_id IN (SELECT sheet_id FROM codes))::INT) AS with_code,
    avg((s.published IS NOT NULL OR s.modified IS NOT NULL)::INT) AS with_date
FROM sheets s
JOIN occupations o USING (sheet_id)
GROUP BY o.origin
ORDER BY sheets DESC, o.origin
