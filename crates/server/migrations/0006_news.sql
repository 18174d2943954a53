-- By this each server learns which accounts have alerts that another one raised.
create index alert_sequence on alert (sequence);
