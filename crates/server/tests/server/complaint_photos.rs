//! Photos and words that are added to a complaint: kept as they are, without the place where they were taken.

use std::io::Cursor;

use api::complaint_requests::Complaints;
use api::complaints::Complaint;
use api::own_readings::Photo;
use image::{DynamicImage, ImageFormat};

use crate::common::record::{FLAT, VILLA};
use crate::complaints::{DISPUTE, get, kept_photo, photo, post, refusal, with_bills};

#[tokio::test]
async fn photos_and_words_are_added_and_kept_as_they_are() {
    for app in with_bills().await {
        let first = kept_photo(&app, VILLA).await;
        let script = r#"<script>alert('x')</script> <img src=x onerror=alert(1)> \u202e "#;
        let body = DISPUTE.replace(
            r#""text":"The meter shows less.""#,
            &format!(r#""text":"{script}","photos":["{first}"]"#),
        );
        let filed: Complaint = post(&app, VILLA, "complaints", &body).await.json();
        assert_eq!(filed.text, "<script>alert('x')</script> <img src=x onerror=alert(1)> \u{202e}");
        assert_eq!(filed.evidence.len(), 1);
        assert_eq!(filed.evidence[0].photos, std::slice::from_ref(&first));
        let second = kept_photo(&app, VILLA).await;
        let body = format!(r#"{{"request_id":"e","text":"<b>And</b>","photos":["{second}"]}}"#);
        let added: Complaint = post(&app, VILLA, "complaints/2002-C1/evidence", &body).await.json();
        let again: Complaint = post(&app, VILLA, "complaints/2002-C1/evidence", &body).await.json();
        assert_eq!(again, added, "once");
        assert_eq!((added.evidence.len(), added.steps.len()), (2, 2));
        assert_eq!(
            (added.evidence[1].text.as_str(), &added.evidence[1].photos),
            ("<b>And</b>", &vec![second])
        );
        let other = body.replace("And", "Or");
        let reply = post(&app, VILLA, "complaints/2002-C1/evidence", &other).await;
        assert_eq!(refusal(&reply), (409, "repeat-conflict".into(), None));
        let known = format!(r#"{{"request_id":"f","photos":["{first}"]}}"#);
        let reply = post(&app, VILLA, "complaints/2002-C1/evidence", &known).await;
        assert_eq!(refusal(&reply), (422, "value-invalid".into(), Some("/photos/0".into())));
    }
}

#[tokio::test]
async fn a_complaint_holds_six_photos_and_no_strangers() {
    for app in with_bills().await {
        let foreign = kept_photo(&app, FLAT).await;
        let mut own = Vec::new();
        for _ in 0..7 {
            own.push(kept_photo(&app, VILLA).await);
        }
        // The next quarter of an hour.
        app.state.clock.set(app.state.clock.now() + 1_000);
        let with = |photos: &[String]| {
            let photos = photos.iter().map(|photo| format!(r#""{photo}""#)).collect::<Vec<_>>().join(",");
            format!(r#"{{"request_id":"p","kind":"voltage","text":"x","photos":[{photos}]}}"#)
        };
        let twenty: Vec<String> = (0..20).map(|at| format!("photo-{at}")).collect();
        for (photos, told) in [
            (twenty, (422, "too-many-photos", None)),
            (own.clone(), (422, "too-many-photos", None)),
            (vec![own[0].clone(), foreign], (422, "value-invalid", Some("/photos/1"))),
            (vec![own[0].clone(), own[0].clone()], (422, "value-invalid", Some("/photos/1"))),
            (vec!["none".into()], (422, "value-invalid", Some("/photos/0"))),
        ] {
            let (status, code, field) = refusal(&post(&app, VILLA, "complaints", &with(&photos)).await);
            assert_eq!((status, code.as_str(), field.as_deref()), told, "{photos:?}");
        }
        assert!(get::<Complaints>(&app, VILLA, "complaints").await.complaints.is_empty(), "nothing was kept");
        post(&app, VILLA, "complaints", &with(&own[..6])).await.json::<Complaint>();
        let seventh = format!(r#"{{"request_id":"q","photos":["{}"]}}"#, own[6]);
        let reply = post(&app, VILLA, "complaints/2002-C1/evidence", &seventh).await;
        assert_eq!(refusal(&reply), (422, "too-many-photos".into(), None));
    }
}

/// A JPEG with an EXIF block that says where it was taken, and what is no picture at all.
#[tokio::test]
async fn a_photo_says_nothing_of_where_it_was_taken_and_what_is_no_picture_is_refused() {
    for app in with_bills().await {
        let mut jpeg = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(8, 8).write_to(&mut jpeg, ImageFormat::Jpeg).unwrap();
        let jpeg = jpeg.into_inner();
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"24.7136 N 46.6753 E");
        let mut told = jpeg[..2].to_vec();
        told.extend_from_slice(&[0xff, 0xe1]);
        told.extend_from_slice(&(exif.len() as u16 + 2).to_be_bytes());
        told.extend_from_slice(&exif);
        told.extend_from_slice(&jpeg[2..]);
        let id = photo(&app, VILLA, &told).await.json::<Photo>().photo;
        let body = format!(r#"{{"request_id":"p","kind":"voltage","text":"x","photos":["{id}"]}}"#);
        post(&app, VILLA, "complaints", &body).await.json::<Complaint>();
        let cookie = app.sign_in(VILLA).await;
        let kept = app.get(&format!("/api/v1/accounts/{VILLA}/photos/{id}"), &cookie).await;
        let holds = |bytes: &[u8]| bytes.windows(7).any(|part| part == b"46.6753");
        assert!(holds(&told) && !holds(&kept.body), "the place is forgotten");
        let reply = photo(&app, VILLA, b"<svg onload=alert(1)>").await;
        assert_eq!(refusal(&reply), (422, "photo-kind".into(), None));
    }
}
