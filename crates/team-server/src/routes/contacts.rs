//! Address books: what has changed, and changes. Nobody reaches the book of somebody else: a book is named by its kind, never by a user.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use model::{Book, ContactId};
use serde::Deserialize;
use team_api::{
    ContactCard, ContactChanges, ContactConflict, ContactEdit, ContactRow, ContactsData, PROBLEM_TYPE, PushContacts,
    PushedContact, PushedContacts, PutContact, code,
};

use crate::book_rights::may_change;
use crate::contact_limits::{is_tag, kept};
use crate::db::contacts::{Change, Changed, Shelf};
use crate::extract::{Body, Caller};
use crate::problem::Refusal;
use crate::random::wall_ms;
use crate::state::Server;

/// Bytes of a push, and of a `PUT`.
pub(crate) const MAX_PUSH: usize = 2 * 1024 * 1024;
/// Rows of refused edits end behind the one that reaches so many bytes.
const MAX_REFUSED: usize = 512 * 1024;
/// Edits of a push.
const MOST_EDITS: usize = 200;

#[derive(Deserialize)]
pub(crate) struct Since {
    book: String,
    #[serde(default)]
    since: u64,
}

pub(crate) async fn changes(
    State(server): State<Server>,
    caller: Caller,
    since: Result<Query<Since>, QueryRejection>,
) -> Result<Json<ContactChanges>, Refusal> {
    let Query(Since { book, since }) =
        since.map_err(|_| Refusal::bad_request("Name the book and since which number."))?;
    let book = book_of(&book)?;
    let changes = server.db.contact_changes(Shelf { user_id: &caller.user.id, book }, since).await?;
    Ok(Json(ContactChanges {
        rows: changes.rows,
        left: changes.left,
        newest: changes.newest,
        writable: may_change(server.db.role_rights(caller.user.role).await?, book),
    }))
}

pub(crate) async fn push(
    State(server): State<Server>,
    caller: Caller,
    Body(wish): Body<PushContacts>,
) -> Result<Json<PushedContacts>, Refusal> {
    let book = book_of(&wish.book)?;
    if wish.edits.len() > MOST_EDITS {
        return Err(Refusal::bad_body("One push holds 200 edits."));
    }
    let may = may_change(server.db.role_rights(caller.user.role).await?, book);
    let mut tried = Vec::with_capacity(wish.edits.len());
    for edit in wish.edits {
        tried.push(if may { change(edit, book)? } else { Err((id_of(&edit.id)?, code::FORBIDDEN)) });
    }
    let good = tried.iter_mut().filter_map(|tried| tried.as_mut().ok().map(take)).collect();
    let mut changed = carry_out(&server, &caller, book, good).await?.into_iter();
    let (mut results, mut bytes) = (Vec::with_capacity(tried.len()), 0);
    for tried in tried {
        // Whatever is not told was done all the same: the same edits again are known.
        if bytes >= MAX_REFUSED {
            break;
        }
        results.push(match tried {
            Ok(change) => match changed.next() {
                Some(Changed::Kept { seq }) => PushedContact::Kept { seq },
                Some(Changed::Conflict(row)) => PushedContact::Conflict { row: *row },
                Some(Changed::Full) => refused(&server, &caller, book, &change.id, code::BOOK_FULL, &mut bytes).await?,
                // The answer is long enough.
                None => break,
            },
            Err((id, code)) => refused(&server, &caller, book, &id, code, &mut bytes).await?,
        });
    }
    Ok(Json(PushedContacts { results }))
}

pub(crate) async fn put(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(wish): Body<PutContact>,
) -> Result<Response, Refusal> {
    let edit = ContactEdit { id, base: wish.base, edit: wish.edit, card: Some(wish.card) };
    one(&server, &caller, &wish.book, edit).await
}

#[derive(Deserialize)]
pub(crate) struct Delete {
    book: String,
    #[serde(default)]
    base: u64,
    edit: String,
}

pub(crate) async fn delete(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    wish: Result<Query<Delete>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(Delete { book, base, edit }) =
        wish.map_err(|_| Refusal::bad_request("Name the book, the base and a tag for the edit."))?;
    one(&server, &caller, &book, ContactEdit { id, base, edit, card: None }).await
}

