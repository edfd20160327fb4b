//! vCards as programs really write them (SPEC 2 row 15).

use book::vcard::{Card, CardError, Fault, Version, read, write};
use model::{Contact, ContactId, ContactNumber, NumberKind};

fn card(bytes: &[u8]) -> Card {
    let mut cards: Vec<_> = read(bytes).collect();
    assert_eq!(cards.len(), 1, "{cards:?}");
    cards.remove(0).unwrap()
}

fn body(properties: &str) -> Contact {
    card(format!("BEGIN:VCARD\nVERSION:3.0\n{properties}\nEND:VCARD\n").as_bytes()).contact
}

fn number(number: &str, kind: NumberKind, label: &str, primary: bool) -> ContactNumber {
    ContactNumber { number: number.into(), kind, label: label.into(), primary }
}

#[test]
fn version_2_1_with_quoted_printable_and_charset() {
    let contact = card(
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=A7=D9=84=D8=A3=D9=85=D9=8A=D9=86;=\r\n\
          =D8=AE=D8=A7=D9=84=D8=AF;;;\r\nTEL;CELL;PREF:+966500000142\r\nTEL;WORK;FAX:0110000143\r\nORG:Maydan;Purchasing\r\n\
          NOTE;ENCODING=QUOTED-PRINTABLE:line one=0D=0Aline=\r\n two\r\nEND:VCARD\r\n",
    )
    .contact;
    assert_eq!((contact.last_name.as_str(), contact.first_name.as_str()), ("الأمين", "خالد"));
    assert_eq!(
        contact.numbers,
        [number("+966500000142", NumberKind::Mobile, "", true), number("0110000143", NumberKind::Fax, "", false)]
    );
    assert_eq!((contact.company.as_str(), contact.note.as_str()), ("Maydan, Purchasing", "line one\nline two"));
    let contact = card(
        b"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=WINDOWS-1256;ENCODING=QUOTED-PRINTABLE:=E3=CD=E3=CF\nTEL:1\nEND:VCARD",
    )
    .contact;
    assert_eq!(contact.last_name, "محمد");
}

#[test]
fn encodings_of_the_whole_file() {
    let text = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:العتيبي;محمد;;;\r\nFN:محمد العتيبي\r\nTEL:٠٥٠١٢٣٤٥٦٧\r\nEND:VCARD\r\n";
    let utf16 =
        |f: fn(u16) -> [u8; 2], bom: &str| format!("{bom}{text}").encode_utf16().flat_map(f).collect::<Vec<u8>>();
    let windows_1256: Vec<u8> = text
        .chars()
        .map(|c| match c {
            c if c.is_ascii() => c as u8,
            'ا' => 0xC7,
            'ل' => 0xE1,
            'ع' => 0xDA,
            'ت' => 0xCA,
            'ي' => 0xED,
            'ب' => 0xC8,
            'م' => 0xE3,
            'ح' => 0xCD,
            'د' => 0xCF,
            c => char::from_digit(c as u32 - 0x660, 10).unwrap() as u8,
        })
        .collect();
    for bytes in [
        text.as_bytes().to_vec(),
        format!("\u{feff}{text}").into_bytes(),
        utf16(u16::to_le_bytes, "\u{feff}"),
        utf16(u16::to_be_bytes, "\u{feff}"),
        utf16(u16::to_le_bytes, ""),
        windows_1256,
        text.replace("\r\n", "\r").into_bytes(),
    ] {
        let contact = card(&bytes).contact;
        assert_eq!((contact.first_name.as_str(), contact.last_name.as_str()), ("محمد", "العتيبي"));
        assert_eq!((contact.display_name.as_str(), contact.numbers[0].number.as_str()), ("", "0501234567"));
    }
}

#[test]
fn labels_types_and_groups() {
    let contact = body(
        "FN:Khaled\nitem1.TEL;type=pref:+966 11 000 0142\nitem1.X-ABLabel:_$!<Main>!$_\nitem2.TEL:+966110000144\n\
         item2.X-ABLabel:Summer house\nTEL;TYPE=\"voice,cell\";VALUE=uri;PREF=1:tel:+966-50-000-0142\nTEL;TYPE=HOME,VOICE:1\n\
         TEL;VALUE=uri:sip:noor@pbx.example\nIMPP;X-SERVICE-TYPE=SIP:sip:noor@pbx.example\nX-SIP:101@pbx.example\n\
         EMAIL;TYPE=INTERNET:khaled@maydan.example\nCATEGORIES:VIP,جملة,myContacts",
    );
    assert_eq!(
        contact.numbers,
        [
            number("+966 11 000 0142", NumberKind::Main, "", true),
            number("+966110000144", NumberKind::Other, "Summer house", false),
            number("+966-50-000-0142", NumberKind::Mobile, "", false),
            number("1", NumberKind::Home, "", false),
        ]
    );
    assert_eq!(contact.sip_addresses, ["noor@pbx.example", "101@pbx.example"]);
    assert_eq!(
        (contact.emails, contact.groups),
        (vec!["khaled@maydan.example".into()], vec!["VIP".into(), "جملة".into()])
    );
    assert_eq!(contact.display_name, "Khaled");
}

