-- The words that occur in the searchable texts, with how often: the shortest first, as word_index.py wants them.
select word, occurrences from search_words order by length(word), word
