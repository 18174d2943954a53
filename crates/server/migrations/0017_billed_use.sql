-- What each part of a bill charged, as a list shows it: a bill is added, never changed, and everybody's Overview looks at
-- the newest, which the parts and their service points no longer need to be looked for.
alter table bill add column usages text not null default '';
update bill set usages = coalesce((select string_agg(u.text, ',') from (
    select s.commodity || ' ' || p.usage || ' ' || p.quality || ' ' || s.unit as text
    from bill_part p join service_point s on s.id = p.service_point where p.bill = bill.id order by p.place
) u), '');
