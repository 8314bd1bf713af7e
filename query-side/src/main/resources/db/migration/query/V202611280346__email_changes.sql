-- The change of the e-mail address that waits for confirmations.
alter table accounts
    add column next_email         text,
    add column next_email_link    uuid,
    add column old_email_confirms boolean;