async fn one(server: &Server, caller: &Caller, book: &str, edit: ContactEdit) -> Result<Response, Refusal> {
    let book = book_of(book)?;
    if !may_change(server.db.role_rights(caller.user.role).await?, book) {
        return Err(Refusal::forbidden("This book is not yours to change."));
    }
    let mut change = change(edit, book)?.map_err(|(_, _)| limits())?;
    let taken = take(&mut change);
    match carry_out(server, caller, book, vec![taken]).await?.pop() {
        Some(Changed::Kept { .. }) => {
            let row = server.db.contact(Shelf { user_id: &caller.user.id, book }, &change.id).await?;
            row.map(|(row, _)| Json(row).into_response()).ok_or_else(Refusal::not_found)
        }
        Some(Changed::Conflict(row)) => Ok(conflict(*row)),
        Some(Changed::Full) => Err(Refusal::new(StatusCode::CONFLICT, code::BOOK_FULL, "The book is full.")),
        None => Err(Refusal::internal()),
    }
}

/// Carries them out and tells everybody concerned.
async fn carry_out(
    server: &Server,
    caller: &Caller,
    book: Book,
    changes: Vec<Change>,
) -> Result<Vec<Changed>, Refusal> {
    let shelf = Shelf { user_id: &caller.user.id, book };
    let (changed, newest) = server.db.change_contacts(shelf, changes, wall_ms()).await?;
    if let Some(seq) = newest {
        let data = ContactsData { book: book.code().to_owned(), seq };
        match book {
            Book::Personal => server.hub.own_contacts(&caller.user.extension, data),
            Book::Company => server.hub.company_contacts(data),
        }
    }
    Ok(changed)
}

/// The change with its card; what stays behind still knows which contact it was.
fn take(change: &mut Change) -> Change {
    Change {
        id: change.id.clone(),
        base: change.base,
        edit: std::mem::take(&mut change.edit),
        card: std::mem::take(&mut change.card),
    }
}

/// The outer error refuses the whole request, the inner one only this edit.
fn change(edit: ContactEdit, book: Book) -> Result<Result<Change, (String, &'static str)>, Refusal> {
    let id = id_of(&edit.id)?;
    if !is_tag(&edit.edit) {
        return Err(Refusal::bad_body("A tag has 1 to 64 plain characters."));
    }
    let card = |card: &ContactCard| kept(card, book == Book::Company);
    Ok(match edit.card.as_ref().map(card) {
        Some(None) => Err((id, code::CONTACT_LIMITS)),
        Some(Some(card)) => Ok(Change { id, base: edit.base, edit: edit.edit, card }),
        None => Ok(Change { id, base: edit.base, edit: edit.edit, card: String::new() }),
    })
}

async fn refused(
    server: &Server,
    caller: &Caller,
    book: Book,
    id: &str,
    code: &str,
    bytes: &mut usize,
) -> Result<PushedContact, Refusal> {
    let row = server.db.contact(Shelf { user_id: &caller.user.id, book }, id).await?;
    *bytes += row.as_ref().map_or(0, |(_, length)| *length);
    let row = row.map(|(row, _)| row);
    Ok(PushedContact::Refused { code: code.to_owned(), row })
}

fn conflict(row: ContactRow) -> Response {
    let status = StatusCode::CONFLICT;
    let problem = Refusal::new(status, code::CONTACT_CONFLICT, "It was changed by somebody else since.").into_problem();
    (status, [(header::CONTENT_TYPE, PROBLEM_TYPE)], Json(ContactConflict { problem, row })).into_response()
}

fn book_of(word: &str) -> Result<Book, Refusal> {
    Book::from_code(word).ok_or_else(|| Refusal::bad_body("A book is personal or company."))
}

fn id_of(text: &str) -> Result<String, Refusal> {
    let plain = matches!(text.len(), 32 | 36) && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let id = text.parse::<ContactId>().ok().filter(|id| plain && *id != ContactId::default());
    id.map(|id| id.to_string()).ok_or_else(|| Refusal::bad_body("The id of a contact is a UUID."))
}

fn limits() -> Refusal {
    let title = "More or longer lines than a contact may have.";
    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, code::CONTACT_LIMITS, title)
}
