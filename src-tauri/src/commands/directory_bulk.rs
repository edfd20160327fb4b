//! Many users at once.

use engine::{BulkError, BulkNews, EngineHandle, RangeFault, RangeWish, TableLanguage};
use ipc::{
    Bulk, BulkFaults, BulkFile, BulkLook, BulkOf, BulkPage, BulkPhase, BulkPlan, BulkRange, BulkRow, BulkRowOf,
    BulkState, BulkTableOf, BulkWhy, DirectoryExport, ErrorCode, IpcError, Language, UiEvent, UserField,
};
use tauri::ipc::{InvokeBody, Request};
use tauri::{AppHandle, State};

use super::history::{local, written, written_privately};
use super::{directory, import_convert};
use crate::events;

/// Header of `bulk_open_file` that names the file.
const FILE_NAME: &str = "file-name";
/// Rows of one answer.
const MOST_ROWS: u32 = 1_000;

#[tauri::command]
pub async fn bulk_range(engine: State<'_, EngineHandle>, request: BulkRange) -> Result<Bulk, IpcError> {
    let BulkRange { first, last, name, email, role, department, agent } = request;
    let wish = RangeWish { first, last, name, email, role: role.into(), department, agent: agent.into() };
    engine.bulk_range(&wish).await.map(|it| view(&it)).map_err(failed)
}

/// The bytes of a file come as they are: as JSON they would be four times as many.
#[tauri::command]
pub async fn bulk_open_file(engine: State<'_, EngineHandle>, request: Request<'_>) -> Result<BulkFile, IpcError> {
    let name = request.headers().get(FILE_NAME).and_then(|name| name.to_str().ok()).unwrap_or_default();
    let bytes = match request.body() {
        InvokeBody::Raw(bytes) => bytes.clone(),
        // A web view that cannot send bytes sends them as a list.
        InvokeBody::Json(list) => serde_json::from_value(list.clone()).map_err(events::internal)?,
    };
    engine.bulk_open_file(&import_convert::percent_decoded(name), bytes).await.map(file).map_err(failed)
}

#[tauri::command]
pub async fn bulk_look(engine: State<'_, EngineHandle>, request: BulkLook) -> Result<BulkFile, IpcError> {
    let mapping = request.mapping.map(|mapping| mapping.into_iter().map(field).collect());
    let options = import_convert::options(&request.options);
    engine.bulk_look(request.file.into(), Some(options), mapping).await.map(file).map_err(failed)
}

#[tauri::command]
pub async fn bulk_plan(engine: State<'_, EngineHandle>, request: BulkPlan) -> Result<Bulk, IpcError> {
    let mapping = request.mapping.into_iter().map(field).collect();
    let options = import_convert::options(&request.options);
    engine.bulk_plan(request.file.into(), options, mapping).await.map(|it| view(&it)).map_err(failed)
}

#[tauri::command]
pub async fn bulk_get(engine: State<'_, EngineHandle>) -> Result<Option<Bulk>, IpcError> {
    Ok(engine.bulk().await.map(|it| view(&it)))
}

#[tauri::command]
pub async fn bulk_rows(engine: State<'_, EngineHandle>, request: BulkPage) -> Result<Vec<BulkRow>, IpcError> {
    let BulkPage { job, offset, limit, faults } = request;
    let (offset, limit) = (wide(offset), wide(limit.min(MOST_ROWS)));
    let rows = engine.bulk_rows(job.into(), offset, limit, faults).await.map_err(failed)?;
    Ok(rows.iter().map(row).collect())
}

#[tauri::command]
pub async fn bulk_start(engine: State<'_, EngineHandle>, request: BulkOf) -> Result<(), IpcError> {
    engine.bulk_start(request.job.into()).await.map_err(failed)
}

#[tauri::command]
pub async fn bulk_stop(engine: State<'_, EngineHandle>, request: BulkOf) -> Result<(), IpcError> {
    engine.bulk_stop(request.job.into()).await.map_err(failed)
}

#[tauri::command]
pub async fn bulk_leave(engine: State<'_, EngineHandle>, request: BulkOf) -> Result<(), IpcError> {
    engine.bulk_leave(request.job.into());
    Ok(())
}

#[tauri::command]
pub async fn bulk_password(engine: State<'_, EngineHandle>, request: BulkRowOf) -> Result<String, IpcError> {
    let password = engine.bulk_password(request.job.into(), wide(request.at)).await.map_err(failed)?;
    Ok(password.reveal().to_owned())
}

/// Writes the passwords that were made to a file in the agent's downloads that only its owner may read; answers with its path.
#[tauri::command]
pub async fn bulk_save_passwords(
    app: AppHandle,
    engine: State<'_, EngineHandle>,
    request: BulkTableOf,
) -> Result<String, IpcError> {
    let table = engine.bulk_passwords(request.job.into(), language(request.language)).await.map_err(failed)?;
    written_privately(&app, stem("rannan-passwords", &engine), "csv", table).await
}

