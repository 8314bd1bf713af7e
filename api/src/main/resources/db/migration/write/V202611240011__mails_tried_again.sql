-- Since when a mail is tried: from its event on, or since an operator has asked for it to be tried again.
alter table mails add column tried_since timestamptz;
update mails set tried_since = created_at;
alter table mails alter column tried_since set default now(), alter column tried_since set not null;
create index mails_parked on mails (done_at) where outcome = 'PARKED';
