-- What the shelf is asked. Each statement stands under its name.

-- add_link
insert into short_links (code, link, created) values (:code, :link, :now);

-- link_of_code
select code, link, created, digest from short_links where code = :code;

-- count_links
select count(*) as number from short_links;

-- seal_link
update short_links set digest = :digest where code = :code;

-- all_links
select code, link, created, digest from short_links order by code;

-- change_link
update short_links set link = :link where code = :code;

-- drop_link
delete from short_links where code = :code;

-- add_view
insert into views (id, title, note, link, words, author, created, changed, revision, pinned)
values (:id, :title, :note, :link, :words, :author, :now, :now, 1, :pinned);

-- all_views
select id, title, note, link, words, author, created, changed, revision, pinned, digest
from views
order by created desc, rowid desc;

-- one_view
select id, title, note, link, words, author, created, changed, revision, pinned, digest
from views
where id = :id;

-- seal_view
update views set digest = :digest where id = :id;

-- count_views
select count(*) as number from views;

-- rename_view
update views set title = :title, note = :note, changed = :now, revision = revision + 1
where id = :id and revision = :revision;

-- rewrite_view
update views set link = :link, words = :words, revision = revision + 1 where id = :id;

-- drop_view
delete from views where id = :id and revision = :revision;

-- meetings_of_view
select distinct title from meetings join steps on meeting_id = meetings.id where view_id = :id order by title;

-- add_meeting
insert into meetings (id, title, note, created, changed, revision) values (:id, :title, :note, :now, :now, 1);

-- all_meetings
select id, title, note, created, changed, revision, digest from meetings order by created desc, rowid desc;

-- one_meeting
select id, title, note, created, changed, revision, digest from meetings where id = :id;

-- seal_meeting
update meetings set digest = :digest where id = :id;

-- count_meetings
select count(*) as number from meetings;

-- all_steps
select meeting_id, view_id from steps order by meeting_id, nr;

-- steps_of_meeting
select view_id from steps where meeting_id = :id order by nr;

-- rename_meeting
update meetings set title = :title, note = :note, changed = :now, revision = revision + 1
where id = :id and revision = :revision;

-- touch_meeting
update meetings set changed = :now, revision = revision + 1 where id = :id and revision = :revision;

-- clear_steps
delete from steps where meeting_id = :id;

-- add_step
insert into steps (meeting_id, nr, view_id) values (:id, :nr, :view_id);

-- drop_meeting
delete from meetings where id = :id and revision = :revision;

-- end_session
insert into ended (session, until) values (:session, :until) on conflict (session) do nothing;

-- drop_past_sessions
delete from ended where until < :now;

-- is_ended
select 1 as yes from ended where session = :session
union all
select 1 from signed_out where person in (:person, :everybody) and before > :since;

-- sign_out
insert into signed_out (person, before) values (:person, :before)
on conflict (person) do update set before = max(before, excluded.before);

-- add_key
insert into calendar_keys (digest, person, label, created, good_until)
values (:digest, :person, :label, :now, :good_until);

-- count_keys
select count(*) as number from calendar_keys where person = :person;

-- keys_of_person
select digest, label, created, good_until from calendar_keys where person = :person order by created, rowid;

-- good_key
select person from calendar_keys where digest = :digest and good_until > :now;

-- keep_keys
update calendar_keys set good_until = :good_until where person = :person and good_until < :renewed_below;

-- keys_to_keep
select count(*) as number from calendar_keys where person = :person and good_until < :renewed_below;

-- drop_key
delete from calendar_keys where digest = :digest and person = :person;

-- drop_keys
delete from calendar_keys where :person in (person, :everybody);
