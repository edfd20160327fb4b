//! Tables from other programs and our own (SPEC 2 row 15, 4.3).

use book::charset::Charset;
use book::csv::{Column, Options, Row, RowError, RowFault, Table, TableError, write};
use book::number::Region;
use model::{Contact, ContactField, ContactNumber, NumberKind};

fn sniffed(text: &str) -> (char, bool) {
    let options = Options::sniff(text.as_bytes());
    (char::from(options.separator), options.header)
}

fn rows(bytes: &[u8]) -> Vec<Result<Row, RowError>> {
    let table = Table::open(bytes, Options::sniff(bytes)).unwrap();
    table.rows(&table.propose(), Region::SA).collect()
}

fn one(text: &str) -> Contact {
    let mut rows = rows(text.as_bytes());
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0).unwrap().contact
}

#[test]
fn separator_and_header_are_found() {
    assert_eq!(sniffed("Name;Phone\nA;0501234567\n"), (';', true));
    assert_eq!(sniffed("Name,Phone\r\n\"A; B\",0501234567\r\n"), (',', true));
    assert_eq!(sniffed("الاسم\tالجوال\nنور\t0501234567"), ('\t', true));
    assert_eq!(sniffed("Name|Phone\nA|1"), ('|', true));
    assert_eq!(sniffed("A,0501234567\nB,0501234568"), (',', false));
    assert_eq!(sniffed("sep=|\nName|a,b,c\nX|1,2,3"), ('|', true));
    assert_eq!(sniffed("Wer,Nr\nA,0501234567"), (',', true));
    assert_eq!(sniffed("0501234567\n0501234568"), (',', false));
    assert_eq!(sniffed(""), (',', false));
}

#[test]
fn columns_are_recognised_by_english_and_arabic_words() {
    use Column::*;
    use NumberKind as Kind;
    for (names, column) in [
        (&["First Name", "Given name", "الاسم الأول"][..], FirstName),
        (&["Last Name", "Family Name", "اسم العائلة"], LastName),
        (&["Name", "Full name", "الاسم", "اسم العميل"], FullName),
        (&["Company", "Organization Name", "Organization 1 - Name", "الشركة"], Company),
        (&["Job Title", "Organization Title", "Organization 1 - Title", "المسمى الوظيفي"], JobTitle),
        (&["Mobile Phone", "Mobile", "الجوال", "رقم الجوال"], Number(Kind::Mobile)),
        (&["Business Phone", "Business Phone 2", "هاتف العمل"], Number(Kind::Work)),
        (&["Home Phone", "هاتف المنزل"], Number(Kind::Home)),
        (&["Company Main Phone"], Number(Kind::Main)),
        (&["Business Fax", "الفاكس", "فاكس"], Number(Kind::Fax)),
        (&["Phone", "Phone 1 - Value", "Primary Phone", "رقم الهاتف", "الهاتف"], Number(Kind::Other)),
        (&["Phone 1 - Type", "Phone 2 - Label"], NumberLabel),
        (&["Ext.", "التحويلة"], Number(Kind::Extension)),
        (&["E-mail Address", "E-mail 2 Address", "E-mail 1 - Value", "البريد الإلكتروني"], Email),
        (&["Group Membership", "Labels", "Categories", "المجموعات"], Groups),
        (&["Notes", "ملاحظات"], Note),
        (&["E-mail 1 - Type", "E-mail Display Name", "Birthday", "", "2"], Ignore),
        (&["Field: Branch"], Field("Branch".into())),
    ] {
        for name in names {
            assert_eq!(Column::named(name), column, "{name:?}");
        }
    }
}

#[test]
fn the_export_of_google() {
    let contact = one(
        "First Name,Middle Name,Last Name,Organization Name,Organization Title,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,\
         Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value\n\
         Khaled,,Al-Amin,Maydan Retail,Purchasing manager,\"Line one\nline two\",* myContacts ::: VIP,* Work,khaled@maydan.example,\
         * Work,+966 11 000 0142 ::: 101,Summer house,٠٥٠ ٠٠٠ ٠١٤٢\n",
    );
    assert_eq!((contact.first_name.as_str(), contact.last_name.as_str()), ("Khaled", "Al-Amin"));
    assert_eq!((contact.note.as_str(), contact.groups.as_slice()), ("Line one\nline two", &["VIP".to_owned()][..]));
    let number = |number: &str, kind, label: &str, primary| ContactNumber {
        number: number.into(),
        kind,
        label: label.into(),
        primary,
    };
    assert_eq!(
        contact.numbers,
        [
            number("+966 11 000 0142", NumberKind::Work, "", true),
            number("101", NumberKind::Work, "", false),
            number("050 000 0142", NumberKind::Other, "Summer house", false),
        ]
    );
}

