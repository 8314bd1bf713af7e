-- What alone a token is good for; null for everything, as it is of all tokens that there were.
alter table tokens add column scopes text[];
