-- The rows of `annual_pay` that compare with one another: euros, gross or unstated, over a year, apprentices left out.
SELECT * FROM annual_pay
WHERE annual_is IS NOT NULL AND currency = 'EUR' AND basis IS DISTINCT FROM 'net' AND status IS DISTINCT FROM 'apprentice'
