//! The audit as people read it: what was written down as JSON becomes a list of what is different. Pure.

use std::collections::BTreeMap;

use serde_json::Value;
use team_api::AuditChange;

/// Changes of one entry that are told.
const MOST_CHANGES: usize = 40;
/// Characters of a value that are told.
const MOST_CHARS: usize = 200;
/// Objects in objects that are looked into.
const DEPTH: usize = 4;

/// What is different since: of `before` and `after` the leaves that are not the same, of other members how they were wished for.
/// `name` gives the name of what an id stands for.
pub(crate) fn changes(details: &Value, name: &dyn Fn(&str) -> Option<String>) -> Vec<AuditChange> {
    let mut leaves: BTreeMap<String, (Option<String>, Option<String>)> = BTreeMap::new();
    for (key, value) in details.as_object().into_iter().flatten() {
        match key.as_str() {
            "before" => walk(value, "", DEPTH, name, &mut |what, text| leaves.entry(what).or_default().0 = Some(text)),
            "after" => walk(value, "", DEPTH, name, &mut |what, text| leaves.entry(what).or_default().1 = Some(text)),
            key => walk(value, key, DEPTH, name, &mut |what, text| leaves.entry(what).or_default().1 = Some(text)),
        }
    }
    let differ = leaves.into_iter().filter(|(_, (before, after))| before != after);
    differ.map(|(what, (before, after))| AuditChange { what, before, after }).take(MOST_CHANGES).collect()
}

fn walk(
    value: &Value,
    at: &str,
    depth: usize,
    name: &dyn Fn(&str) -> Option<String>,
    leaf: &mut dyn FnMut(String, String),
) {
    match value {
        Value::Null => {}
        Value::Object(members) if depth > 0 => {
            for (key, member) in members {
                // How often something was changed is no news.
                if key == "version" {
                    continue;
                }
                let at = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
                walk(member, &at, depth - 1, name, leaf);
            }
        }
        Value::Array(all) => {
            let texts: Vec<String> = all.iter().map(|one| said(one, name)).collect();
            leaf(at.to_owned(), cut(&texts.join(", ")));
        }
        value => leaf(at.to_owned(), cut(&said(value, name))),
    }
}

fn said(value: &Value, name: &dyn Fn(&str) -> Option<String>) -> String {
    match value {
        Value::String(text) => name(text).unwrap_or_else(|| text.clone()),
        value => value.to_string(),
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The name of the subject that the entry itself remembers, for what is gone since.
pub(crate) fn remembered(details: &Value) -> Option<String> {
    let of = |when: &str| details.get(when)?.get("name")?.as_str().map(str::to_owned);
    of("after").or_else(|| of("before"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(details: &Value) -> Vec<(String, Option<String>, Option<String>)> {
        let name = |id: &str| (id == "d-1").then(|| "Sales".to_owned());
        changes(details, &name).into_iter().map(|one| (one.what, one.before, one.after)).collect()
    }

    fn text(said: &str) -> Option<String> {
        Some(said.to_owned())
    }

    #[test]
    fn only_what_differs_is_told_and_ids_have_names() {
        let before =
            json!({"name": "A", "department": "d-1", "switches": {"calls": false, "presence": true}, "version": 1});
        let after =
            json!({"name": "A", "department": "default", "switches": {"calls": true, "presence": true}, "version": 2});
        let told = told(&json!({ "before": before, "after": after }));
        assert_eq!(
            told,
            [
                ("department".into(), text("Sales"), text("default")),
                ("switches.calls".into(), text("false"), text("true")),
            ]
        );
    }

    #[test]
    fn what_was_wished_for_stands_as_it_is() {
        assert_eq!(told(&json!({"mode": "listen", "why": null})), [("mode".into(), None, text("listen"))]);
        assert_eq!(told(&json!({"after": ["a", "d-1"]})), [(String::new(), None, text("a, Sales"))]);
        assert_eq!(told(&json!("no object")), []);
    }

    #[test]
    fn nothing_grows_without_bound() {
        let many: serde_json::Map<String, Value> = (0..500).map(|n| (n.to_string(), json!("é".repeat(999)))).collect();
        let told = told(&json!({ "after": many }));
        assert_eq!(told.len(), MOST_CHANGES);
        assert!(
            told.iter().all(|(_, _, after)| after.as_ref().is_some_and(|text| text.chars().count() == MOST_CHARS + 1))
        );
        let mut deep = json!(1);
        (0..50).for_each(|_| deep = json!({ "a": deep.clone() }));
        assert_eq!(changes(&deep, &|_| None).len(), 1);
    }

    #[test]
    fn what_is_gone_keeps_the_name_it_had() {
        assert_eq!(remembered(&json!({"before": {"name": "Omar"}})), text("Omar"));
        assert_eq!(remembered(&json!({"sessions": 1})), None);
    }
}
