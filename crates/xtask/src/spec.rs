//! Which rule of the specification is proved by which test: `docs/spec-coverage.md`, made of `docs/spec-rows.tsv` and of the tests.
//!
//! A test cites a rule by its identifier: in its title or its group's (`it("CT-01 …")`), in its name (`fn ct_01_…`) or in the comment above it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::metadata::root;

/// Where tests are.
const PLACES: [&str; 4] = ["crates", "src-tauri", "tests", "ui/test"];
/// Folders without tests of ours.
const SKIPPED: [&str; 4] = ["node_modules", "target", "output", "__screenshots__"];

/// A rule and the tests that cite it, each as `file: title`.
struct Rule {
    id: String,
    chapter: String,
    says: String,
    tests: Vec<(String, String)>,
}

/// The table, as the tests of the tree say it is.
pub fn table() -> Result<String, String> {
    let rows = root().join("docs/spec-rows.tsv");
    let rows = fs::read_to_string(&rows).map_err(|e| format!("reading {}: {e}", rows.display()))?;
    let mut rules: Vec<Rule> = rows
        .lines()
        .map(|line| {
            let mut cells = line.splitn(3, '\t').map(str::to_owned);
            match (cells.next(), cells.next(), cells.next()) {
                (Some(id), Some(chapter), Some(says)) => Ok(Rule { id, chapter, says, tests: Vec::new() }),
                _ => Err(format!("docs/spec-rows.tsv: three cells a line, not {line:?}")),
            }
        })
        .collect::<Result<_, _>>()?;
    let mut cited: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for file in files()? {
        let text = fs::read_to_string(&file).map_err(|e| format!("reading {}: {e}", file.display()))?;
        let name = file.strip_prefix(root()).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        for (title, ids) in tests(&text, name.ends_with(".rs")) {
            for id in ids {
                cited.entry(id).or_default().push((name.clone(), title.clone()));
            }
        }
    }
    for rule in &mut rules {
        rule.tests = cited.remove(&rule.id).unwrap_or_default();
        rule.tests.dedup();
    }
    Ok(page(&rules))
}

fn page(rules: &[Rule]) -> String {
    let proved = rules.iter().filter(|rule| !rule.tests.is_empty()).count();
    let mut page = format!(
        "# Rules of the specification and their tests\n\nWritten by `cargo xtask codegen`; do not edit. {proved} of {} rules are cited by a test.\n",
        rules.len()
    );
    let mut chapter = "";
    for rule in rules {
        if rule.chapter != chapter {
            chapter = &rule.chapter;
            let _ = write!(page, "\n## {chapter}\n\n| Rule | What it says | Tests |\n|---|---|---|\n");
        }
        let mut files: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (file, title) in &rule.tests {
            files.entry(file).or_default().push(title);
        }
        let tests: Vec<String> =
            files.iter().map(|(file, titles)| format!("`{file}`: {}", titles.join("; "))).collect();
        let tests = if tests.is_empty() { "none yet".to_owned() } else { tests.join("<br>") };
        let _ = writeln!(page, "| {} | {} | {} |", rule.id, rule.says.replace('|', "\\|"), tests.replace('|', "\\|"));
    }
    page
}

fn files() -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = PLACES.iter().map(|place| root().join(place)).collect();
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|e| format!("reading {}: {e}", folder.display()))?;
        for entry in entries {
            let path = entry.map_err(|e| format!("reading {}: {e}", folder.display()))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && !SKIPPED.contains(&&*name) {
                folders.push(path);
            } else if is_test_file(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn is_test_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".rs") || name.ends_with(".test.mjs") || name.ends_with(".test.tsx") || name.ends_with(".test.ts")
}

/// The tests of a file that cite rules: title and identifiers.
fn tests(text: &str, is_rust: bool) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    let mut above = String::new();
    let mut group = String::new();
    let mut is_test = false;
    for line in text.lines().map(str::trim) {
        let title = if is_rust {
            if line.starts_with("#[") {
                is_test |= line.contains("test]") || line.contains("test(");
                continue;
            }
            line.strip_prefix("async fn ").or(line.strip_prefix("fn ")).filter(|_| is_test).map(|rest| {
                let name = rest.split(['(', '<']).next().unwrap_or(rest);
                (name.replace('_', " "), format!("{above} {}", spelled(name)))
            })
        } else {
            if let Some(named) = quoted(line, &["describe("]) {
                named.clone_into(&mut group);
            }
            quoted(line, &["it(", "test("]).map(|title| (title.to_owned(), format!("{group} {above} {title}")))
        };
        if let Some((title, cites)) = title {
            let ids = identifiers(&cites);
            if !ids.is_empty() {
                found.push((title, ids));
            }
        }
        match line.strip_prefix("//") {
            Some(comment) => above.push_str(comment),
            None => above.clear(),
        }
        is_test = false;
    }
    found
}

/// The title in `it("…", …)`.
fn quoted<'a>(line: &'a str, calls: &[&str]) -> Option<&'a str> {
    let rest = calls.iter().find_map(|call| line.strip_prefix(call))?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    rest[1..].split(quote).next()
}

/// `ct_01_who_calls` cites CT-01.
fn spelled(name: &str) -> String {
    let parts: Vec<&str> = name.split('_').collect();
    parts
        .windows(2)
        .filter(|pair| pair[0].len() == 2 && pair[1].len() == 2 && pair[1].bytes().all(|c| c.is_ascii_digit()))
        .map(|pair| format!("{}-{} ", pair[0].to_uppercase(), pair[1]))
        .collect()
}

/// All `XX-00` in a text.
fn identifiers(text: &str) -> Vec<String> {
    let is = |word: &str| {
        let bytes = word.as_bytes();
        bytes.len() == 5
            && bytes[..2].iter().all(u8::is_ascii_uppercase)
            && bytes[2] == b'-'
            && bytes[3..].iter().all(u8::is_ascii_digit)
    };
    let mut ids: Vec<String> = text
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .filter(|word| is(word))
        .map(str::to_owned)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rust_test_cites_by_name_and_by_the_comment_above() {
        let text = "/// PW-01: refused.\n#[tokio::test]\nasync fn ct_01_is_kept() {\n}\n/// ST-01\nfn helper() {}\n#[test]\nfn bare() {}\n";
        assert_eq!(tests(text, true), [("ct 01 is kept".to_owned(), vec!["CT-01".to_owned(), "PW-01".to_owned()])]);
    }

    #[test]
    fn a_test_of_the_window_cites_in_its_title() {
        let text = "    it(\"warns (PR-10, PR-11)\", async () => {\n    expect(\"PR-01\");\n// LG-01\ntest('x', () => {\ndescribe(\"avatars (PR-05)\", () => {\nit(\"y\", () => {\n";
        let ids = |ids: &[&str]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        let found = [
            ("warns (PR-10, PR-11)".to_owned(), ids(&["PR-10", "PR-11"])),
            ("x".to_owned(), ids(&["LG-01"])),
            ("y".to_owned(), ids(&["PR-05"])),
        ];
        assert_eq!(tests(text, false), found);
    }
}
