use super::*;

const BOOKS: &str = r#"<?xml version="1.0"?>
<multistatus xmlns="DAV:" xmlns:CR="urn:ietf:params:xml:ns:carddav" xmlns:CS="http://calendarserver.org/ns/">
  <response><href>/noor/</href>
    <propstat><prop><resourcetype><collection/></resourcetype>
      <current-user-principal><href>/noor/</href></current-user-principal>
      <CR:addressbook-home-set><href>/noor/</href></CR:addressbook-home-set></prop><status>HTTP/1.1 200 OK</status></propstat>
    <propstat><prop><CS:getctag/><displayname/></prop><status>HTTP/1.1 404 Not Found</status></propstat></response>
  <response><href>/noor/customers/</href>
    <propstat><prop><resourcetype><collection/><CR:addressbook/></resourcetype><displayname>عملاء &amp; أصدقاء &#65;</displayname>
      <CS:getctag>"abc"</CS:getctag></prop><status>HTTP/1.1 200 OK</status></propstat></response>
  <response><href>/noor/customers/1.vcf</href>
    <propstat><prop><getetag>"1"</getetag><CR:address-data><![CDATA[BEGIN:VCARD]]>
FN:A&lt;B</CR:address-data></prop><status>HTTP/1.1 200 OK</status></propstat></response>
</multistatus>"#;

fn why(bytes: &[u8]) -> SourceWhy {
    read(bytes, 10).expect_err("refused").into_fault().why
}

#[test]
fn pain_15_answers_of_carddav_are_read_with_their_namespaces() {
    let members = read(BOOKS.as_bytes(), 10).expect("reads");
    let [home, book, card] = members.as_slice() else { panic!("{members:?}") };
    assert_eq!((home.props.principal.as_deref(), home.props.home.as_deref()), (Some("/noor/"), Some("/noor/")));
    // What the server does not have is not empty but unknown.
    assert_eq!(home.props.ctag, None);
    assert!(home.props.collection && !home.props.addressbook);
    assert!(book.props.addressbook);
    assert_eq!((book.props.name.as_str(), book.props.ctag.as_deref()), ("عملاء & أصدقاء A", Some("\"abc\"")));
    assert_eq!(card.props.card.as_deref(), Some("BEGIN:VCARD\nFN:A<B"));
    assert_eq!(card.props.etag.as_deref(), Some("\"1\""));
}

#[test]
fn hostile_answers_are_refused_without_growing() {
    assert_eq!(why(b""), SourceWhy::NotUnderstood);
    assert_eq!(why(b"<html><body>Sign in"), SourceWhy::NotUnderstood);
    assert_eq!(why(b"\xff\xfe\x00<"), SourceWhy::NotUnderstood);
    assert_eq!(why("<a>".repeat(100_000).as_bytes()), SourceWhy::NotUnderstood);
    let many = format!("<d:multistatus xmlns:d=\"DAV:\">{}</d:multistatus>", "<d:response/>".repeat(12));
    assert_eq!(why(many.as_bytes()), SourceWhy::TooLarge);
    let laughs = r#"<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><d:multistatus xmlns:d="DAV:"><d:response><d:href>/&b;x</d:href></d:response></d:multistatus>"#;
    assert_eq!(read(laughs.as_bytes(), 10).expect("reads")[0].href, "/x");
}

#[test]
fn every_cut_and_every_wrong_byte_is_an_answer_or_an_error() {
    for end in 0..BOOKS.len() {
        let _ = read(&BOOKS.as_bytes()[..end], 10);
        let mut wrong = BOOKS.as_bytes().to_vec();
        for byte in [0, b'<', b'&', 0xff] {
            wrong[end] = byte;
            let _ = read(&wrong, 10);
        }
    }
}
