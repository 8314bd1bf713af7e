-- The names and descriptions of an erased person's API tokens are blanked together.
create index tokens_account on tokens (account);
