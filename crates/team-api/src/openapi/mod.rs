//! The API as OpenAPI 3.1, for people who read and programs that generate clients in other languages.
//!
//! `operations` is the table of what there is, `operation` says it in OpenAPI's words, the shapes come from the types themselves. A test of the
//! server walks its router and compares both ways, so nothing is missing here and nothing is promised that is not there.

mod audit;
mod directory;
mod operate;
mod operation;
mod operations;
mod panel;
mod parking;
mod recording;
mod rights;
mod supervision;
mod voicemail;

use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, PathsBuilder};

use operation::SESSION;

/// The document, JSON with line breaks, as it stands in `docs/openapi.json` and at [`crate::path::OPENAPI`].
///
/// # Panics
/// Never: the document is made of strings and numbers.
#[must_use]
pub fn openapi_json() -> String {
    let text = document().to_pretty_json().expect("it is made of strings and numbers");
    let mut text = without_links(&text);
    text.push('\n');
    text
}

/// The shapes' words are Rust's documentation: a link to something of ours becomes its name.
fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut left = text;
    while let Some((before, rest)) = left.split_once("[`") {
        plain.push_str(before);
        match rest.split_once("`]") {
            Some((name, after)) if !name.contains('\n') => {
                plain.push_str(&format!("`{}`", name.strip_prefix("crate::").unwrap_or(name)));
                left = after;
            }
            Some(_) | None => {
                plain.push_str("[`");
                left = rest;
            }
        }
    }
    plain.push_str(left);
    plain
}

fn document() -> OpenApi {
    let mut components = ComponentsBuilder::new().security_scheme(
        SESSION,
        SecurityScheme::Http(Http::builder().scheme(HttpAuthScheme::Bearer).description(Some(BEARER)).build()),
    );
    let mut paths = PathsBuilder::new();
    for operation in operations::all() {
        let (path, item, schemas) = operation.finish();
        components = components.schemas_from_iter(schemas);
        paths = paths.path(path, item);
    }
    let licence = LicenseBuilder::new().name("MIT OR Apache-2.0").identifier(Some("MIT OR Apache-2.0")).build();
    let info = InfoBuilder::new()
        .title("Rannan team server")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .license(Some(licence))
        .build();
    OpenApiBuilder::new().info(info).paths(paths.build()).components(Some(components.build())).build()
}

const ABOUT: &str = "What a phone and a team server say to each other. JSON over HTTP, UTF-8, `snake_case`. Times are milliseconds since 1970 UTC and \
                     end in `_ms`. Ignore members, event types and words that you do not know: both sides may be of different age. Every refusal is a \
                     problem (RFC 9457); programs read `code`.";

const BEARER: &str = "The `token` of a sign-in. It is opaque, and void after a sign-out, a change of the password elsewhere, or when it is not used.";

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn parsed() -> Value {
        serde_json::from_str(&openapi_json()).unwrap()
    }

    /// Every `$ref` in the document.
    fn refs<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|value| refs(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| refs(value, found)),
            _ => {}
        }
    }

    #[test]
    fn every_shape_that_is_named_is_described_and_none_is_left_over() {
        let document = parsed();
        let mut named = Vec::new();
        refs(&document, &mut named);
        let schemas = document["components"]["schemas"].as_object().unwrap();
        for name in &named {
            let short = name.strip_prefix("#/components/schemas/").unwrap_or_else(|| panic!("{name}"));
            assert!(schemas.contains_key(short), "{short} is named and not described");
        }
        for (name, schema) in schemas {
            assert!(named.iter().any(|it| it.ends_with(&format!("/{name}"))), "{name} is described and not used");
            assert!(schema["description"].is_string(), "{name} says what it is");
        }
    }

    #[test]
    fn every_operation_has_a_name_of_its_own_and_says_what_can_go_wrong() {
        let document = parsed();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        let mut ids = Vec::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let place = format!("{method} {path}");
                ids.push(operation["operationId"].as_str().unwrap_or_else(|| panic!("{place}")));
                assert!(operation["summary"].is_string(), "{place}");
                let problems = operation["responses"].as_object().unwrap().values().any(|response| {
                    response["content"].as_object().is_some_and(|it| it.contains_key(crate::PROBLEM_TYPE))
                });
                assert!(problems, "{place} cannot fail?");
                let parameters = operation["parameters"]
                    .as_array()
                    .map_or(0, |all| all.iter().filter(|p| p["in"] == "path").count());
                assert_eq!(parameters, path.matches('{').count(), "{place} describes what its path holds");
            }
        }
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{ids:?}");
    }

    #[test]
    fn links_of_rust_become_names() {
        for (text, expected) in [
            ("of [`crate::path::ME`], and [`Problem`].", "of `path::ME`, and `Problem`."),
            ("open [`crate", "open [`crate"),
            ("no [link]", "no [link]"),
        ] {
            assert_eq!(without_links(text), expected);
        }
        assert!(!openapi_json().contains("crate::"));
    }

    #[test]
    fn secrets_are_marked_as_such() {
        let document = parsed();
        for (shape, member) in
            [("Login", "password"), ("LoginAnswer", "token"), ("SipCredentials", "password"), ("ChangePassword", "new")]
        {
            assert_eq!(
                document["components"]["schemas"][shape]["properties"][member]["format"], "password",
                "{shape}.{member}"
            );
        }
    }
}