#[test]
fn the_export_of_outlook_and_a_table_in_arabic_of_windows() {
    let contact = one(
        "First Name,Last Name,Company,Business Phone,Mobile Phone,E-mail Address\nAmal,Younes,Sahab Travel,'+966110000145,\"=\"\"+966500000145\"\"\",amal@sahab.example\n",
    );
    let numbers: Vec<_> = contact.numbers.iter().map(|n| (n.number.as_str(), n.kind)).collect();
    assert_eq!(numbers, [("+966110000145", NumberKind::Work), ("+966500000145", NumberKind::Mobile)]);

    // "الاسم;الجوال\r\nنور;0501234567\r\n"
    let bytes = b"\xC7\xE1\xC7\xD3\xE3;\xC7\xE1\xCC\xE6\xC7\xE1\r\n\xE4\xE6\xD1;0501234567\r\n";
    assert_eq!(Options::sniff(bytes), Options { charset: Charset::Windows1256, separator: b';', header: true });
    let row = rows(bytes).remove(0).unwrap();
    assert_eq!((row.line, row.contact.display_name.as_str()), (2, "نور"));
    assert_eq!(row.contact.numbers[0].kind, NumberKind::Mobile);
}

#[test]
fn a_table_without_header_is_guessed_by_what_stands_in_it() {
    let rows = rows("نور,0501234567,noor@x.example\nخالد,+966 50 000 0142,k@x.example\n".as_bytes());
    let names: Vec<_> = rows
        .into_iter()
        .map(|row| row.unwrap())
        .map(|r| (r.line, r.contact.display_name, r.contact.emails.len()))
        .collect();
    assert_eq!(names, [(1, "نور".into(), 1), (2, "خالد".into(), 1)]);
}

#[test]
fn a_bad_row_has_a_line_a_column_and_a_reason_and_the_others_are_read() {
    let text = format!(
        "Name;Phone;Mobile\nA;0501234567\n;;\nB;call me;\nC;9.66501E+11;\nD;call me;0501234568\n\n\"E\nE\";1;\nF;{};\nG;101;x;y;z\n",
        "1".repeat(70_000)
    );
    let error = |line, column, fault| Err(RowError { line, column, fault });
    let read: Vec<_> = rows(text.as_bytes())
        .into_iter()
        .map(|row| row.map(|r| (r.line, r.contact.display_name, r.left_out)))
        .collect();
    assert_eq!(
        read,
        [
            Ok((2, "A".into(), vec![])),
            error(3, None, RowFault::Empty),
            error(4, Some(1), RowFault::NoNumber),
            error(5, Some(1), RowFault::Rounded),
            Ok((6, "D".into(), vec![1])),
            Ok((8, "E E".into(), vec![])),
            error(10, Some(1), RowFault::TooLong),
            Ok((11, "G".into(), vec![2])),
        ]
    );
}

#[test]
fn preview_progress_and_what_is_no_table() {
    let bytes = "Name;;Phone\nA;b;1\nB;c;2;more\n".as_bytes();
    let table = Table::open(bytes, Options::sniff(bytes)).unwrap();
    assert_eq!(table.header(), ["Name", "2", "Phone", "4"]);
    assert_eq!(table.preview(1), [["A", "b", "1"]]);
    assert_eq!(table.preview(9).len(), 2);
    let mut rows = table.rows(&table.propose(), Region::SA);
    assert!(rows.next().is_some() && rows.progress().1 == bytes.len() && rows.progress().0 > 0);
    let options = Options::sniff(b"");
    assert_eq!(Table::open(b" \r\n", options).err(), Some(TableError::Empty));
    assert_eq!(Table::open(&vec![b'x'; (64 << 20) + 1], options).err(), Some(TableError::TooLarge));
}

#[test]
fn what_is_written_is_safe_in_a_spreadsheet_and_read_again() {
    let contact = Contact {
        first_name: "=cmd|' /C calc'!A0".into(),
        last_name: "@SUM(1)".into(),
        company: "-Dash; \"quoted\"".into(),
        numbers: vec![
            ContactNumber {
                number: "+966501234567".into(),
                kind: NumberKind::Mobile,
                label: String::new(),
                primary: true,
            },
            ContactNumber {
                number: "+1-201-555-0123".into(),
                kind: NumberKind::Other,
                label: "Desk".into(),
                primary: false,
            },
        ],
        groups: vec!["a, b".into()],
        fields: vec![ContactField { name: "Branch".into(), value: "الرياض".into() }],
        note: "+ one\n= two".into(),
        favourite: true,
        ..Contact::default()
    };
    for separator in [b';', b',', b'\t', b'|'] {
        let bytes = write(std::slice::from_ref(&contact), separator);
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.starts_with('\u{feff}') && text.contains("\r\n"));
        assert!(text.contains("+966501234567") && !text.contains("'+966501234567"), "numbers stay numbers: {text}");
        assert!(
            text.contains("'=cmd") && text.contains("'@SUM") && text.contains("'-Dash") && text.contains("'+1-201"),
            "{text}"
        );
        let read = rows(&bytes).remove(0).unwrap();
        assert_eq!(read.contact, contact, "{text}");
    }
}
