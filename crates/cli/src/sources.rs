//! Outside address books.

use engine::{EngineHandle, SourceFault, SourceTrial, SourceView};
use model::SourceId;
use serde_json::{Value, json};

use crate::run::print;
use crate::words;

/// Tells the list.
pub fn list(engine: &EngineHandle) {
    let engine = engine.clone();
    tokio::spawn(async move {
        match engine.sources().await {
            Ok(list) => print(&json!({"event": "sources", "sources": list.iter().map(view).collect::<Vec<_>>()})),
            Err(error) => print(&words::error("sources", error.to_string())),
        }
    });
}

/// Tries one of the list and tells what came of it.
pub fn test(engine: &EngineHandle, id: SourceId) {
    let engine = engine.clone();
    tokio::spawn(async move {
        let tried = async {
            let list = engine.sources().await?;
            match list.into_iter().find(|view| view.source.id == id) {
                Some(view) => engine.source_test(view.source, None).await.map(Some),
                None => Ok(None),
            }
        };
        match tried.await {
            Ok(Some(trial)) => print(&outcome(id, &trial)),
            Ok(None) => print(&words::error("no_such_source", "there is no such address book; `sources` lists them")),
            Err(error) => print(&words::error("sources", error.to_string())),
        }
    });
}

fn view(view: &SourceView) -> Value {
    let SourceView { source, count, read_at, fault, reading } = view;
    json!({
        "id": source.id.to_string(), "kind": source.kind.code(), "name": source.name, "address": source.address, "contacts": count,
        "read_at_ms": read_at.map(|at| at.0), "fault": fault.as_ref().map(why), "reading": reading,
    })
}

fn outcome(id: SourceId, trial: &SourceTrial) -> Value {
    let id = id.to_string();
    match trial {
        SourceTrial::Works { count, names } => json!({"event": "source", "id": id, "contacts": count, "names": names}),
        SourceTrial::Choose(books) => {
            let books: Vec<_> = books.iter().map(|book| json!({"name": book.name, "address": book.address})).collect();
            json!({"event": "source", "id": id, "books": books})
        }
        SourceTrial::Fails(fault) => json!({"event": "source", "id": id, "fault": why(fault)}),
    }
}

fn why(fault: &SourceFault) -> Value {
    json!({"code": fault.why.code(), "detail": fault.detail})
}
