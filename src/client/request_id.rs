//! What the portal calls a request that must not be done twice.

/// A name that no other request has.
pub fn new_request_id() -> String {
    // Both are whole numbers below 2^53.
    let chance = (js_sys::Math::random() * 9e15) as u64;
    format!("{:x}-{chance:x}", js_sys::Date::now() as u64)
}
