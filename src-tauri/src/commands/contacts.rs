//! The address book.

use engine::{BookError, ContactQuery, EngineHandle, ListOrder};
use ipc::{
    Contact, ContactDecision, ContactFavourite, ContactLook, ContactRef, ContactSaved, ContactVersions, ContactsExport,
    ContactsPage, ContactsQuery, ContactsRegion, ErrorCode, ExportFormat, ImportPreview, ImportReport, ImportWish,
    IpcError, Language, NumberRef, PreviewImport,
};
use model::ContactId;
use tauri::ipc::{InvokeBody, Request};
use tauri::{AppHandle, State};

use super::history::{local, written};
use super::import_convert as convert;
use crate::events;

/// Header of `contacts_open_file` that names the file.
const FILE_NAME: &str = "file-name";

#[tauri::command]
pub async fn contacts(engine: State<'_, EngineHandle>, request: ContactsQuery) -> Result<ContactsPage, IpcError> {
    let order = match request.language {
        Language::En => ListOrder::LatinFirst,
        Language::Ar => ListOrder::ArabicFirst,
    };
    let ContactsQuery { text, which, offset, limit, .. } = request;
    let which = convert::which(which);
    let page = engine.contacts(&ContactQuery { text, which, order, offset, limit }).await.map_err(failed)?;
    Ok(convert::page(page))
}

#[tauri::command]
pub async fn contact(engine: State<'_, EngineHandle>, request: ContactRef) -> Result<ContactLook, IpcError> {
    let contact = engine.contact(id(&request.id)?).await.map_err(failed)?;
    look(&engine, &contact).await
}

/// Whose a number is.
#[tauri::command]
pub async fn contact_of(engine: State<'_, EngineHandle>, request: NumberRef) -> Result<Option<ContactLook>, IpcError> {
    match engine.contact_of(&request.number).await.map_err(failed)? {
        Some(contact) => look(&engine, &contact).await.map(Some),
        None => Ok(None),
    }
}

async fn look(engine: &EngineHandle, contact: &model::Contact) -> Result<ContactLook, IpcError> {
    let (standing, can_edit) = engine.contact_standing(contact).await.map_err(failed)?;
    let source = match contact.source {
        Some(source) => engine.source_name(source).await.map_err(failed)?,
        None => None,
    };
    Ok(ContactLook { contact: convert::contact(contact), can_edit, standing: convert::standing(standing), source })
}

/// Both versions of a contact that was changed in two places.
#[tauri::command]
pub async fn contact_versions(
    engine: State<'_, EngineHandle>,
    request: ContactRef,
) -> Result<ContactVersions, IpcError> {
    let dispute = engine.contact_dispute(id(&request.id)?).await.map_err(failed)?;
    dispute.as_ref().map(convert::versions).ok_or_else(|| IpcError::new(ErrorCode::NoSuchContact))
}

#[tauri::command]
pub async fn contact_resolve(
    engine: State<'_, EngineHandle>,
    request: ContactDecision,
) -> Result<ContactSaved, IpcError> {
    let of = |contact: Contact| contact.into_model().ok_or_else(|| IpcError::new(ErrorCode::NoSuchContact));
    let decided = request.contact.map(of).transpose()?;
    Ok(convert::saved(&engine.contact_resolve(id(&request.id)?, decided).await.map_err(failed)?))
}

#[tauri::command]
pub async fn contact_save(engine: State<'_, EngineHandle>, request: Contact) -> Result<ContactSaved, IpcError> {
    let contact = request.into_model().ok_or_else(|| IpcError::new(ErrorCode::NoSuchContact))?;
    Ok(convert::saved(&engine.contact_save(contact).await.map_err(failed)?))
}

#[tauri::command]
pub async fn contact_delete(engine: State<'_, EngineHandle>, request: ContactRef) -> Result<(), IpcError> {
    engine.contact_delete(id(&request.id)?).await.map_err(failed)
}

#[tauri::command]
pub async fn contact_restore(engine: State<'_, EngineHandle>, request: ContactRef) -> Result<(), IpcError> {
    engine.contact_restore(id(&request.id)?).await.map_err(failed)
}

#[tauri::command]
pub async fn contact_favourite(engine: State<'_, EngineHandle>, request: ContactFavourite) -> Result<(), IpcError> {
    engine.contact_favourite(id(&request.id)?, request.favourite).await.map_err(failed)
}

