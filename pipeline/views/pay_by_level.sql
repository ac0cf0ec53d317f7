-- One row a minimum level, career stage and way of knowing (stated, derived …): how many yearly pays of `gross_pay`, of how
-- many sheets, and their quartiles.
SELECT
    minimum_level, stage, annual_is, count(*) AS pays, count(DISTINCT sheet_id) AS sheets,
    quantile_cont(annual_middle, 0.25) AS lower_quartile, median(annual_middle) AS median,
    quantile_cont(annual_middle, 0.75) AS upper_quartile
FROM gross_pay
GROUP BY minimum_level, stage, annual_is
ORDER BY minimum_level NULLS LAST, array_position(['entry', 'experienced', 'senior'], stage) NULLS LAST, annual_is
