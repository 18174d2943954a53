//! Green Button files by upload: all of a file or nothing.

use api::meter_files::MeterFileReply;
use api::problem::Problem;
use api::readings::ReadingsKept;

use crate::common::TestApp;
use crate::common::record::{FLAT, FLAT_POWER, FLAT_WATER, on_each_database};

fn feed(readings: &str) -> String {
    format!(
        r#"<feed xmlns="http://www.w3.org/2005/Atom"><entry><content>
        <ReadingType xmlns="http://naesb.org/espi"><powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom></ReadingType>
        </content></entry><entry><content><IntervalBlock xmlns="http://naesb.org/espi">{readings}</IntervalBlock>
        </content></entry></feed>"#
    )
}

fn reading(start: i64, value: i64) -> String {
    format!(
        "<IntervalReading><timePeriod><duration>3600</duration><start>{start}</start></timePeriod><value>{value}</value></IntervalReading>"
    )
}

async fn upload(app: &TestApp, cookie: &str, point: &str, file: &[u8]) -> crate::common::Reply {
    let path = format!("/api/v1/accounts/{FLAT}/service-points/{point}/meter-files");
    app.send("POST", &path, &[("cookie", cookie), ("content-type", "application/xml")], file).await
}

#[tokio::test]
async fn a_file_is_taken_once_however_often_it_comes() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        let file =
            feed(&(reading(1_700_002_800, 1250) + &reading(1_700_006_400, 750) + &reading(1_700_017_200, 1)));
        let reply = upload(&app, &cookie, FLAT_POWER, file.as_bytes()).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        let reply: MeterFileReply = reply.json();
        assert_eq!((reply.readings, reply.total.to_string().as_str(), reply.gaps), (3, "2.001", 1));
        assert_eq!(reply.kept, ReadingsKept { added: 3, repeated: 0, conflicting: 0 });
        let again: MeterFileReply = upload(&app, &cookie, FLAT_POWER, file.as_bytes()).await.json();
        assert_eq!(again.kept, ReadingsKept { added: 0, repeated: 3, conflicting: 0 });
        let other = feed(&reading(1_700_002_800, 1251));
        let other: MeterFileReply = upload(&app, &cookie, FLAT_POWER, other.as_bytes()).await.json();
        assert_eq!(other.kept, ReadingsKept { added: 0, repeated: 0, conflicting: 1 });
        let path = format!(
            "/api/v1/accounts/{FLAT}/service-points/{FLAT_POWER}/consumption?from=2023-11-15&to=2023-11-15&step=day"
        );
        assert!(app.get(&path, &cookie).await.text().contains(r#""usage":"2.001""#));
    }
}

#[tokio::test]
async fn a_file_that_is_refused_leaves_nothing() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        let whole = feed(&reading(1_700_002_800, 1250));
        let cut = &whole.as_bytes()[..whole.len() - 20];
        let bomb = format!(r#"<!DOCTYPE x [<!ENTITY a "aaaa">]>{whole}"#);
        let large = whole.replace("<entry>", &format!("<entry>{}", " ".repeat(65_536)));
        let bad_number = whole.replace("1250", "many");
        let water = whole.replace("<uom>72</uom>", "<uom>42</uom>");
        for (file, status, code) in [
            (&b""[..], 422, "file-empty"),
            (b"{\"json\":1}", 422, "file-kind"),
            (b"<html></html>", 422, "file-kind"),
            (cut, 422, "file-cut-short"),
            (bomb.as_bytes(), 422, "file-damaged"),
            (bad_number.as_bytes(), 422, "file-damaged"),
            (water.as_bytes(), 422, "file-no-energy"),
            (large.as_bytes(), 413, "body-too-large"),
        ] {
            let reply = upload(&app, &cookie, FLAT_POWER, file).await;
            let problem: Problem = reply.json();
            assert_eq!((reply.status, problem.code.as_str()), (status, code), "{}", problem.title);
        }
        let reply = upload(&app, &cookie, FLAT_WATER, whole.as_bytes()).await;
        assert_eq!(reply.status, 422, "a water meter has no kWh");
        let reply: MeterFileReply = upload(&app, &cookie, FLAT_POWER, whole.as_bytes()).await.json();
        assert_eq!(reply.kept.added, 1, "nothing was kept before");
    }
}

/// The length is not told; the limit of these tests is 64 KiB.
#[tokio::test]
async fn a_file_that_grows_beyond_the_limit_is_cut_off() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        let path = format!("/api/v1/accounts/{FLAT}/service-points/{FLAT_POWER}/meter-files");
        let large = feed(&" ".repeat(80_000));
        let body = format!("{:x}\r\n{large}\r\n0\r\n\r\n", large.len());
        let headers = [("cookie", cookie.as_str()), ("transfer-encoding", "chunked")];
        let reply = crate::common::client::send_as_is(app.address, &path, &headers, body.as_bytes()).await;
        assert_eq!(reply.status, 413, "{}", reply.text());
    }
}