/// Writes the rows that were not carried out to a file in the agent's downloads; answers with its path.
#[tauri::command]
pub async fn bulk_save_faults(
    app: AppHandle,
    engine: State<'_, EngineHandle>,
    request: BulkFaults,
) -> Result<String, IpcError> {
    let BulkFaults { job, heading, reasons } = request;
    let words = |of: engine::BulkWhy| {
        let found = reasons.iter().find(|reason| reason.why == why(of));
        found.map_or_else(|| of.code().to_owned(), |reason| reason.text.clone())
    };
    let table = engine.bulk_faults(job.into(), &heading, words).await.map_err(failed)?;
    written(&app, stem("rannan-errors", &engine), "csv", table).await
}

/// Writes the directory as it is shown to a file in the agent's downloads; answers with its path.
#[tauri::command]
pub async fn directory_export(
    app: AppHandle,
    engine: State<'_, EngineHandle>,
    request: DirectoryExport,
) -> Result<String, IpcError> {
    let table = engine.directory_table(Some(&request.ids), language(request.language)).await.map_err(failed)?;
    written(&app, stem("rannan-users", &engine), "csv", table).await
}

/// What is new of a job.
#[must_use]
pub fn news(news: &BulkNews) -> UiEvent {
    UiEvent::Bulk { bulk: view(&news.view), changed: news.changed.iter().map(row).collect() }
}

fn stem(what: &str, engine: &EngineHandle) -> String {
    format!("{what}-{}", local(engine.wall()).strftime("%Y-%m-%d"))
}

fn language(language: Language) -> TableLanguage {
    match language {
        Language::En => TableLanguage::English,
        Language::Ar => TableLanguage::Arabic,
    }
}

fn file(file: engine::BulkFile) -> BulkFile {
    let engine::BulkTable { options, mapping, header, rows } = file.table;
    BulkFile {
        file: u32::try_from(file.file).unwrap_or(u32::MAX),
        name: file.name,
        options: import_convert::told_options(options),
        mapping: mapping.into_iter().map(told_field).collect(),
        header,
        rows,
        count: narrow(file.rows),
    }
}

fn view(view: &engine::BulkView) -> Bulk {
    let engine::BulkCounts { rows, new, change, skipped, bad, made, changed, failed: refused, passwords } = view.counts;
    let (phase, error) = match &view.phase {
        engine::BulkPhase::Ready => (BulkPhase::Ready, None),
        engine::BulkPhase::Running => (BulkPhase::Running, None),
        engine::BulkPhase::Stopping => (BulkPhase::Stopping, None),
        engine::BulkPhase::Stopped => (BulkPhase::Stopped, None),
        engine::BulkPhase::Interrupted(why) => (BulkPhase::Interrupted, Some(directory::failed(why.clone()))),
        engine::BulkPhase::Done => (BulkPhase::Done, None),
    };
    Bulk {
        job: u32::try_from(view.job).unwrap_or(u32::MAX),
        file: view.file.clone(),
        phase,
        error,
        rows: narrow(rows),
        new: narrow(new),
        change: narrow(change),
        skipped: narrow(skipped),
        bad: narrow(bad),
        made: narrow(made),
        changed: narrow(changed),
        failed: narrow(refused),
        passwords: narrow(passwords),
    }
}

fn row(row: &engine::BulkRow) -> BulkRow {
    BulkRow {
        at: narrow(row.at),
        line: u32::try_from(row.line).unwrap_or(u32::MAX),
        extension: row.extension.clone(),
        name: row.name.clone(),
        email: row.email.clone(),
        state: match row.state {
            engine::RowState::New => BulkState::New,
            engine::RowState::Change => BulkState::Change,
            engine::RowState::Skipped => BulkState::Skipped,
            engine::RowState::Bad => BulkState::Bad,
            engine::RowState::Made => BulkState::Made,
            engine::RowState::Changed => BulkState::Changed,
            engine::RowState::Failed => BulkState::Failed,
        },
        why: row.fault.map(|fault| why(fault.why)),
        field: told_field(row.fault.map_or(engine::UserField::Ignore, |fault| fault.field)),
        who: row.who.clone(),
        has_password: row.has_password,
    }
}

