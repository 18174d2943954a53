//! What was typed, as a query: in the address of a calculator, or on the device.

use super::form::Field;
use super::typed::Typed;

/// All that was typed.
pub fn to_query(typed: &Typed) -> String {
    let encode = |text: &str| String::from(js_sys::encode_uri_component(text));
    let pairs = typed.texts().map(|(name, text)| format!("{}={}", encode(name), encode(text)));
    pairs.collect::<Vec<_>>().join("&")
}

/// The texts that `held` has in the places of `starts`: first what decides which fields there are, then the fields.
pub fn filled(
    starts: Typed,
    fields: fn(&Typed) -> Vec<Field>,
    held: &dyn Fn(&str) -> Option<String>,
) -> Typed {
    let mut typed = starts;
    let known: Vec<String> = typed.texts().map(|(name, _)| name.to_owned()).collect();
    for name in known {
        take(&mut typed, &name, held);
    }
    for field in fields(&typed) {
        take(&mut typed, &field.name, held);
        // Of a choice that there is not, an old address or a slip, the first stands in the place.
        if let Some(first) = field.kind.values().first().filter(|_| field.check(&typed).is_err()) {
            typed.set(&field.name, (*first).to_owned());
        }
    }
    typed
}

fn take(typed: &mut Typed, name: &str, held: &dyn Fn(&str) -> Option<String>) {
    if let Some(text) = held(name) {
        typed.set(name, text);
    }
}

#[cfg(test)]
mod tests {
    use super::super::form::Kind;
    use super::*;

    fn fields(typed: &Typed) -> Vec<Field> {
        let mut fields =
            vec![Field::new("by", words::tools_use, Kind::Few(&["a", "b"], |_, value| value.to_owned()))];
        if typed.text("by") == "b" {
            fields.push(Field::new("share", words::tools_use, Kind::Decimal));
        }
        fields
    }

    #[test]
    fn what_is_held_stands_in_the_place_of_the_start() {
        for (held, by, share) in [
            (&[][..], "a", ""),
            (&[("by", "b"), ("share", "١٢")], "b", "١٢"),
            (&[("by", "c"), ("share", "5")], "a", ""),
            (&[("by", "b"), ("unknown", "5")], "b", ""),
        ] {
            let find = |name: &str| {
                held.iter()
                    .find(|(known, _): &&(&str, &str)| *known == name)
                    .map(|(_, text)| (*text).to_owned())
            };
            let typed = filled(Typed::of(&[("by", "a")]), fields, &find);
            assert_eq!((typed.text("by"), typed.text("share")), (by, share), "{held:?}");
        }
    }
}
