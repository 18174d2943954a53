//! The sandbox's pages, in Arabic and English.

use super::Ordered;

const STYLE: &str = "body{font:1rem/1.6 system-ui,sans-serif;margin:0;background:#f2f4f3;color:#1b2624}\
    main{max-inline-size:30rem;margin-inline:auto;padding:1.5rem}\
    .note{background:#fdf0d8;border-radius:.75rem;padding:.75rem 1rem}\
    .sum{font-size:2.25rem;font-weight:700;margin-block:.5rem}\
    fieldset{border:1px solid #b9c4c1;border-radius:.75rem;margin-block:1rem}\
    button,select{font:inherit;inline-size:100%;padding:.75rem;margin-block:.375rem;border-radius:.75rem;border:1px solid #0f5a66;\
    background:#fff;color:#0f5a66}button.first{background:#0f5a66;color:#fff}small{color:#4a5855;overflow-wrap:anywhere}\
    @media(prefers-color-scheme:dark){body{background:#0a1214;color:#e4ecea}.note{background:#3a2a0c}fieldset{border-color:#3c4a4c}\
    button,select{background:#121d20;color:#7accd4;border-color:#7accd4}button.first{background:#7accd4;color:#0a1214}\
    small{color:#a9b8b8}}";

/// What the bank shall do: the value, Arabic, English.
const RESULTS: [(&str, &str, &str); 5] = [
    ("CAPTURED", "دفع", "Pay"),
    ("NOT CAPTURED", "البنك يرفض", "The bank declines"),
    ("CANCELED", "إلغاء", "Cancel"),
    ("HOST TIMEOUT, CAPTURED", "البنك لا يجيب، ثم يقبل", "The bank is silent, then accepts"),
    ("HOST TIMEOUT, NOT CAPTURED", "البنك لا يجيب، ثم يرفض", "The bank is silent, then declines"),
];

/// How the merchant is told.
const MANNERS: [(&str, &str, &str); 8] = [
    ("once", "مرة واحدة", "once"),
    ("repeated", "ثلاث مرات", "three times"),
    ("late", "متأخرًا", "late"),
    ("reordered", "بترتيب معكوس", "in the wrong order"),
    ("altered", "برسالة عُبث بها", "with a message that was altered"),
    ("never", "لا يصله شيء", "not at all"),
    ("browser", "عن طريق المتصفح", "by the browser"),
    ("error", "إلى صفحة الخطأ", "at the error address"),
];

/// The page on which a payment is made.
pub(super) fn choice(order: &Ordered) -> String {
    let say =
        |arabic: &str, english: &str| if order.is_arabic { arabic.to_owned() } else { english.to_owned() };
    let buttons: String = RESULTS
        .iter()
        .enumerate()
        .map(|(at, (value, arabic, english))| {
            let class = if at == 0 { " class=\"first\"" } else { "" };
            format!("<button name=\"result\" value=\"{value}\"{class}>{}</button>", say(arabic, english))
        })
        .collect();
    let manners: String = MANNERS
        .iter()
        .map(|(value, arabic, english)| {
            format!("<option value=\"{value}\">{}</option>", say(arabic, english))
        })
        .collect();
    let inner = format!(
        "<h1>{title}</h1><p class=\"note\">{note}</p><p class=\"sum\"><bdi>{sum}</bdi> {currency}</p>\
         <p><small>{track} <bdi>{track_id}</bdi></small></p><form method=\"post\" action=\"/kpg/pay\">\
         <input type=\"hidden\" name=\"trandata\" value=\"{encrypted}\">{buttons}\
         <fieldset><legend>{manner}</legend><select name=\"manner\" aria-label=\"{manner}\">{manners}</select></fieldset></form>",
        title = say("بوابة دفع تجريبية", "Sandbox payment gateway"),
        note = say(
            "هذه ليست كي نت ولا بنكًا: لا يُخصم أي مبلغ، ولا تُطلب بيانات بطاقة.",
            "This is neither KNET nor a bank: no money moves, and no card is asked for."
        ),
        sum = order.amount,
        currency = say("د.ك", "KD"),
        track = say("رقم التتبع", "Track ID"),
        track_id = order.track_id,
        encrypted = order.encrypted,
        manner = say("كيف يعلم التاجر بالنتيجة", "How the merchant is told"),
    );
    document(order.is_arabic, &inner)
}

/// An order that cannot be read.
pub(super) fn error(error: &str) -> String {
    document(false, &format!("<h1>Sandbox payment gateway</h1><p>{error}</p>"))
}

/// The browser that never comes back.
pub(super) fn closed() -> String {
    document(
        true,
        "<h1>بوابة دفع تجريبية</h1><p>انقطع الاتصال هنا.</p><p lang=\"en\" dir=\"ltr\">The connection broke here.</p>",
    )
}

/// Older terminals: the browser itself brings the message.
pub(super) fn by_browser(order: &Ordered, message: &str) -> String {
    let label = if order.is_arabic { "العودة إلى التاجر" } else { "Back to the merchant" };
    let inner = format!(
        "<form method=\"post\" action=\"{}\"><input type=\"hidden\" name=\"trandata\" value=\"{message}\">\
         <button class=\"first\">{label}</button></form>",
        order.response_url.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
    );
    document(order.is_arabic, &inner)
}

fn document(is_arabic: bool, inner: &str) -> String {
    let (language, direction) = if is_arabic { ("ar", "rtl") } else { ("en", "ltr") };
    format!(
        "<!doctype html><html lang=\"{language}\" dir=\"{direction}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Sandbox</title><style>{STYLE}</style></head>\
         <body><main>{inner}</main></body></html>"
    )
}
