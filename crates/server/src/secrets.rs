//! Random secrets and their hashes.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// Six digits that are sent to a holder: one of a million, each as likely.
///
/// # Errors
/// The machine gives no random numbers.
pub fn one_time_code() -> Result<String, getrandom::Error> {
    const CODES: u32 = 1_000_000;
    const FAIR: u32 = u32::MAX - u32::MAX % CODES;
    loop {
        let mut bytes = [0_u8; 4];
        getrandom::fill(&mut bytes)?;
        let number = u32::from_le_bytes(bytes);
        // The few numbers beyond the last full million would make small codes likelier.
        if number < FAIR {
            return Ok(format!("{:06}", number % CODES));
        }
    }
}

/// 256 random bits as text.
///
/// # Errors
/// The machine gives no random numbers.
pub fn token() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

/// What is kept of a secret. Two hashes may be compared in the ordinary way: how far they agree tells nothing of the secret.
#[must_use]
pub fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// The hash of a code. There are only a million codes, so it is mixed with its account: one table does not open all.
#[must_use]
pub fn code_hash(account: &str, code: &str) -> String {
    hash(&format!("{account}\n{code}"))
}

/// Two digits a byte.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes that digits stand for, in either case; none if they are no such digits.
#[must_use]
pub fn bytes(digits: &str) -> Option<Vec<u8>> {
    let digits = digits.as_bytes();
    if !digits.len().is_multiple_of(2) || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    digits.chunks(2).map(|two| u8::from_str_radix(str::from_utf8(two).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_six_digits_and_tokens_256_bits() {
        for _ in 0..100 {
            let code = one_time_code().unwrap();
            assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()), "{code}");
        }
        assert_eq!(token().unwrap().len(), 64);
        assert_ne!(token().unwrap(), token().unwrap());
    }

    #[test]
    fn the_same_code_of_two_accounts_has_two_hashes() {
        assert_ne!(code_hash("1", "123456"), code_hash("2", "123456"));
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
