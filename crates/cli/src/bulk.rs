//! Many users at once, in words.

use std::io::Write;
use std::path::{Path, PathBuf};

use engine::{
    AgentCard, BulkError, BulkNews, BulkPhase, BulkRow, BulkView, EngineHandle, RangeWish, RowState, TableLanguage,
    UserField,
};
use model::Role;
use serde_json::{Value, json};

use crate::run::print;
use crate::words;

/// Commands that begin here.
pub(crate) const COMMANDS: [&str; 8] = [
    "users-range",
    "users-import",
    "users-export",
    "users-start",
    "users-stop",
    "users-rows",
    "users-passwords",
    "users-faults",
];

/// What an administrator wants of many users. Everything but the first two is about the job that they have planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkWish {
    /// Plan a range.
    Range { first: String, last: String, email: String, name: String },
    /// Plan the rows of a table; `None`: columns by their names.
    Import(PathBuf, Option<Vec<UserField>>),
    /// Write the directory as a table.
    Export(PathBuf),
    /// Carry out what is left.
    Start,
    /// No further row.
    Stop,
    /// All rows.
    Rows,
    /// Write the passwords that were made.
    Passwords(PathBuf),
    /// Write the rows that were not carried out.
    Faults(PathBuf),
}

/// Reads what stands behind one of [`COMMANDS`].
///
/// # Errors
/// A sentence that names what is wrong.
pub(crate) fn parse(word: &str, rest: &str) -> Result<BulkWish, String> {
    let file = || if rest.is_empty() { Err(format!("{word} needs a file")) } else { Ok(PathBuf::from(rest)) };
    let alone = |wish| if rest.is_empty() { Ok(wish) } else { Err(format!("{word} takes nothing more")) };
    match word {
        "users-range" => {
            let mut words = rest.splitn(4, char::is_whitespace).map(|word| word.trim().to_owned());
            let mut next = || words.next().filter(|word| !word.is_empty());
            let all = (next(), next(), next(), next());
            let (Some(first), Some(last), Some(email), Some(name)) = all else {
                return Err(format!("{word} needs the first Id, the last, and patterns of e-mail and name"));
            };
            Ok(BulkWish::Range { first, last, email, name })
        }
        "users-import" => {
            let (path, map) = rest.split_once(" --map ").map_or((rest, None), |(path, map)| (path.trim(), Some(map)));
            if path.is_empty() {
                return Err(format!("{word} needs a file"));
            }
            Ok(BulkWish::Import(path.into(), map.map(fields).transpose()?))
        }
        "users-export" => file().map(BulkWish::Export),
        "users-start" => alone(BulkWish::Start),
        "users-stop" => alone(BulkWish::Stop),
        "users-rows" => alone(BulkWish::Rows),
        "users-passwords" => file().map(BulkWish::Passwords),
        _ => file().map(BulkWish::Faults),
    }
}

fn fields(map: &str) -> Result<Vec<UserField>, String> {
    let field = |name: &str| {
        let found = UserField::every().iter().find(|field| field.code() == name.trim());
        found.copied().ok_or_else(|| format!("there is no column {name}"))
    };
    map.split(',').map(field).collect()
}

/// Asks the server; what comes of it is printed.
pub(crate) fn carry_out(engine: &EngineHandle, wish: BulkWish) {
    let engine = engine.clone();
    tokio::spawn(async move {
        match done(&engine, wish).await {
            Ok(event) => print(&event),
            Err(error) => print(&words::error("bulk", error.to_string())),
        }
    });
}

