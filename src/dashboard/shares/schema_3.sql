-- Third form: what a row says is checked when it is read (digests.py). Empty: never sealed, which counts as damaged.

alter table short_links add column digest text not null default '';

alter table views add column digest text not null default '';

alter table meetings add column digest text not null default '';
