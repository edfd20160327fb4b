//! SPDX expressions against the list in deny.toml.

/// Whether `expression` can be satisfied with licences of `allowed`. `OR` needs one side, `AND` both.
pub fn satisfied(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let verdict = either(&words, &mut at, allowed);
    verdict && at == words.len()
}

fn either(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut verdict = both(words, at, allowed);
    while words.get(*at).is_some_and(|w| w.eq_ignore_ascii_case("or")) {
        *at += 1;
        let right = both(words, at, allowed);
        verdict = verdict || right;
    }
    verdict
}

fn both(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut verdict = single(words, at, allowed);
    while words.get(*at).is_some_and(|w| w.eq_ignore_ascii_case("and")) {
        *at += 1;
        let right = single(words, at, allowed);
        verdict = verdict && right;
    }
    verdict
}

fn single(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let verdict = either(words, at, allowed);
        *at += usize::from(words.get(*at) == Some(&")"));
        return verdict;
    }
    let mut name = (*word).to_owned();
    if words.get(*at).is_some_and(|w| w.eq_ignore_ascii_case("with")) {
        name = format!("{name} WITH {}", words.get(*at + 1).copied().unwrap_or_default());
        *at += 2;
    }
    allowed.iter().any(|a| a.eq_ignore_ascii_case(&name))
}

#[cfg(test)]
mod tests {
    use super::satisfied;

    fn check(expression: &str, expected: bool) {
        let allowed = ["MIT", "Apache-2.0", "BSD-3-Clause", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
        assert_eq!(satisfied(expression, &allowed), expected, "{expression}");
    }

    #[test]
    fn expressions_are_read_as_spdx_means_them() {
        check("MIT", true);
        check("GPL-3.0", false);
        check("GPL-3.0 OR MIT", true);
        check("MIT/Apache-2.0", true);
        check("MIT AND GPL-2.0", false);
        check("(MIT OR GPL-2.0) AND BSD-3-Clause", true);
        check("Apache-2.0 WITH LLVM-exception", true);
        check("GPL-2.0 WITH Classpath-exception-2.0", false);
        check("", false);
    }
}
