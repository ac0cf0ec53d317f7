-- One row a stated pay: what the sheet says beside what follows from it over a year, with the occupation's name, who says
-- it (`origin`) and the minimum level of the sheet. `annual_is` tells how the annual amounts came about: 'stated' (the sheet
-- gives a year's pay), 'derived' (from another period), 'period inferred' (the period itself was inferred from the amount),
-- 'estimated' (from the SMIC), null for none.
SELECT
    p.salary_id, p.sheet_id, o.occupation, o.occupation_key, o.origin, s.publisher, o.minimum_level,
    p.stage, p.status, p.basis, p.currency,
    p.minimum AS stated_minimum, p.maximum AS stated_maximum, p.period, p.months_paid, p.variable, p.smic_multiple,
    p.annual_minimum, p.annual_maximum,
    CASE WHEN p.annual_minimum IS NULL AND p.annual_maximum IS NULL THEN NULL
         WHEN p.annual_estimated THEN 'estimated'
         WHEN p.period_inferred THEN 'period inferred'
         WHEN p.period = 'year' THEN 'stated'
         ELSE 'derived' END AS annual_is,
    (coalesce(p.annual_minimum, p.annual_maximum) + coalesce(p.annual_maximum, p.annual_minimum)) / 2 AS annual_middle,
    p.evidence
FROM salaries p
JOIN sheets s USING (sheet_id)
JOIN occupations o USING (sheet_id)
ORDER BY p.sheet_id, p.start, p."end"
