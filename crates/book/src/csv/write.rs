//! Contacts as a table that spreadsheets, Google and our own import read.

use model::{Contact, ContactNumber};

use super::cell::protected;
use super::rows::BETWEEN;

/// Columns for numbers; what a contact has beyond shares the last.
const MOST_NUMBERS: usize = 10;

/// Writes a table with header, in UTF-8 with byte order mark, which spreadsheets need to see Arabic, and CRLF line ends.
///
/// Use `;` where the spreadsheet's decimal mark is a comma. Cells that could be run as formulas are [`protected`].
#[must_use]
pub fn write(contacts: &[Contact], separator: u8) -> Vec<u8> {
    let most = |count: fn(&Contact) -> usize| contacts.iter().map(count).max().unwrap_or(0);
    let numbers = most(|c| c.numbers.len()).clamp(1, MOST_NUMBERS);
    let mut fields: Vec<&str> = Vec::new();
    for field in contacts.iter().flat_map(|c| &c.fields) {
        if !fields.contains(&field.name.as_str()) && fields.len() < 100 {
            fields.push(&field.name);
        }
    }
    let rows = std::iter::once(header(numbers, &fields));
    write_rows(rows.chain(contacts.iter().map(|contact| cells(contact, numbers, &fields))), separator)
}

/// Writes rows of one width as [`write`] does.
#[must_use]
pub fn write_rows(rows: impl IntoIterator<Item = Vec<String>>, separator: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(separator)
        .terminator(csv::Terminator::CRLF)
        .from_writer(b"\xEF\xBB\xBF".to_vec());
    for cells in rows {
        let cells: Vec<_> = cells.iter().map(|cell| protected(cell).into_owned()).collect();
        writer.write_record(&cells).expect("a vector takes everything and all rows are of one width");
    }
    writer.into_inner().expect("a vector can be flushed")
}

fn header(numbers: usize, fields: &[&str]) -> Vec<String> {
    let mut cells: Vec<String> =
        ["First name", "Last name", "Display name", "Company", "Job title"].map(str::to_owned).into();
    for at in 1..=numbers {
        cells.push(format!("Phone {at} - Label"));
        cells.push(format!("Phone {at} - Value"));
    }
    cells.extend(["E-mail", "SIP address", "Groups", "Notes", "Favourite"].map(str::to_owned));
    cells.extend(fields.iter().map(|name| format!("Field: {name}")));
    cells
}

fn cells(contact: &Contact, numbers: usize, fields: &[&str]) -> Vec<String> {
    let mut cells = vec![
        contact.first_name.clone(),
        contact.last_name.clone(),
        contact.display_name.clone(),
        contact.company.clone(),
        contact.job_title.clone(),
    ];
    for at in 0..numbers {
        let number = contact.numbers.get(at);
        cells.push(number.map(label).unwrap_or_default());
        let last: Vec<&str> = contact.numbers.iter().skip(at).map(|n| n.number.as_str()).collect();
        cells.push(match number {
            Some(_) if at + 1 == MOST_NUMBERS => joined(&last),
            Some(number) => number.number.clone(),
            None => String::new(),
        });
    }
    // A single group that holds a comma must not look like two.
    let groups = match contact.groups.as_slice() {
        [one] if one.contains([',', ';']) => format!("{one} {BETWEEN}"),
        groups => joined(groups),
    };
    let favourite = if contact.favourite { "1" } else { "" };
    cells.extend([joined(&contact.emails), joined(&contact.sip_addresses), groups]);
    cells.extend([contact.note.clone(), favourite.to_owned()]);
    let value = |name: &&str| contact.fields.iter().find(|f| f.name == **name).map(|f| f.value.clone());
    cells.extend(fields.iter().map(|name| value(name).unwrap_or_default()));
    cells
}

fn joined<S: AsRef<str>>(values: &[S]) -> String {
    values.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(&format!(" {BETWEEN} "))
}

fn label(number: &ContactNumber) -> String {
    let star = if number.primary { "* " } else { "" };
    let own = if number.label.is_empty() { String::new() } else { format!(": {}", number.label) };
    format!("{star}{}{own}", number.kind.code())
}