/// Copies somebody of an outside address book into the agent's own; answers with the copy's id.
#[tauri::command]
pub async fn contact_copy(engine: State<'_, EngineHandle>, request: ContactRef) -> Result<String, IpcError> {
    Ok(engine.contact_copy(id(&request.id)?).await.map_err(failed)?.to_string())
}

/// The bytes of a file come as they are: as JSON they would be four times as many.
#[tauri::command]
pub async fn contacts_open_file(
    engine: State<'_, EngineHandle>,
    request: Request<'_>,
) -> Result<ImportPreview, IpcError> {
    let name = request.headers().get(FILE_NAME).and_then(|name| name.to_str().ok()).unwrap_or_default();
    let bytes = match request.body() {
        InvokeBody::Raw(bytes) => bytes.clone(),
        // A web view that cannot send bytes sends them as a list.
        InvokeBody::Json(list) => serde_json::from_value(list.clone()).map_err(events::internal)?,
    };
    Ok(convert::preview(&engine.contacts_open_file(&convert::percent_decoded(name), bytes).await.map_err(failed)?))
}

#[tauri::command]
pub async fn contacts_preview(
    engine: State<'_, EngineHandle>,
    request: PreviewImport,
) -> Result<ImportPreview, IpcError> {
    let PreviewImport { file, options, mapping, header } = request;
    let mapping = mapping.map(|mapping| convert::mapping(&mapping, &header));
    let preview = engine.contacts_preview(u64::from(file), convert::options(&options), mapping).await;
    Ok(convert::preview(&preview.map_err(failed)?))
}

#[tauri::command]
pub async fn contacts_import(engine: State<'_, EngineHandle>, request: ImportWish) -> Result<ImportReport, IpcError> {
    let table =
        request.table.map(|table| (convert::options(&table.options), convert::mapping(&table.mapping, &table.header)));
    let wish = engine::ImportWish { file: u64::from(request.file), table, keep_both: request.keep_both };
    Ok(convert::report(&engine.contacts_import(wish).await.map_err(failed)?))
}

/// Writes the whole book to a file in the agent's downloads and answers with its path.
#[tauri::command]
pub async fn contacts_export(
    app: AppHandle,
    engine: State<'_, EngineHandle>,
    request: ContactsExport,
) -> Result<String, IpcError> {
    let (format, extension) = match request.format {
        ExportFormat::Vcf => (engine::ExportFormat::Cards, "vcf"),
        ExportFormat::Csv => (engine::ExportFormat::Table { separator: b',' }, "csv"),
    };
    let text = engine.contacts_export(format).await.map_err(failed)?;
    let stem = format!("rannan-contacts-{}", local(engine.wall()).strftime("%Y-%m-%d"));
    written(&app, stem, extension, text).await
}

#[tauri::command]
pub fn contacts_region(engine: State<'_, EngineHandle>) -> ContactsRegion {
    ContactsRegion { code: engine.contacts_region() }
}

#[tauri::command]
pub async fn contacts_set_region(engine: State<'_, EngineHandle>, request: ContactsRegion) -> Result<(), IpcError> {
    engine.contacts_set_region(&request.code).await.map_err(failed)
}

fn id(text: &str) -> Result<ContactId, IpcError> {
    text.parse().map_err(|_| IpcError::new(ErrorCode::NoSuchContact))
}

pub(super) fn failed(fault: BookError) -> IpcError {
    let code = match fault {
        BookError::Storage(_) => ErrorCode::StorageFailed,
        BookError::SignedOut => ErrorCode::NotSignedIn,
        BookError::NoSuchContact => ErrorCode::NoSuchContact,
        BookError::NotOurs => ErrorCode::NotYourBook,
        BookError::NoSuchFile => ErrorCode::NoSuchFile,
        BookError::NotABook => ErrorCode::NotABook,
        BookError::TooLarge => ErrorCode::FileTooLarge,
        BookError::NoSuchRegion | BookError::Internal(_) => ErrorCode::Internal,
    };
    IpcError {
        detail: matches!(code, ErrorCode::StorageFailed | ErrorCode::Internal).then(|| fault.to_string()),
        ..IpcError::new(code)
    }
}
