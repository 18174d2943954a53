//! What a customer reads from the meter (ACC-1).

use billing::number::Number;
use billing::period::Day;
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, Reading, ServicePointId};
use crate::endpoint::{Endpoint, Method};

/// Where a photo of a meter is handed over: `POST` of a JPEG, PNG or WebP picture itself, at most 8 MiB. The reply is a [`Photo`].
pub const PHOTOS_ROUTE: &str = "/api/v1/accounts/{account}/photos";
/// Where it is seen again, as JPEG and without what the camera wrote into it.
pub const PHOTO_ROUTE: &str = "/api/v1/accounts/{account}/photos/{photo}";

/// Bytes of the largest photo.
pub const MOST_PHOTO_BYTES: u64 = 8 << 20;
/// Points of its longest side: a phone's 50 million points pass.
pub const MOST_PHOTO_SIDE: u32 = 8_192;

/// A photo that was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// Its id, for [`PostOwnReading`].
    pub photo: String,
    /// Its width as it is kept.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

/// Hands a reading over. The same request again gives the same reply and adds nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostOwnReading {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// Where.
    #[serde(skip)]
    pub service_point: Option<ServicePointId>,
    /// What the caller calls this request, 1 to 64 characters: a new one for each new reading.
    pub request_id: String,
    /// What the register shows, in register units.
    pub register: Number,
    /// A photo handed over before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
    /// The customer has seen that the reading is far from the usual, and says that it is so.
    #[serde(default)]
    pub confirmed: bool,
}

impl Endpoint for PostOwnReading {
    type Reply = OwnReading;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/service-points/{service_point}/own-readings";

    fn path(&self) -> String {
        path(self.account.as_ref(), self.service_point.as_ref())
    }
}

/// A reading by the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnReading {
    /// As the record keeps it, with the quality `customer`.
    pub reading: Reading,
    /// Its photo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
    /// Units used since the last actual reading.
    pub usage: Number,
    /// Whether that is far from the usual: an employee looks at it.
    pub unlikely: bool,
}

/// Asks for the customer's own readings, and whether one is taken now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetOwnReadings {
    /// Whose.
    pub account: AccountId,
    /// Where.
    pub service_point: ServicePointId,
}

impl Endpoint for GetOwnReadings {
    type Reply = OwnReadings;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = PostOwnReading::ROUTE;

    fn path(&self) -> String {
        path(Some(&self.account), Some(&self.service_point))
    }
}

/// The customer's own readings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnReadings {
    /// The first day on which one is taken for the open period.
    pub opens_on: Day,
    /// The last day.
    pub closes_on: Day,
    /// Whether today is one of them.
    pub open: bool,
    /// The newest actual reading, which a new one may not be below without a roll-over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_actual: Option<Reading>,
    /// Newest first.
    pub readings: Vec<OwnReading>,
}

fn path(account: Option<&AccountId>, point: Option<&ServicePointId>) -> String {
    let text = |id: Option<&String>| id.cloned().unwrap_or_default();
    let (account, point) = (text(account.map(|id| &id.0)), text(point.map(|id| &id.0)));
    format!("/api/v1/accounts/{account}/service-points/{point}/own-readings")
}
