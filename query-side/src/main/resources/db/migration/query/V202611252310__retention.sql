-- ADR 12. Activities lie in partitions by the day on which they go: those that nobody limits in activities_kept, those of
-- organizations with a retention in activities_until_<day>, which is dropped as a whole. The keeper makes and drops them.
alter table activities rename to activities_kept;
alter table activities_kept add column goes date not null default 'infinity';
create table activities (like activities_kept including defaults) partition by list (goes);
alter table activities attach partition activities_kept for values in ('infinity');

-- Those there are besides activities_kept, and that rows may still be put into.
create table activity_partitions (
    goes date primary key
);

-- What the keeper knows of the trails that have a retention, or had one. No event says what was dropped, so it outlives a rebuild.
--   keeps: for how long, of the organization's plan and setting; null when for ever
--   moved: whether all rows lie where that says
--   dropped: the last sequence number that is gone; what is not after it is never shown again
create table trail_retentions (
    trail   uuid     primary key,
    keeps   interval,
    moved   boolean  not null default false,
    dropped bigint   not null default -1
) with (fillfactor = 80);
create index trail_retentions_moving on trail_retentions (trail) where not moved;

-- The organization's own setting, in days.
alter table organizations add column activity_retention integer;

-- The sequence number from which on a trail's activities are of that time, by halving over the primary key, since times grow
-- with sequence numbers, of which some may be missing. Null for an empty trail.
create function first_since(of_trail uuid, since timestamptz) returns bigint stable language sql as $$
    with recursive ends as (
        select (select sequence from activities where trail = of_trail order by sequence limit 1) as first,
               (select sequence from activities where trail = of_trail order by sequence desc limit 1) + 1 as after),
    halves (low, high) as (
        select first, after from ends
        union all
        select case when middle.at < since then middle.sequence + 1 else halves.low end,
               case when middle.at < since then halves.high else (halves.low + halves.high) / 2 end
        from halves cross join lateral (
            select a.at, a.sequence from activities a
            where a.trail = of_trail and a.sequence >= (halves.low + halves.high) / 2
            order by a.sequence limit 1) middle
        where halves.low < halves.high)
    select low from halves where low >= high
$$;
