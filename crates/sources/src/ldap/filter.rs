//! Filters as people write them (RFC 4515) and as they are sent (RFC 4511 §4.5.1.7).

use model::{SourceFault, SourceWhy};

use super::ber::{OCTETS, SEQUENCE, element};

/// Brackets inside each other.
const DEEPEST: usize = 32;
/// Bytes of a filter.
const LONGEST: usize = 8 * 1024;

/// The filter for the wire.
pub(super) fn encode(text: &str) -> Result<Vec<u8>, SourceFault> {
    // Many programs take one condition without brackets.
    let text = if text.starts_with('(') { text.to_owned() } else { format!("({text})") };
    if text.len() > LONGEST {
        return Err(SourceFault::new(SourceWhy::BadFilter, "too long"));
    }
    let mut reader = Reader { rest: &text };
    let bytes = reader.filter(0).ok_or_else(|| reader.fault())?;
    if reader.rest.is_empty() { Ok(bytes) } else { Err(reader.fault()) }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    /// Where it stopped to be one.
    fn fault(&self) -> SourceFault {
        SourceFault::new(SourceWhy::BadFilter, &self.rest.chars().take(40).collect::<String>())
    }

    fn filter(&mut self, depth: usize) -> Option<Vec<u8>> {
        if depth > DEEPEST {
            return None;
        }
        self.skip('(')?;
        let bytes = match self.rest.chars().next()? {
            '&' => element(0xa0, &self.list(depth)?),
            '|' => element(0xa1, &self.list(depth)?),
            '!' => {
                self.skip('!')?;
                element(0xa2, &self.filter(depth + 1)?)
            }
            _ => self.condition()?,
        };
        self.skip(')')?;
        Some(bytes)
    }

    fn list(&mut self, depth: usize) -> Option<Vec<u8>> {
        self.rest = self.rest.get(1..)?;
        let mut all = Vec::new();
        while self.rest.starts_with('(') {
            all.extend(self.filter(depth + 1)?);
        }
        (!all.is_empty()).then_some(all)
    }

    fn condition(&mut self) -> Option<Vec<u8>> {
        let end = self.rest.find([')', '('])?;
        let (condition, rest) = self.rest.split_at(end);
        let (name, value) = condition.split_once('=')?;
        let bytes = match name.char_indices().next_back()? {
            (at, '>') => compared(0xa5, &name[..at], value)?,
            (at, '<') => compared(0xa6, &name[..at], value)?,
            (at, '~') => compared(0xa8, &name[..at], value)?,
            (at, ':') => extensible(&name[..at], value)?,
            _ if value == "*" => element(0x87, attribute(name)?),
            _ if value.contains('*') => parts(name, value)?,
            _ => compared(0xa3, name, value)?,
        };
        self.rest = rest;
        Some(bytes)
    }

    fn skip(&mut self, c: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(c)?;
        Some(())
    }
}

fn compared(tag: u8, name: &str, value: &str) -> Option<Vec<u8>> {
    let both = [element(OCTETS, attribute(name)?), element(OCTETS, &unescaped(value)?)];
    Some(element(tag, &both.concat()))
}

/// `A*b*C`: begins with, has, ends with.
fn parts(name: &str, value: &str) -> Option<Vec<u8>> {
    let last = value.split('*').count() - 1;
    let mut pieces = Vec::new();
    for (at, piece) in value.split('*').enumerate().filter(|(_, piece)| !piece.is_empty()) {
        let tag = if at == 0 {
            0x80
        } else if at == last {
            0x82
        } else {
            0x81
        };
        pieces.extend(element(tag, &unescaped(piece)?));
    }
    if pieces.is_empty() {
        return None;
    }
    Some(element(0xa4, &[element(OCTETS, attribute(name)?), element(SEQUENCE, &pieces)].concat()))
}

/// `name[:dn][:rule]:=value`.
fn extensible(head: &str, value: &str) -> Option<Vec<u8>> {
    let mut words = head.split(':');
    let name = words.next()?;
    let (mut rule, mut dn) = ("", false);
    for word in words {
        match word {
            "dn" | "DN" if !dn && rule.is_empty() => dn = true,
            word if rule.is_empty() => rule = word,
            _ => return None,
        }
    }
    let mut all = Vec::new();
    if !rule.is_empty() {
        all.extend(element(0x81, attribute(rule)?));
    }
    if !name.is_empty() {
        all.extend(element(0x82, attribute(name)?));
    }
    all.extend(element(0x83, &unescaped(value)?));
    if dn {
        all.extend(element(0x84, &[0xff]));
    }
    (!rule.is_empty() || !name.is_empty()).then(|| element(0xa9, &all))
}

fn attribute(name: &str) -> Option<&[u8]> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ';');
    (!name.is_empty() && name.chars().all(fits)).then_some(name.as_bytes())
}

/// `\2a` is a star.
fn unescaped(value: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = value.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        rest = more;
        if *first == b'\\' {
            let two = rest.get(..2)?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok()?);
            rest = &rest[2..];
        } else {
            bytes.push(*first);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use model::USUAL_FILTER;

    use super::*;

    #[test]
    fn pain_15_filters_become_what_the_standard_says() {
        assert_eq!(encode("(cn=*)"), Ok(b"\x87\x02cn".to_vec()));
        assert_eq!(encode("cn=*"), encode("(cn=*)"));
        assert_eq!(encode("(cn=a\\2a)"), Ok(b"\xa3\x08\x04\x02cn\x04\x02a*".to_vec()));
        assert_eq!(encode("(!(cn>=a))"), Ok(b"\xa2\x09\xa5\x07\x04\x02cn\x04\x01a".to_vec()));
        assert_eq!(encode("(cn=a*b*c)"), Ok(b"\xa4\x0f\x04\x02cn\x30\x09\x80\x01a\x81\x01b\x82\x01c".to_vec()));
        assert_eq!(encode("(a:dn:2.4:=x)"), Ok(b"\xa9\x0e\x81\x032.4\x82\x01a\x83\x01x\x84\x01\xff".to_vec()));
        assert!(encode(USUAL_FILTER).is_ok());
        assert!(encode("(&(objectClass=person)(sn=العلي))").is_ok());
    }

    #[test]
    fn what_is_no_filter_is_named_where_it_stops_to_be_one() {
        let deep = format!("{}(cn=*){}", "(!".repeat(5_000), ")".repeat(5_000));
        let long = format!("(cn={})", "x".repeat(LONGEST));
        for nonsense in [
            "", "(", "()", "(cn)", "(&)", "(cn=a", "(cn=a))", "(c n=a)", "(cn=\\2)", "(=a)", "(cn=**)", "(:=a)",
            "(é=a)", &deep, &long,
        ] {
            assert_eq!(encode(nonsense).map_err(|fault| fault.why), Err(SourceWhy::BadFilter), "{nonsense:.20}");
        }
        assert_eq!(encode("(&(cn=*)(sn))").map_err(|fault| fault.detail), Err("sn))".into()));
    }
}
