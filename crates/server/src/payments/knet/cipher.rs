//! AES-128-CBC with the resource key as key and as first block, PKCS#7 padding, hexadecimal text.

use aes::Aes128;
use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};

use crate::secrets::{bytes, hex};

/// The terminal's resource key.
#[derive(Clone)]
pub struct Key([u8; 16]);

impl Key {
    /// A key of exactly sixteen characters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.as_bytes().try_into().ok().map(Self)
    }

    /// Encrypts a text.
    #[must_use]
    pub fn encrypt(&self, text: &str) -> String {
        let encryptor = cbc::Encryptor::<Aes128>::new(&self.0.into(), &self.0.into());
        hex(&encryptor.encrypt_padded_vec::<Pkcs7>(text.as_bytes()))
    }

    /// Decrypts what [`Key::encrypt`] gives, in digits of either case; none if it is something else.
    #[must_use]
    pub fn decrypt(&self, digits: &str) -> Option<String> {
        let decryptor = cbc::Decryptor::<Aes128>::new(&self.0.into(), &self.0.into());
        let text = decryptor.decrypt_padded_vec::<Pkcs7>(&bytes(digits)?).ok()?;
        String::from_utf8(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published vectors, made with OpenSSL.
    const RESPONSE: &str = "paymentid=100000000000000001&result=CAPTURED&auth=123456&avr=N&ref=000000000001\
        &tranid=200000000000000001&postdate=0601&trackid=MEW0000000001&udf1=&udf2=&udf3=&udf4=&udf5=\
        &amt=10.000&authRespCode=00";
    const ENCRYPTED: &str = "76a621c7b72cfead81a6d9585542932fba7acfef735308d8787733e44ef6275030890239a665a2a34cd46d896e97720\
        cca1b23bcc6b279e71cb69adf62133c07a94b51aa3d3177a56a14a1a8f8ccfa94e9c37ed8d02a17c718fc10d62a3ba525d0492d5383372\
        107678addd1260aa756dfb8ac92be64415f5abb837b61de8e227284ee8426e8d4fa905fb3315abb5c9c1ac4cc500e32b9f7f6c7fade6f\
        d6993bca8771cf454338f24d947af11a5a75840544e935975f7ea28fbd60a95dd15d1f85758ab5dafbf78d930df54deb159e26";

    #[test]
    fn the_vectors_come_out() {
        let key = Key::parse("0123456789ABCDEF").unwrap();
        for (text, digits) in [("amt=1.000", "8d53c9cf8b90d2138b4eb4bed65abbc6"), (RESPONSE, ENCRYPTED)] {
            assert_eq!(key.encrypt(text), digits);
            assert_eq!(key.decrypt(digits).as_deref(), Some(text));
            assert_eq!(key.decrypt(&digits.to_uppercase()).as_deref(), Some(text), "digits of either case");
        }
    }

    #[test]
    fn what_is_not_ours_is_nothing() {
        let key = Key::parse("0123456789ABCDEF").unwrap();
        let other = Key::parse("0123456789ABCDEG").unwrap();
        assert_eq!(other.decrypt(ENCRYPTED), None);
        for digits in ["", "8d", "8d53c9cf8b90d2138b4eb4bed65abb", "zz53c9cf8b90d2138b4eb4bed65abbc6", "é"] {
            assert_eq!(key.decrypt(digits), None, "{digits}");
        }
        assert!(Key::parse("0123456789ABCDE").is_none() && Key::parse("0123456789ABCDEF0").is_none());
    }
}
