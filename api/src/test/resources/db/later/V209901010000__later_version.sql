-- What a later version of the service may do to the tables: only add.
alter table users add column locale text;
create table suspensions (
    membership uuid primary key
);
