-- The shelf, first form. Times are UTC in ISO 8601; a revision grows by one with every change.

create table short_links (
    code text primary key,
    link text not null,
    created text not null
) strict;

create table views (
    id text primary key,
    title text not null,
    note text not null,
    link text not null,
    words text not null,
    author text not null,
    created text not null,
    changed text not null,
    revision integer not null,
    pinned text not null
) strict;

create table meetings (
    id text primary key,
    title text not null,
    note text not null,
    created text not null,
    changed text not null,
    revision integer not null
) strict;

create table steps (
    meeting_id text not null references meetings (id) on delete cascade,
    nr integer not null,
    view_id text not null references views (id),
    primary key (meeting_id, nr)
) strict;

create index steps_by_view on steps (view_id);
