//! Whole contacts.

use std::collections::HashMap;

use base::WallMs;
use model::{Book, Contact, ContactField, ContactId, ContactNumber, NumberKind};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row as _, SqliteConnection};

use super::sources::source_id;
use super::write::line;
use crate::error::StoreError;
use crate::open::Store;

impl Store {
    /// One contact; `None` when there is none, or it was deleted.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn contact(&self, owner: &str, id: ContactId) -> Result<Option<Contact>, StoreError> {
        Ok(read(&mut *self.reads.acquire().await?, owner, id).await?)
    }

    /// The whole book, in the order in which it was filled: for export.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn all_contacts(&self, owner: &str) -> Result<Vec<Contact>, StoreError> {
        // One transaction: the three answers are of the same moment.
        let mut look = self.reads.begin().await?;
        let rows = sqlx::query("SELECT * FROM contacts WHERE owner = $1 AND deleted_ms IS NULL ORDER BY row")
            .bind(owner)
            .fetch_all(&mut *look)
            .await?;
        let mut contacts = Vec::with_capacity(rows.len());
        let mut places = HashMap::with_capacity(rows.len());
        for row in &rows {
            places.insert(row.try_get::<i64, _>("row")?, contacts.len());
            contacts.push(contact(row)?);
        }
        let of = "FROM contacts c CROSS JOIN";
        let ours = "ON l.contact = c.row WHERE c.owner = $1 AND c.deleted_ms IS NULL ORDER BY l.contact";
        let numbers = sqlx::query(AssertSqlSafe(format!("SELECT l.* {of} contact_numbers l {ours}, l.place")))
            .bind(owner)
            .fetch_all(&mut *look)
            .await?;
        for row in &numbers {
            if let Some(at) = places.get(&row.try_get::<i64, _>("contact")?) {
                contacts[*at].numbers.push(number(row)?);
            }
        }
        let lines = sqlx::query(AssertSqlSafe(format!("SELECT l.* {of} contact_lines l {ours}, l.kind, l.place")))
            .bind(owner)
            .fetch_all(&mut *look)
            .await?;
        for row in &lines {
            if let Some(at) = places.get(&row.try_get::<i64, _>("contact")?) {
                add_line(&mut contacts[*at], row)?;
            }
        }
        Ok(contacts)
    }
}

/// One contact; `None` when there is none, or it was deleted.
pub(super) async fn read(
    from: &mut SqliteConnection,
    owner: &str,
    id: ContactId,
) -> Result<Option<Contact>, sqlx::Error> {
    let row: Option<i64> =
        sqlx::query_scalar("SELECT row FROM contacts WHERE owner = $1 AND id = $2 AND deleted_ms IS NULL")
            .bind(owner)
            .bind(id.to_string())
            .fetch_optional(&mut *from)
            .await?;
    match row {
        Some(row) => read_row(from, row).await.map(Some),
        None => Ok(None),
    }
}

/// The contact of a row, deleted or not.
pub(super) async fn read_row(from: &mut SqliteConnection, at: i64) -> Result<Contact, sqlx::Error> {
    let row = sqlx::query("SELECT * FROM contacts WHERE row = $1").bind(at).fetch_one(&mut *from).await?;
    let mut contact = contact(&row)?;
    let numbers = sqlx::query("SELECT * FROM contact_numbers WHERE contact = $1 ORDER BY place").bind(at);
    for row in numbers.fetch_all(&mut *from).await? {
        contact.numbers.push(number(&row)?);
    }
    let lines = sqlx::query("SELECT * FROM contact_lines WHERE contact = $1 ORDER BY kind, place").bind(at);
    for row in lines.fetch_all(&mut *from).await? {
        add_line(&mut contact, &row)?;
    }
    Ok(contact)
}

fn contact(row: &SqliteRow) -> Result<Contact, sqlx::Error> {
    let count = |column: &str| row.try_get::<i64, _>(column).map(|value| u64::try_from(value).unwrap_or(0));
    Ok(Contact {
        id: id(row)?,
        book: Book::from_code(&row.try_get::<String, _>("book")?).unwrap_or_default(),
        first_name: row.try_get("first_name")?,
        last_name: row.try_get("last_name")?,
        display_name: row.try_get("display_name")?,
        company: row.try_get("company")?,
        job_title: row.try_get("job_title")?,
        numbers: Vec::new(),
        emails: Vec::new(),
        sip_addresses: Vec::new(),
        groups: Vec::new(),
        fields: Vec::new(),
        note: row.try_get("note")?,
        favourite: row.try_get("favourite")?,
        change: count("change")?,
        version: count("version")?,
        updated_at: WallMs(row.try_get("updated_ms")?),
        source: source_id(row)?,
    })
}

pub(super) fn id(row: &SqliteRow) -> Result<ContactId, sqlx::Error> {
    let text: String = row.try_get("id")?;
    text.parse().map_err(|fault| sqlx::Error::ColumnDecode { index: "id".to_owned(), source: Box::new(fault) })
}

fn number(row: &SqliteRow) -> Result<ContactNumber, sqlx::Error> {
    Ok(ContactNumber {
        number: row.try_get("number")?,
        // A kind of another version reads as any other number.
        kind: NumberKind::from_code(&row.try_get::<String, _>("kind")?).unwrap_or_default(),
        label: row.try_get("label")?,
        primary: row.try_get("is_primary")?,
    })
}

fn add_line(contact: &mut Contact, row: &SqliteRow) -> Result<(), sqlx::Error> {
    let value: String = row.try_get("value")?;
    match row.try_get::<String, _>("kind")?.as_str() {
        line::EMAIL => contact.emails.push(value),
        line::SIP => contact.sip_addresses.push(value),
        line::GROUP => contact.groups.push(value),
        line::FIELD => contact.fields.push(ContactField { name: row.try_get("name")?, value }),
        kind => tracing::warn!(kind, "a line of a contact from another version is not shown"),
    }
    Ok(())
}
