-- One row a sheet that names a level: the lowest level of education at which it opens its occupation, by the rule of
-- `pipeline/levels.py`: the register's own minimum first, then the first way in of a layout by level, then what is required.
SELECT sheet_id, diploma_id, label, level, years_after_bac, level_inferred, requirement, evidence
FROM (
    SELECT *, row_number() OVER (PARTITION BY sheet_id ORDER BY
        CASE WHEN rule IN ('register-minimum', 'minimum-label') THEN 1
             WHEN rule IN ('level-heading', 'listed-after-school') THEN 2
             WHEN requirement = 'required' AND kind = 'level' THEN 3
             WHEN requirement = 'required' THEN 4
             WHEN kind = 'level' THEN 5 ELSE 6 END,
        level, years_after_bac NULLS LAST, "start") AS rank
    FROM diplomas WHERE level IS NOT NULL
)
WHERE rank = 1
ORDER BY sheet_id
