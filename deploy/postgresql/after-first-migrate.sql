-- Run once, by a superuser, after the first `chartward migrate`: from then on the owner of the tables makes no roles.
ALTER ROLE chartward_owner NOCREATEROLE;