async fn done(engine: &EngineHandle, wish: BulkWish) -> Result<Value, BulkError> {
    let job = async || engine.bulk().await.map(|view| view.job).ok_or(BulkError::NoSuchJob);
    Ok(match wish {
        BulkWish::Range { first, last, email, name } => {
            let (role, agent) = (Role::User, AgentCard::default());
            let range = RangeWish { first, last, name, email, role, department: None, agent };
            view(&engine.bulk_range(&range).await?)
        }
        BulkWish::Import(path, mapping) => {
            let bytes = tokio::fs::read(&path).await.map_err(not_read)?;
            let opened = engine.bulk_open_file(&path.display().to_string(), bytes).await?;
            let table = opened.table;
            view(&engine.bulk_plan(opened.file, table.options, mapping.unwrap_or(table.mapping)).await?)
        }
        BulkWish::Export(path) => {
            written(&path, &engine.directory_table(None, TableLanguage::English).await?)?;
            json!({"event": "users_exported"})
        }
        BulkWish::Start => {
            engine.bulk_start(job().await?).await?;
            json!({"event": "users_started"})
        }
        BulkWish::Stop => {
            engine.bulk_stop(job().await?).await?;
            json!({"event": "users_stopping"})
        }
        BulkWish::Rows => {
            let rows = engine.bulk_rows(job().await?, 0, usize::MAX, false).await?;
            json!({"event": "users_rows", "rows": rows.iter().map(row).collect::<Vec<_>>()})
        }
        BulkWish::Passwords(path) => {
            let table = engine.bulk_passwords(job().await?, TableLanguage::English).await?;
            written(&path, table.reveal())?;
            json!({"event": "users_passwords"})
        }
        BulkWish::Faults(path) => {
            let table = engine.bulk_faults(job().await?, "Reason", |why| why.code().to_owned()).await?;
            written(&path, &table)?;
            json!({"event": "users_faults"})
        }
    })
}

/// A new file for its owner alone: it may hold passwords, and none is written over.
fn written(path: &Path, text: &str) -> Result<(), BulkError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(not_read)
}

fn not_read(fault: std::io::Error) -> BulkError {
    BulkError::Internal(fault.to_string())
}

/// How far a job is.
pub(crate) fn news(news: &BulkNews) -> Option<Value> {
    let mut event = view(&news.view);
    event.as_object_mut()?.insert("changed".into(), news.changed.iter().map(row).collect());
    Some(event)
}

fn view(view: &BulkView) -> Value {
    let phase = match &view.phase {
        BulkPhase::Ready => "ready",
        BulkPhase::Running => "running",
        BulkPhase::Stopping => "stopping",
        BulkPhase::Stopped => "stopped",
        BulkPhase::Interrupted(_) => "interrupted",
        BulkPhase::Done => "done",
    };
    let counts = view.counts;
    json!({
        "event": "bulk", "job": view.job, "phase": phase, "rows": counts.rows, "new": counts.new, "change": counts.change,
        "skipped": counts.skipped, "bad": counts.bad, "made": counts.made, "changed_users": counts.changed,
        "failed": counts.failed, "passwords": counts.passwords,
    })
}

fn row(row: &BulkRow) -> Value {
    let state = match row.state {
        RowState::New => "new",
        RowState::Change => "change",
        RowState::Skipped => "skipped",
        RowState::Bad => "bad",
        RowState::Made => "made",
        RowState::Changed => "changed",
        RowState::Failed => "failed",
    };
    json!({
        "line": row.line, "extension": row.extension, "name": row.name, "email": row.email, "state": state,
        "why": row.fault.map(|fault| fault.why.code()), "field": row.fault.map(|fault| fault.field.code()), "who": row.who,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_bk_01_bk_02() {
        let range = BulkWish::Range {
            first: "100".into(),
            last: "199".into(),
            email: "a{id}@b".into(),
            name: "Agent {id}".into(),
        };
        assert_eq!(parse("users-range", "100 199 a{id}@b Agent {id}"), Ok(range));
        assert!(parse("users-range", "100 199").is_err());
        let mapped =
            BulkWish::Import("my file.csv".into(), Some(vec![UserField::Id, UserField::Ignore, UserField::WrapUp]));
        assert_eq!(parse("users-import", "my file.csv --map id,ignore,wrap_up"), Ok(mapped));
        assert_eq!(parse("users-import", "a.csv"), Ok(BulkWish::Import("a.csv".into(), None)));
        assert_eq!(parse("users-import", "a.csv --map moon"), Err("there is no column moon".into()));
        assert!(parse("users-start", "now").is_err());
    }
}
