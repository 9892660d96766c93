-- How texts are compared: one folding for search, the text filter, names and ids. Python (intake/folding.py) and Spark
-- (engines/letters.sql) take their tables from the macros here by asking DuckDB, so that the letters stand once.

-- What neither case nor accents tell: letters with a stroke, hook or bar, which do not decompose; all apostrophes, quotation
-- marks, dashes and spaces are one each; what is not seen goes. Wide letters are those of Chinese and Japanese keyboards.
create macro fold_letters(plain) as
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        translate(
            plain,
            'øðđɖɗłƚɫħɦŧʈƭıɨɩȷĸƙſςəǝɛɔɓƀƈƒɠǥɣɲƥɍʂʉʋƴɏƶȥŀ'
            || '’‘‚‛ʼʻʽʾʿˈ′‵´`＇՚׳ꞌˊˋ‹›'
            || '“”„‟«»″‶˝＂〝〞'
            || '‐‑‒–—―−⁃﹘﹣－'
            || 'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ０１２３４５６７８９'
            || chr(160) || chr(5760) || chr(8192) || chr(8193) || chr(8194) || chr(8195) || chr(8196) || chr(8197) || chr(8198)
            || chr(8199) || chr(8200) || chr(8201) || chr(8202) || chr(8239) || chr(8287) || chr(12288)
            || chr(173) || chr(8203) || chr(8204) || chr(8205) || chr(8288) || chr(65279),
            'oddddlllhhtttiiijkksσeeeobbcfgggnprsuvyyzzl'
            || repeat('''', 22)
            || repeat('"', 12)
            || repeat('-', 11)
            || 'abcdefghijklmnopqrstuvwxyz0123456789'
            || repeat(' ', 16)
        ),
        'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ŋ', 'ng'), 'ĳ', 'ij'), 'ŉ', '''n'), 'ﬀ', 'ff'), 'ﬁ', 'fi'), 'ﬂ', 'fl'),
        'ǆ', 'dz'
    );
create macro fold_plain(plain) as
    case when strlen(plain) = length(plain) then replace(plain, '`', '''') else fold_letters(plain) end;  -- ASCII is quick

-- Søren Østergård, SOREN OSTERGARD -> soren ostergard. Letters of other scripts stay, without their accents.
create macro fold(words) as fold_plain(lower(strip_accents(words)));

-- The words of a text, to look for a name in it: Hof, Wil van ’t -> hof wil van t.
create macro fold_words(words) as trim(regexp_replace(fold(words), '[^\pL\pN]+', ' ', 'g'));

-- A name as it stands in a link: Córdoba ES -> cordoba-es. Where letters have no place in a link, ten digits stand for the
-- name, so that no two names have one: Αθήνα GR -> gr-0a38d82b64. Capitals and the accents of an alphabet make no difference,
-- but marks do that are letters of their own, as in Hindi and Japanese.
create macro slug_digits(name) as
    left(md5(fold(name) || regexp_replace(
        lower(nfc_normalize(name)), '[\p{Latin}\p{Greek}\p{Cyrillic}\p{Arabic}\p{Hebrew}\p{Common}\p{Inherited}]+', '', 'g'
    )), 10);
create macro slug_ascii(folded) as trim(regexp_replace(folded, '[^a-z0-9]+', '-', 'g'), '-');
create macro slug(name) as
    case
        when trim(fold(name)) = '' then ''
        when slug_ascii(fold(name)) = '' then slug_digits(name)
        when regexp_matches(fold(name), '[^\x{00}-\x{7F}\pP\pS\pZ\pC]') then slug_ascii(fold(name)) || '-' || slug_digits(name)
        else slug_ascii(fold(name))
    end;
