-- The sums of the intervals that begin in each civil day, 32 days a row: the use of each day from the row's first up to the
-- last that is known, with a comma between two, nothing for a day of which nothing is known and ~ behind one of which part
-- was estimated. Rows are numbered from 1970-01-01, those before it below 0.
create table daily_use (
    service_point text not null references service_point (id),
    stretch bigint not null,
    days text not null,
    primary key (service_point, stretch)
) /* in SQLite: without rowid */;

with recursive place (n) as (select 0 union all select n + 1 from place where n < 31)
insert into daily_use (service_point, stretch, days)
select s.service_point, s.stretch,
    string_agg(coalesce(d.usage || case when d.estimated > 0 then '~' else '' end, ''), ',' order by p.n)
from (
    select service_point, (day + 3200000) / 32 - 100000 as stretch, max(day) as newest
    from day_use group by service_point, (day + 3200000) / 32 - 100000
) s
join place p on s.stretch * 32 + p.n <= s.newest
left join day_use d on d.service_point = s.service_point and d.day = s.stretch * 32 + p.n
group by s.service_point, s.stretch;

drop table day_use;
