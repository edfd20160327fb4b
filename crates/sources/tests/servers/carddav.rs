use model::{NumberKind, SourceKind, SourceTrial, SourceWhy};
use sources::{Ask, Known};
use testkit::radicale::{PASSWORD, Radicale, USER};

use crate::rig::{ask, certificate, named, names, reading};

fn dav(server: &Radicale, path: &str) -> Ask {
    ask(SourceKind::CardDav, &format!("{}{path}", server.address()), USER, PASSWORD)
}

fn card(uid: &str, name: &str, numbers: &[&str]) -> String {
    let numbers: String = numbers.iter().map(|number| format!("TEL;TYPE=CELL:{number}\r\n")).collect();
    format!(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{name}\r\nN:;{name};;;\r\n{numbers}PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\nEND:VCARD\r\n"
    )
}

#[tokio::test]
async fn pain_15_a_book_is_found_from_the_hosts_address_and_read_and_kept_up_with() {
    let server = Radicale::start(&[("customers", "عملاء")], None);
    server.put("customers/1.vcf", &card("1", "نور حداد", &["+966501234567", "+966112223344"])).await;
    server.put("customers/2.vcf", &card("2", "Layla Haddad", &["204"])).await;
    let mut known = Known::default();
    let (entries, _) = reading(&dav(&server, ""), &mut known).await;
    assert_eq!(names(&entries), ["Layla Haddad", "نور حداد"]);
    let noor = entries.iter().find(|entry| entry.key.ends_with("/1.vcf")).expect("there");
    let numbers: Vec<_> = noor.contact.numbers.iter().map(|it| (it.number.as_str(), it.kind)).collect();
    assert_eq!(numbers, [("+966501234567", NumberKind::Mobile), ("+966112223344", NumberKind::Mobile)]);

    // As it was: one request.
    let before = server.requests();
    assert_eq!(reading(&dav(&server, ""), &mut known).await, (Vec::new(), 2));
    assert_eq!(server.requests() - before, 1, "an unchanged book costs one request");

    // One changed, one gone, one new: what stayed is not fetched.
    server.put("customers/1.vcf", &card("1", "نور العلي", &["+966501234567"])).await;
    server.put("customers/3.vcf", &card("3", "Omar", &["205"])).await;
    server.delete("customers/2.vcf").await;
    let id = noor.contact.id;
    let (entries, same) = reading(&dav(&server, ""), &mut known).await;
    assert_eq!((names(&entries), same), (vec!["Omar".to_owned(), "نور العلي".to_owned()], 0));
    assert!(entries.iter().any(|entry| entry.contact.id == id), "a changed contact is the same contact");
    assert_eq!(known.tags.len(), 2);
}

#[tokio::test]
async fn pain_15_test_says_how_many_and_offers_the_books_that_are_there() {
    let server = Radicale::start(&[("customers", "Customers"), ("suppliers", "Suppliers")], None);
    server.put("suppliers/1.vcf", &card("1", "نور", &["204"])).await;
    let SourceTrial::Choose(mut books) = sources::test(&dav(&server, "/")).await else { panic!("a choice") };
    books.sort_by(|a, b| a.name.cmp(&b.name));
    let found: Vec<_> = books.iter().map(|book| book.name.as_str()).collect();
    assert_eq!(found, ["Customers", "Suppliers"]);
    let mut chosen = dav(&server, "");
    chosen.source.address.clone_from(&books[1].address);
    assert_eq!(sources::test(&chosen).await, SourceTrial::Works { count: 1, names: vec!["نور".into()] });
    chosen.source.address.clone_from(&books[0].address);
    assert_eq!(sources::test(&chosen).await, SourceTrial::Works { count: 0, names: vec![] });
}

#[tokio::test]
async fn pain_15_test_names_what_is_wrong_with_carddav() {
    let mut server = Radicale::start(&[("customers", "Customers")], None);
    let mut wrong = dav(&server, "");
    wrong.password = Some(base::Secret::new("guess"));
    assert_eq!(named(&wrong).await, SourceWhy::WrongCredentials);
    assert_eq!(named(&dav(&server, "/layla/")).await, SourceWhy::NotAllowed);
    let mut elsewhere = dav(&server, "/");
    elsewhere.source.address = "http://no-such-host.invalid/".into();
    (elsewhere.source.user, elsewhere.password) = (String::new(), None);
    assert_eq!(named(&elsewhere).await, SourceWhy::NoSuchHost);
    elsewhere.source.address = "http://cloud.example/".into();
    (elsewhere.source.user, elsewhere.password) = ("noor".into(), Some(base::Secret::new("x")));
    assert_eq!(named(&elsewhere).await, SourceWhy::Cleartext);
    let empty = Radicale::start(&[], None);
    assert_eq!(named(&dav(&empty, "/")).await, SourceWhy::NotABook);
    server.stop();
    assert_eq!(named(&dav(&server, "/")).await, SourceWhy::Unreachable);
    server.run();
    assert!(matches!(sources::test(&dav(&server, "/")).await, SourceTrial::Works { .. }));
}

#[tokio::test]
async fn pain_15_a_server_that_signed_its_certificate_itself_is_read_once_it_is_trusted() {
    let (certificate_of_server, key) = certificate("localhost");
    let server = Radicale::start(&[("customers", "Customers")], Some((&certificate_of_server, &key)));
    let mut secure = dav(&server, "/");
    assert_eq!(named(&secure).await, SourceWhy::UnknownIssuer);
    secure.source.certificates = "no certificate".into();
    assert_eq!(named(&secure).await, SourceWhy::BadCertificateFile);
    secure.source.certificates = certificate_of_server;
    assert!(matches!(sources::test(&secure).await, SourceTrial::Works { count: 0, .. }));
    secure.source.address = secure.source.address.replace("localhost", "127.0.0.1");
    assert_eq!(named(&secure).await, SourceWhy::WrongName);
}

#[tokio::test]
async fn pain_15_a_book_that_is_too_large_is_named() {
    let server = Radicale::start(&[("customers", "Customers")], None);
    for at in 0..4 {
        server.put(&format!("customers/{at}.vcf"), &card(&at.to_string(), "Noor", &["204"])).await;
    }
    let mut few = dav(&server, "/");
    few.limits.contacts = 3;
    assert_eq!(named(&few).await, SourceWhy::TooLarge);
    let mut short = dav(&server, "/");
    short.limits.answer_bytes = 300;
    assert_eq!(named(&short).await, SourceWhy::TooLarge);
}
