-- One row a pair of skills that at least two sheets name together: how many sheets name each and both, and the lift
-- (how many times more often together than if they were independent). Labels are compared without case.
WITH named AS (SELECT DISTINCT sheet_id, lower(label) AS skill FROM skills),
frequency AS (SELECT skill, count(*) AS sheets FROM named GROUP BY skill),
total AS (SELECT count(*) AS sheets FROM sheets)
SELECT
    a.skill AS skill_a, b.skill AS skill_b, fa.sheets AS sheets_a, fb.sheets AS sheets_b, count(*) AS sheets_both,
    count(*) * any_value(total.sheets) / (fa.sheets * fb.sheets) AS lift
FROM named a
JOIN named b ON a.sheet_id = b.sheet_id AND a.skill < b.skill
JOIN frequency fa ON fa.skill = a.skill
JOIN frequency fb ON fb.skill = b.skill
CROSS JOIN total
GROUP BY a.skill, b.skill, fa.sheets, fb.sheets
HAVING count(*) >= 2
ORDER BY lift DESC, sheets_both DESC, skill_a, skill_b
