-- Why an operator has locked the organization, for its members.
alter table organizations add column lock_reason text;
