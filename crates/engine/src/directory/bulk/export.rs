//! Tables that are written: the directory, passwords that were made, and rows that were not carried out. In UTF-8 with byte order
//! mark, which spreadsheets need to see Arabic; what they could run as a formula is protected.

use std::collections::BTreeMap;

use book::csv::write_rows;
use model::{Department, DirectoryUser};

use super::job::Job;
use super::wish::{BulkWhy, UserField};
use super::words::{self, TableLanguage};

/// Between the cells of what is not a part of somebody's own table.
const SEPARATOR: u8 = b';';

/// The directory without anything that is secret; an import reads it again.
pub(super) fn directory(users: &[DirectoryUser], departments: &[Department], language: TableLanguage) -> String {
    const FIELDS: [UserField; 6] =
        [UserField::Id, UserField::Name, UserField::Email, UserField::Role, UserField::Department, UserField::Agent];
    let header = FIELDS.map(|field| words::header(field, language).to_owned()).to_vec();
    let names: BTreeMap<&str, &str> = departments.iter().map(|it| (it.id.as_str(), it.name.as_str())).collect();
    let row = |user: &DirectoryUser| {
        vec![
            user.extension.clone(),
            user.name.clone(),
            user.email.clone(),
            words::role_name(user.role, language).to_owned(),
            names
                .get(user.department.as_str())
                .filter(|name| !name.is_empty())
                .map_or_else(|| user.department.clone(), |name| (*name).to_owned()),
            words::yes_or_no(user.agent, language).to_owned(),
        ]
    };
    text(write_rows(std::iter::once(header).chain(users.iter().map(row)), SEPARATOR))
}

/// Who was made, with the password that was made.
pub(super) fn passwords(job: &Job, language: TableLanguage) -> String {
    let fields = [UserField::Id, UserField::Name, UserField::Email, UserField::Password];
    let header = fields.map(|field| words::header(field, language).to_owned()).to_vec();
    let rows = job.page(0, usize::MAX, false).into_iter().filter_map(|row| {
        let password = job.password(row.at)?.reveal().to_owned();
        Some(vec![row.extension, row.name, row.email, password])
    });
    text(write_rows(std::iter::once(header).chain(rows), SEPARATOR))
}

/// The rows that were not carried out, as they stood, with the reason behind them. `heading` stands above the reasons.
pub(super) fn faults(job: &Job, heading: &str, reason: impl Fn(BulkWhy) -> String) -> String {
    let origin = &job.origin;
    let cells = |at: usize| origin.cells.get(at).cloned();
    let width =
        job.faults().filter_map(|(at, ..)| cells(at)).map(|cells| cells.len()).chain([origin.header.len()]).max();
    let width = width.unwrap_or_default();
    let row = |mut cells: Vec<String>, last: String| {
        cells.resize(width, String::new());
        cells.push(last);
        cells
    };
    let rows = job.faults().map(|(at, it, fault)| {
        let own = || vec![it.wish.extension.clone()];
        row(cells(at).unwrap_or_else(own), reason(fault.why))
    });
    let header = row(origin.header.clone(), heading.to_owned());
    text(write_rows(std::iter::once(header).chain(rows), origin.separator))
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}
