-- A share of a table that only grows would let ever more rows gather until they are vacuumed. After so many instead, the new pages are
-- visited once, frozen at once and never again, however long history is: no vacuum has to read all of it because transaction numbers
-- run out, and what is read by an index alone need not look at the table.
alter table events set (
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_freeze_min_age = 0
);
