//! A panel that shows tray icons, as far as a test needs one: what the icon says and its menu, over the same D-Bus interfaces as a real one
//! (StatusNotifierItem, com.canonical.dbusmenu). Reads one command a line, answers each with a line of JSON:
//!
//! ```text
//! ready            when it can be registered with
//! menu             → [{"label": "Available", "ticked": true}, …]
//! click LABEL      → true, or false when there is no such row (any more)
//! ```

#![allow(clippy::unwrap_used, reason = "a tool of the tests: it ends with what went wrong")]

use std::collections::HashMap;
use std::io::{BufRead, Write};
use std::sync::{Arc, Mutex};

use serde_json::json;
use zbus::blocking::{Connection, Proxy, connection};
use zbus::message::Header;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Structure, Value};

/// Bus name and path of the icon that registered first.
type Item = Arc<Mutex<Option<(String, String)>>>;

struct Watcher(Item);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: String, #[zbus(header)] header: Header<'_>) {
        let sender = header.sender().unwrap().to_string();
        let path = if service.starts_with('/') { service } else { "/StatusNotifierItem".to_owned() };
        self.0.lock().unwrap().get_or_insert((sender, path));
    }

    fn register_status_notifier_host(&self, _service: String) {}

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Id, facts and rows of a menu.
type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

struct Row {
    id: i32,
    label: String,
    ticked: bool,
}

fn main() {
    let item = Item::default();
    let bus = connection::Builder::session()
        .unwrap()
        .serve_at("/StatusNotifierWatcher", Watcher(item.clone()))
        .unwrap()
        .name("org.kde.StatusNotifierWatcher")
        .unwrap()
        .build()
        .unwrap();
    answer(&json!("ready"));
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        match line.split_once(' ') {
            Some(("click", label)) => answer(&json!(click(&bus, &item, label))),
            _ => {
                let rows = rows(&bus, &item);
                answer(&rows.iter().map(|row| json!({ "label": row.label, "ticked": row.ticked })).collect());
            }
        }
    }
}

fn answer(value: &serde_json::Value) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{value}").unwrap();
    out.flush().unwrap();
}

fn click(bus: &Connection, item: &Item, label: &str) -> bool {
    let Some(row) = rows(bus, item).into_iter().find(|row| row.label == label) else { return false };
    let Some(menu) = menu(bus, item) else { return false };
    menu.call::<_, _, ()>("Event", &(row.id, "clicked", Value::from(0_i32), 0_u32)).is_ok()
}

/// Rows of the icon's menu; none as long as there is no icon, or the menu that it names is not there yet.
fn rows(bus: &Connection, item: &Item) -> Vec<Row> {
    let Some(menu) = menu(bus, item) else { return Vec::new() };
    let everything: (i32, i32, Vec<&str>) = (0, -1, Vec::new());
    let Ok((_, (_, _, rows))) = menu.call::<_, _, (u32, Layout)>("GetLayout", &everything) else { return Vec::new() };
    rows.into_iter().filter_map(row).collect()
}

fn menu(bus: &Connection, item: &Item) -> Option<Proxy<'static>> {
    let (name, path) = item.lock().unwrap().clone()?;
    let icon = Proxy::new(bus, name.clone(), path, "org.kde.StatusNotifierItem").unwrap();
    let menu: OwnedObjectPath = icon.get_property("Menu").ok()?;
    Some(Proxy::new(bus, name, menu, "com.canonical.dbusmenu").unwrap())
}

/// A row without words is a line between groups.
fn row(value: OwnedValue) -> Option<Row> {
    let row = Structure::try_from(value).unwrap();
    let [id, facts, _] = row.fields() else { panic!("a row has three fields") };
    let id = i32::try_from(id).unwrap();
    let facts: HashMap<String, Value<'_>> = facts.try_clone().unwrap().try_into().unwrap();
    let label = String::try_from(facts.get("label")?.try_clone().unwrap()).unwrap();
    let ticked = facts.get("toggle-state").is_some_and(|state| i32::try_from(state) == Ok(1));
    let isolates = ['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'];
    // One underscore marks an access key, two are one.
    let label = label.replace(isolates, "").replace("__", "_");
    Some(Row { id, label, ticked })
}
