-- By recipient whether done or not: of several indexes for what is not done, a young table without statistics takes any, and so
-- reads all that waits. What is looked up by id or recipient therefore asks for "outcome is null", what is due for "done_at is null".
drop index mails_waiting;
create index mails_of_recipient on mails (recipient, kind);
