-- The words that occur in the searchable texts, with how often.
select word, occurrences from search_words order by word
