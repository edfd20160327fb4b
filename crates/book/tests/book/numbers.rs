//! Who is calling (SPEC 2 rows 14 and 30).

use book::number::{Likeness, Number, Region, Style, format, keys, matches, read};

fn region(code: &str) -> Region {
    code.parse().unwrap()
}

fn check_read(code: &str, written: &str, exact: &str) {
    let keys = keys(written, region(code)).unwrap_or_else(|| panic!("{written:?} in {code} is a number"));
    assert_eq!(keys.exact, exact, "{written:?} in {code}");
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for written in [
        "+966501234567",
        "00966501234567",
        "0501234567",
        "966501234567",
        "501234567",
        "+966 (0)50 123-4567",
        "٠٥٠١٢٣٤٥٦٧",
        "+٩٦٦ ٥٠ ١٢٣ ٤٥٦٧",
        "۰۵۰۱۲۳۴۵۶۷",
        "\u{200e}+966 50 123 4567\u{200f}",
        "\u{202a}050.123.4567\u{202c}",
        "tel:+966-50-123-4567",
        "sip:+966501234567@gw.example;user=phone",
        "sips:00966501234567@gw.example:5061",
        "callto:+966501234567",
        "＋９６６５０１２３４５６７",
        " 050 123\u{a0}4567 ",
    ] {
        check_read("SA", written, "+966501234567");
    }
    for (code, written, exact) in [
        ("SA", "011 000 0142", "+966110000142"),
        ("SA", "920001234", "+966920001234"),
        ("SA", "8001234567", "+9668001234567"),
        ("EG", "01001234567", "+201001234567"),
        ("EG", "٠١٠٠ ١٢٣ ٤٥٦٧", "+201001234567"),
        ("EG", "02 23456789", "+20223456789"),
        ("EG", "0020 100 123 4567", "+201001234567"),
        ("AE", "050 123 4567", "+971501234567"),
        ("AE", "04 123 4567", "+97141234567"),
        ("AE", "800 12345", "+97180012345"),
        ("JO", "079 123 4567", "+962791234567"),
        ("JO", "06 500 1234", "+96265001234"),
        ("US", "(201) 555-0123", "+12015550123"),
        ("US", "1-800-FLOWERS", "+18003569377"),
        ("US", "011 966 50 123 4567", "+966501234567"),
        ("US", "201-555-0123 x22", "+12015550123;ext=22"),
        ("US", "tel:+1-201-555-0123;ext=22", "+12015550123;ext=22"),
        ("DE", "030 123456", "+4930123456"),
        ("DE", "+49 (0)30 / 12 34 56", "+4930123456"),
        ("DE", "0049 30 123456", "+4930123456"),
        ("DE", "0171 1234567", "+491711234567"),
        ("SA", "+1 201 555 0123", "+12015550123"),
        ("SA", "101", "101"),
        ("SA", "١٠١", "101"),
        ("SA", "911", "911"),
        ("SA", "*97#", "*97#"),
        ("SA", "*٩٧#", "*97#"),
        ("SA", "**62*0501234567#", "**62*0501234567#"),
        ("SA", "sip:100@PBX.example", "100@pbx.example"),
        ("SA", "sip:noor@pbx.example:5060;transport=tls", "noor@pbx.example"),
        ("SA", "noor@pbx.example", "noor@pbx.example"),
        ("SA", "+999123456", "+999123456"),
        ("US", "555-0123", "5550123"),
    ] {
        check_read(code, written, exact);
    }
}

#[test]
fn what_is_no_number_is_none() {
    let long = "1".repeat(300);
    for written in ["", "  ", "\u{200e}", "نور", "abc", "+", "()", "1+2", "a b@c", "@host", "user@", long.as_str()] {
        assert_eq!(read(written, Region::SA), None, "{written:?}");
    }
    assert!(matches!(read("anonymous@anonymous.invalid", Region::SA), Some(Number::Address(_))));
}

