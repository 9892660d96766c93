-- Records that contain every word, or one of its two substitutes; the clearest hits first. At most twelve words.
with
hits as (
    select table_name, record_id, coalesce(label, record_id) as label, label_nl, label_en, label_language,
        concat(coalesce(label, record_id), ' ', coalesce(label_nl, ''), ' ', coalesce(label_en, '')) as names,
    from search_texts
    where (contains(content, fold($words[1])) or contains(content, $second[1]) or contains(content, $third[1]))
        and ($words[2] is null or contains(content, fold($words[2])) or contains(content, $second[2]) or contains(content, $third[2]))
        and ($words[3] is null or contains(content, fold($words[3])) or contains(content, $second[3]) or contains(content, $third[3]))
        and ($words[4] is null or contains(content, fold($words[4])) or contains(content, $second[4]) or contains(content, $third[4]))
        and ($words[5] is null or contains(content, fold($words[5])) or contains(content, $second[5]) or contains(content, $third[5]))
        and ($words[6] is null or contains(content, fold($words[6])) or contains(content, $second[6]) or contains(content, $third[6]))
        and ($words[7] is null or contains(content, fold($words[7])) or contains(content, $second[7]) or contains(content, $third[7]))
        and ($words[8] is null or contains(content, fold($words[8])) or contains(content, $second[8]) or contains(content, $third[8]))
        and ($words[9] is null or contains(content, fold($words[9])) or contains(content, $second[9]) or contains(content, $third[9]))
        and ($words[10] is null or contains(content, fold($words[10])) or contains(content, $second[10]) or contains(content, $third[10]))
        and ($words[11] is null or contains(content, fold($words[11])) or contains(content, $second[11]) or contains(content, $third[11]))
        and ($words[12] is null or contains(content, fold($words[12])) or contains(content, $second[12]) or contains(content, $third[12]))
),

ranked as (
    select
        *,
        not exists (
            select 1
            from (
                select unnest($words) as word, unnest($second) as second_word, unnest($third) as third_word
            ) as asked
            where not contains(fold(hits.names), fold(asked.word))
                and not contains(fold(hits.names), asked.second_word)
                and not contains(fold(hits.names), asked.third_word)
        ) as in_label,
        list_position(
            ['people', 'events', 'trainings', 'projects', 'funding', 'series', 'organisations', 'places', 'sources'],
            table_name
        ) as place,
    from hits
)

select table_name, record_id, label, label_nl, label_en, label_language, in_label, (select count(*) from hits) as total
from ranked
order by in_label desc, place, label, record_id
limit $limit
