-- One row a minimum level, career stage and way of knowing (stated, derived …): how many gross yearly pays in euros, of how
-- many sheets, and their quartiles. Net pay and apprentices' pay are left out; a pay whose basis is unstated counts as gross.
SELECT
    minimum_level, stage, annual_is, count(*) AS pays, count(DISTINCT sheet_id) AS sheets,
    quantile_cont(annual_middle, 0.25) AS lower_quartile, median(annual_middle) AS median,
    quantile_cont(annual_middle, 0.75) AS upper_quartile
FROM annual_pay
WHERE annual_is IS NOT NULL AND currency = 'EUR' AND basis IS DISTINCT FROM 'net' AND status IS DISTINCT FROM 'apprentice'
GROUP BY minimum_level, stage, annual_is
ORDER BY minimum_level NULLS LAST, array_position(['entry', 'experienced', 'senior'], stage) NULLS LAST, annual_is
