-- Which master key this database was begun with: a keyed hash of a constant, in one row.
create table master_key (
    one boolean primary key default true check (one),
    check_value bytea not null
);
