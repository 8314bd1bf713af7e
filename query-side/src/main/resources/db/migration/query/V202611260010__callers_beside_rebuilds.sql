-- When another process than the one that builds last had callers: it cannot see them, and gives way to them all the same.
alter table rebuilds add column callers timestamptz;
