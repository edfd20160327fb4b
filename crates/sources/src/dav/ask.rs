//! What is asked: bodies of requests.

/// What is there, who are we, and where are our books? (RFC 5397, RFC 6352 §7.1.1)
pub(super) const PLACE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav" xmlns:s="http://calendarserver.org/ns/"><d:prop><d:resourcetype/><d:displayname/><d:current-user-principal/><c:addressbook-home-set/><s:getctag/><d:sync-token/></d:prop></d:propfind>"#;

/// What a book holds, and in which version.
pub(super) const MEMBERS: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<d:propfind xmlns:d="DAV:"><d:prop><d:resourcetype/><d:getetag/></d:prop></d:propfind>"#;

/// Some cards (RFC 6352 §8.7).
pub(super) fn multiget(paths: &[String]) -> String {
    let mut body = String::from(
        r#"<?xml version="1.0" encoding="utf-8"?>
<c:addressbook-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:prop><d:getetag/><c:address-data/></d:prop>"#,
    );
    for path in paths {
        body.push_str("<d:href>");
        for c in path.chars() {
            match c {
                '&' => body.push_str("&amp;"),
                '<' => body.push_str("&lt;"),
                '>' => body.push_str("&gt;"),
                c => body.push(c),
            }
        }
        body.push_str("</d:href>");
    }
    body.push_str("</c:addressbook-multiget>");
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_leave_its_element() {
        let body = multiget(&["/a&b</d:href><evil/>.vcf".into()]);
        assert!(body.contains("<d:href>/a&amp;b&lt;/d:href&gt;&lt;evil/&gt;.vcf</d:href>"), "{body}");
    }
}
