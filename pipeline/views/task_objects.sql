-- One row a task with a head verb: the verb and the first word of what it acts on (the word after the verb, its preposition
-- and its article; null where that is a word without content or another verb). A rough guide to read lists by, no analysis of the sentence.
WITH following AS (
    SELECT task_id, sheet_id, position, verb, label, regexp_extract(
        lower(label),
        '^(?:s''|se )?\S+ (?:(?:\S+ment|aussi|alors|souvent|parfois|également|ensuite|enfin|notamment) |et \S+ )?(?:à |au |aux |de |du |d''|en |sur |avec |auprès |dans |chez |par |pour )?(?:l''|d''|de |des |du |la |le |les |un |une |son |sa |ses |leur |leurs |ce |cette |ces |tout |tous |toute |toutes |différents |différentes |nombreux |nombreuses |nouveaux |nouvelles |bon |bonne )*([\wà-ÿœ-]{3,})',
        1) AS word
    FROM tasks
    WHERE verb IS NOT NULL
)
SELECT task_id, sheet_id, verb,
    CASE WHEN word NOT IN ('', 'que', 'qui', 'dans', 'avec', 'pour', 'par', 'sur', 'comme', 'aussi', 'ainsi', 'alors', 'souvent',
                           'des', 'les', 'leur', 'ceux', 'celle', 'tout', 'ensemble', 'lui-même', 'elle-même', 'plusieurs',
                           'auprès', 'après', 'avant', 'près', 'chez', 'vers', 'sous', 'entre', 'non', 'pas', 'plus', 'abord',
                           'depuis', 'dès', 'soit', 'afin', 'lors', 'selon', 'pendant', 'durant', 'grâce', 'contre', 'lorsque',
                           'dont', 'jusqu', 'notamment', 'parfois', 'régulièrement', 'toujours', 'directement', 'également')
           AND word NOT IN (SELECT verb FROM tasks WHERE verb IS NOT NULL)
         THEN word END AS object,
    label
FROM following
ORDER BY sheet_id, position
