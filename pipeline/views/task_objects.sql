-- One row a task with a head verb: the verb and the first word of what it acts on (the word after the verb and its article;
-- a rough guide to read lists by, no analysis of the sentence).
SELECT
    task_id, sheet_id, verb,
    nullif(regexp_extract(
        lower(label),
        '^(?:s''|se )?\S+ (?:\S+ment |et \S+ )?(?:à |au |aux |de |du |des |d''|en |sur |avec )?(?:l''|la |le |les |un |une |son |sa |ses |leur |leurs |tout |tous |toute |toutes )*([\wà-ÿ-]{3,})',
        1), '') AS object,
    label
FROM tasks
WHERE verb IS NOT NULL
ORDER BY sheet_id, position
