-- Until when a receiver asked, by Retry-After, to be sent nothing.
alter table webhook_feeds add column paused_until timestamptz;
