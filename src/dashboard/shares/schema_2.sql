-- Second form: who was let in. A person and a sign-in are digests; a key is kept as the digest of its text.

create table ended (
    session text primary key,
    until text not null
) strict;

create table signed_out (
    person text primary key,
    before text not null
) strict;

create table calendar_keys (
    digest text primary key,
    person text not null,
    label text not null,
    created text not null,
    good_until text not null
) strict;

create index calendar_keys_by_person on calendar_keys (person);
