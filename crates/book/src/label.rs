//! The words by which address books tell what a number is for.

use model::{ContactNumber, NumberKind};

/// The kind that a label means; `None` when the words are the owner's own.
pub(crate) fn kind_of_label(label: &str) -> Option<NumberKind> {
    match label.to_lowercase().as_str() {
        "mobile" | "cell" | "iphone" | "جوال" | "الجوال" | "محمول" | "موبايل" => {
            Some(NumberKind::Mobile)
        }
        "work" | "business" | "عمل" | "العمل" => Some(NumberKind::Work),
        "home" | "منزل" | "المنزل" => Some(NumberKind::Home),
        "main" | "رئيسي" | "الرئيسي" => Some(NumberKind::Main),
        "extension" | "ext" | "تحويلة" => Some(NumberKind::Extension),
        "fax" | "work fax" | "home fax" | "workfax" | "homefax" | "فاكس" => Some(NumberKind::Fax),
        "other" | "أخرى" => Some(NumberKind::Other),
        _ => None,
    }
}

/// The first number that says it is the primary one stays so.
pub(crate) fn only_one_primary(numbers: &mut [ContactNumber]) {
    let mut seen = false;
    for number in numbers {
        number.primary &= !seen;
        seen |= number.primary;
    }
}