fn why(why: engine::BulkWhy) -> BulkWhy {
    match why {
        engine::BulkWhy::Exists => BulkWhy::Exists,
        engine::BulkWhy::Queue => BulkWhy::Queue,
        engine::BulkWhy::ExtensionTaken => BulkWhy::ExtensionTaken,
        engine::BulkWhy::EmailTaken => BulkWhy::EmailTaken,
        engine::BulkWhy::Twice => BulkWhy::Twice,
        engine::BulkWhy::Nothing => BulkWhy::Nothing,
        engine::BulkWhy::BadId => BulkWhy::BadId,
        engine::BulkWhy::BadName => BulkWhy::BadName,
        engine::BulkWhy::BadEmail => BulkWhy::BadEmail,
        engine::BulkWhy::WeakPassword => BulkWhy::WeakPassword,
        engine::BulkWhy::BadPin => BulkWhy::BadPin,
        engine::BulkWhy::NoRole => BulkWhy::NoRole,
        engine::BulkWhy::RoleAbove => BulkWhy::RoleAbove,
        engine::BulkWhy::NoDepartment => BulkWhy::NoDepartment,
        engine::BulkWhy::BadAgent => BulkWhy::BadAgent,
        engine::BulkWhy::BadNumber => BulkWhy::BadNumber,
        engine::BulkWhy::TooLong => BulkWhy::TooLong,
        engine::BulkWhy::NotYours => BulkWhy::NotYours,
        engine::BulkWhy::Gone => BulkWhy::Gone,
        engine::BulkWhy::Changed => BulkWhy::Changed,
        engine::BulkWhy::Yourself => BulkWhy::Yourself,
        engine::BulkWhy::LastOwner => BulkWhy::LastOwner,
        engine::BulkWhy::Refused => BulkWhy::Refused,
    }
}

fn field(field: UserField) -> engine::UserField {
    match field {
        UserField::Ignore => engine::UserField::Ignore,
        UserField::Id => engine::UserField::Id,
        UserField::Password => engine::UserField::Password,
        UserField::Pin => engine::UserField::Pin,
        UserField::Role => engine::UserField::Role,
        UserField::Name => engine::UserField::Name,
        UserField::Email => engine::UserField::Email,
        UserField::Department => engine::UserField::Department,
        UserField::Agent => engine::UserField::Agent,
        UserField::CallTimeout => engine::UserField::CallTimeout,
        UserField::WrapUp => engine::UserField::WrapUp,
        UserField::MaxNoAnswer => engine::UserField::MaxNoAnswer,
        UserField::BusyDelay => engine::UserField::BusyDelay,
        UserField::RejectDelay => engine::UserField::RejectDelay,
        UserField::NoAnswerDelay => engine::UserField::NoAnswerDelay,
    }
}

fn told_field(field: engine::UserField) -> UserField {
    match field {
        engine::UserField::Ignore => UserField::Ignore,
        engine::UserField::Id => UserField::Id,
        engine::UserField::Password => UserField::Password,
        engine::UserField::Pin => UserField::Pin,
        engine::UserField::Role => UserField::Role,
        engine::UserField::Name => UserField::Name,
        engine::UserField::Email => UserField::Email,
        engine::UserField::Department => UserField::Department,
        engine::UserField::Agent => UserField::Agent,
        engine::UserField::CallTimeout => UserField::CallTimeout,
        engine::UserField::WrapUp => UserField::WrapUp,
        engine::UserField::MaxNoAnswer => UserField::MaxNoAnswer,
        engine::UserField::BusyDelay => UserField::BusyDelay,
        engine::UserField::RejectDelay => UserField::RejectDelay,
        engine::UserField::NoAnswerDelay => UserField::NoAnswerDelay,
    }
}

fn failed(fault: BulkError) -> IpcError {
    let code = match &fault {
        BulkError::Directory(why) => return directory::failed(why.clone()),
        BulkError::Range(RangeFault::Bounds) => ErrorCode::BadRange,
        BulkError::Range(RangeFault::TooMany) => ErrorCode::RangeTooLong,
        BulkError::Range(RangeFault::Name) => ErrorCode::BadUserName,
        BulkError::Range(RangeFault::Email) => ErrorCode::BadEmailPattern,
        BulkError::NotATable => ErrorCode::NotATable,
        BulkError::TooLarge => ErrorCode::TableTooLarge,
        BulkError::TooManyRows => ErrorCode::TooManyRows,
        BulkError::NoIdColumn => ErrorCode::NoIdColumn,
        BulkError::NoSuchFile => ErrorCode::NoSuchFile,
        BulkError::NoSuchJob => ErrorCode::NoSuchBulk,
        BulkError::Busy => ErrorCode::BulkBusy,
        BulkError::Internal(_) => ErrorCode::Internal,
    };
    IpcError { detail: (code == ErrorCode::Internal).then(|| fault.to_string()), ..IpcError::new(code) }
}

fn wide(value: u32) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

fn narrow(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_go_there_and_back_bk_02() {
        for inside in engine::UserField::every() {
            assert_eq!(field(told_field(*inside)), *inside);
        }
    }

    #[test]
    fn what_is_told_differently_has_a_code_of_its_own_bk_01() {
        assert_eq!(failed(BulkError::Range(RangeFault::Bounds)).code, ErrorCode::BadRange);
        assert_eq!(failed(BulkError::Directory(engine::DirectoryError::NotYours)).code, ErrorCode::NotYours);
    }
}
