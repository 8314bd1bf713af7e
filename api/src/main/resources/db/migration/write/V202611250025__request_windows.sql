-- How many requests each caller's window of time has been leased to processes. The caller is a keyed hash. Losing all of it gives away
-- one window at the most, so it is not worth a write to the log.
create unlogged table request_windows (
    caller  text        primary key,
    used    integer     not null,
    granted integer     not null,
    ends    timestamptz not null
) with (fillfactor = 70);
create index request_windows_ends on request_windows (ends);