#[test]
fn spec_2_row_14_a_caller_is_recognised_however_the_number_is_stored() {
    use Likeness::{Exact, Likely, No};
    for (code, incoming, stored, expected) in [
        ("SA", "+966501234567", "0501234567", Exact),
        ("SA", "00966501234567", "050 123 4567", Exact),
        ("SA", "0501234567", "+966 50 123 4567", Exact),
        ("SA", "501234567", "+966501234567", Exact),
        ("SA", "966501234567", "٠٥٠١٢٣٤٥٦٧", Exact),
        ("SA", "sip:+966501234567@gw.example", "0501234567", Exact),
        ("SA", "0501234567@gw.example", "0501234567", No),
        ("SA", "90501234567", "0501234567", Likely),
        ("SA", "0501234568", "0501234567", No),
        ("SA", "+971501234567", "+966501234567", No),
        ("SA", "+971501234567", "0501234567", No),
        ("AE", "0501234567", "+966501234567", No),
        ("SA", "101", "101", Exact),
        ("SA", "101", "+966110000101", No),
        ("SA", "*97#", "*97#", Exact),
        ("SA", "*97#", "97", No),
        ("SA", "+966110000142", "+966110000142;ext=5", Likely),
        ("SA", "+966110000142;ext=5", "011 0000142 x5", Exact),
        ("SA", "+966110000142;ext=6", "011 0000142 x5", No),
        ("SA", "sip:noor@pbx.example", "noor@PBX.example", Exact),
        ("SA", "sip:noor@pbx.example", "noor@other.example", No),
        ("EG", "1001234567", "+20 100 123 4567", Exact),
        ("EG", "00201001234567", "٠١٠٠١٢٣٤٥٦٧", Exact),
        ("JO", "962791234567", "0791234567", Exact),
        ("US", "2015550123", "1 (201) 555-0123", Exact),
        ("US", "5550123", "+12015550123", Likely),
        ("US", "5550123", "+12015550124", No),
        ("DE", "+4930123456", "030/123456", Exact),
        ("DE", "30123456", "+49 30 123456", Exact),
        ("SA", "anonymous", "0501234567", No),
        ("SA", "", "", No),
    ] {
        let region = region(code);
        assert_eq!(matches(incoming, stored, region), expected, "{incoming:?} calls, {stored:?} is stored, {code}");
        assert_eq!(matches(stored, incoming, region), expected, "the other way: {stored:?}, {incoming:?}, {code}");
        let found = keys(incoming, region).zip(keys(stored, region));
        if expected != No {
            let (a, b) = found.unwrap_or_else(|| panic!("{incoming:?} and {stored:?} have keys"));
            assert!(
                a.exact == b.exact || (a.tail.is_some() && a.tail == b.tail),
                "no key finds {incoming:?}: {a:?} {b:?}"
            );
        }
    }
}

#[test]
fn numbers_are_shown_as_people_read_them() {
    use Style::{International, National};
    for (code, written, style, shown) in [
        ("SA", "0501234567", International, "+966 50 123 4567"),
        ("SA", "+966501234567", National, "050 123 4567"),
        ("SA", "+201001234567", National, "+20 10 01234567"),
        ("US", "2015550123", National, "(201) 555-0123"),
        ("DE", "030123456", International, "+49 30 123456"),
        ("SA", "*97#", International, "*97#"),
        ("SA", "١٠١", National, "101"),
        ("SA", "sip:100@pbx.example", National, "100@pbx.example"),
        ("SA", "\u{202e}نور", National, "نور"),
    ] {
        assert_eq!(format(written, region(code), style), shown, "{written:?} in {code}");
    }
}

#[test]
fn regions_are_known_by_their_code() {
    assert_eq!("sa".parse(), Ok(Region::SA));
    for code in ["SA", "EG", "AE", "JO", "US", "DE"] {
        assert_eq!(region(code).to_string(), code);
    }
    for code in ["", "S", "ZZ", "XX", "SAU", "سع", "001", "World"] {
        assert!(code.parse::<Region>().is_err(), "{code}");
    }
}
