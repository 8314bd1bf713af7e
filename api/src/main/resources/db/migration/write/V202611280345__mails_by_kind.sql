-- One event can cause mails of several kinds to one account: a change of the e-mail address is mailed to the old and the new one.
alter table mails drop constraint mails_event_id_recipient_key;
alter table mails add unique (event_id, recipient, kind);