#[test]
fn folding_escapes_and_lower_case() {
    let contact = card(
        b"begin:vcard\nversion:3.0\nfn:A\\, B\\;C\\\\D\nnote:one\\ntw\n o\\Nthree\ntel;type=cell:1\n 2\nthis is no property\nend:vcard",
    )
    .contact;
    assert_eq!((contact.display_name.as_str(), contact.note.as_str()), ("A, B;C\\D", "one\ntwo\nthree"));
    assert_eq!(contact.numbers, [number("12", NumberKind::Mobile, "", false)]);
    assert_eq!(body("FN:\u{202e}Evil\u{202c}\nTEL:\u{200e}1\u{a0}2").display_name, "Evil");
}

#[test]
fn pictures_are_handed_out_and_links_are_not() {
    for photo in [
        "PHOTO;JPEG;ENCODING=BASE64:\r\n /9j/\r\n 4AAQ\r\n\r\n",
        "PHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/\r\n4AAQ\r\n\r\n",
        "PHOTO;TYPE=JPEG;ENCODING=b:/9j/4A\r\n AQ\r\n",
        "PHOTO:data:image/jpeg;base64,/9j/4AAQ\r\n",
    ] {
        let card = card(format!("BEGIN:VCARD\r\nVERSION:2.1\r\n{photo}FN:A\r\nEND:VCARD\r\n").as_bytes());
        assert_eq!(card.photo.map(|p| p.0), Some(vec![0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10]), "{photo}");
    }
    let card = card(b"BEGIN:VCARD\nFN:A\nPHOTO;VALUE=uri:http://x.example/a.jpg\nEND:VCARD\n");
    assert_eq!(card.photo, None);
}

#[test]
fn a_bad_card_has_a_line_and_a_reason_and_the_others_are_read() {
    let error = |line, fault| Err(CardError { line, fault });
    let read = |text: &str| -> Vec<Result<String, CardError>> {
        book::vcard::read(text.as_bytes()).map(|card| card.map(|c| c.contact.display_name)).collect()
    };
    let cards = read(
        "BEGIN:VCARD\nFN:A\nTEL:1\nBEGIN:VCARD\nFN:B\nEND:VCARD\n\nBEGIN:VCARD\nVERSION:3.0\nEND:VCARD\nBEGIN:VCARD\nFN:C\n\
         AGENT:\nBEGIN:VCARD\nFN:Agent\nEND:VCARD\nTEL:2\nEND:VCARD\nBEGIN:VCARD\nFN:D",
    );
    assert_eq!(
        cards,
        [error(1, Fault::NoEnd), Ok("B".into()), error(8, Fault::Empty), Ok("C".into()), error(19, Fault::NoEnd)]
    );
    assert_eq!(read("Name;Phone\n"), [error(1, Fault::NoCards)]);
    assert_eq!(read(""), [error(1, Fault::NoCards)]);
    let many = format!("BEGIN:VCARD\n{}END:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n", "TEL:1\n".repeat(2000));
    assert_eq!(read(&many), [error(1, Fault::TooLarge), Ok("B".into())]);
    let large =
        format!("BEGIN:VCARD\nPHOTO;ENCODING=b:{}\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n", "A".repeat(9 << 20));
    assert_eq!(read(&large), [error(1, Fault::TooLarge), Ok("B".into())]);
}

#[test]
fn cards_are_written_for_everybody() {
    let contact = Contact {
        id: ContactId(1),
        first_name: "خالد".into(),
        last_name: "الأمين".into(),
        company: "Maydan; Retail".into(),
        numbers: vec![
            number("+966 50 000 0142", NumberKind::Mobile, "", true),
            number("101", NumberKind::Extension, "Desk, left", false),
        ],
        note: "one\ntwo".into(),
        favourite: true,
        ..Contact::default()
    };
    assert_eq!(
        write(&contact, Version::V4),
        "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:00000000-0000-0000-0000-000000000001\r\nFN:خالد الأمين\r\nN:الأمين;خالد;;;\r\n\
         ORG:Maydan\\; Retail\r\nTEL;TYPE=cell;PREF=1:+966 50 000 0142\r\nitem0.TEL;TYPE=x-extension:101\r\n\
         item0.X-ABLabel:Desk\\, left\r\nNOTE:one\\ntwo\r\nX-RANNAN-FAVOURITE:1\r\nEND:VCARD\r\n"
    );
    let old = write(&contact, Version::V3);
    assert!(old.contains("VERSION:3.0\r\n") && old.contains("TEL;TYPE=cell,pref:+966"), "{old}");
    let long = Contact { note: "ن".repeat(500), ..contact };
    assert!(write(&long, Version::V4).lines().all(|line| line.len() <= 75));
}
