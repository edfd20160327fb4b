use super::*;

fn whole(op: &[u8], controls: &[u8]) -> Vec<u8> {
    message(7, op, controls)
}

fn entry_bytes() -> Vec<u8> {
    let attribute = |name: &str, values: &[&str]| {
        let set: Vec<u8> = values.iter().flat_map(|value| element(OCTETS, value.as_bytes())).collect();
        element(SEQUENCE, &[element(OCTETS, name.as_bytes()), element(0x31, &set)].concat())
    };
    let list =
        [attribute("cn", &["نور"]), attribute("cn;lang-en", &["Noor"]), attribute("mobile", &["1", "2"])].concat();
    element(0x64, &[element(OCTETS, b"cn=noor"), element(SEQUENCE, &list)].concat())
}

fn done(code: u32, cookie: &[u8]) -> Vec<u8> {
    let op = element(0x65, &[number(ENUMERATED, code), element(OCTETS, b""), element(OCTETS, b"hm")].concat());
    let page = element(SEQUENCE, &[number(INTEGER, 0), element(OCTETS, cookie)].concat());
    let parts = [element(OCTETS, PAGED.as_bytes()), element(BOOLEAN, &[0]), element(OCTETS, &page)].concat();
    whole(&op, &element(0xa0, &element(SEQUENCE, &parts)))
}

#[test]
fn pain_15_entries_and_pages_of_ldap_are_read() {
    let Op::Entry { dn, attributes } = read(&whole(&entry_bytes(), &[])).expect("reads").op else { panic!("an entry") };
    assert_eq!(dn, "cn=noor");
    let by_name = attributes.by_name();
    assert_eq!(by_name["cn"], ["نور".as_bytes(), b"Noor"]);
    assert_eq!(by_name["mobile"], [b"1", b"2"]);
    let last = read(&done(4, b"next")).expect("reads");
    assert_eq!((last.id, last.cookie.as_slice()), (7, b"next".as_slice()));
    assert_eq!(last.op, Op::SearchDone(Outcome { code: 4, message: "hm".into() }));
}

#[test]
fn the_bytes_of_starttls_are_those_of_the_standard() {
    let expected = b"\x30\x1d\x02\x01\x01\x77\x18\x80\x161.3.6.1.4.1.1466.20037";
    assert_eq!(starttls(1), expected);
    assert_eq!(bind(2, "u", "p"), b"\x30\x0e\x02\x01\x02\x60\x09\x02\x01\x03\x04\x01u\x80\x01p");
}

#[test]
fn hostile_messages_are_broken_and_nothing_else() {
    for bytes in [whole(&entry_bytes(), &[]), done(0, b"cookie")] {
        for end in 0..bytes.len() {
            assert!(read(&bytes[..end]).is_err(), "cut at {end}");
            for byte in [0, 0x30, 0x7f, 0x80, 0x84, 0xff] {
                let mut wrong = bytes.clone();
                wrong[end] = byte;
                let _ = read(&wrong);
            }
        }
    }
    // Sequences inside each other cost no stack: nobody follows them.
    let mut nested = vec![0x30, 0x84, 0x00, 0x03, 0x0d, 0x40];
    nested.extend([0x30, 0x80].repeat(100_000));
    assert!(read(&nested).is_err());
}
