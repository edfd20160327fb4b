use model::{SourceKind, SourceTrial, SourceWhy};
use sources::{Ask, Known};
use testkit::slapd::{BASE, PASSWORD, Slapd, USER};

use crate::rig::{ask, certificate, named, names, reading};

const PEOPLE: &str = "\
dn: cn=noor,dc=maydan,dc=example
objectClass: inetOrgPerson
cn: noor
givenName: نور
sn: حداد
o: ميدان
telephoneNumber: +966 11 222 3344
mobile: +966 50 123 4567
mail: noor@maydan.example

dn: cn=Layla Haddad,dc=maydan,dc=example
objectClass: inetOrgPerson
cn: Layla Haddad
sn: Haddad
telephoneNumber: 204

dn: cn=silent,dc=maydan,dc=example
objectClass: inetOrgPerson
cn: silent
sn: Nobody

dn: ou=secret,dc=maydan,dc=example
objectClass: organizationalUnit
ou: secret
";

fn ldap(server: &Slapd) -> Ask {
    ask(SourceKind::Ldap, &server.address(), USER, PASSWORD)
}

#[tokio::test]
async fn pain_15_people_with_numbers_are_read_and_kept_up_with() {
    let mut server = Slapd::start(PEOPLE, None, "");
    let mut known = Known::default();
    let (entries, _) = reading(&ldap(&server), &mut known).await;
    assert_eq!(names(&entries), ["Layla Haddad", "نور حداد"]);
    let noor = entries.iter().find(|entry| entry.contact.first_name == "نور").expect("there");
    assert_eq!(noor.contact.numbers.len(), 2);
    assert_eq!((noor.contact.company.as_str(), noor.contact.emails.len()), ("ميدان", 1));
    assert_eq!(reading(&ldap(&server), &mut known).await, (Vec::new(), 2));

    server.edit(
        "dn: cn=noor,dc=maydan,dc=example\nchangetype: modify\nreplace: mobile\nmobile: +966 55 000 1122\n\n\
         dn: cn=Layla Haddad,dc=maydan,dc=example\nchangetype: modify\ndelete: telephoneNumber\n",
    );
    let (changed, same) = reading(&ldap(&server), &mut known).await;
    assert_eq!((names(&changed), same), (vec!["نور حداد".to_owned()], 0));
    // slapmodify gives what it touches a new entryUUID, so this is another entry for us, and the old one is gone.
    assert_ne!(changed[0].contact.id, noor.contact.id);
    assert!(changed[0].contact.numbers.iter().any(|it| it.number == "+966 55 000 1122"));
    assert_eq!(known.tags.len(), 1);
}

#[tokio::test]
async fn pain_15_a_large_tree_comes_in_pages() {
    let people: String = (0..1_203)
        .map(|at| format!("dn: cn=p{at},{BASE}\nobjectClass: inetOrgPerson\ncn: p{at}\nsn: p\nmobile: 05{at:08}\n\n"))
        .collect();
    // Without pages this server gives no more than these.
    let server = Slapd::start(&people, None, "sizelimit size.soft=600 size.hard=600 size.prtotal=unlimited");
    let SourceTrial::Works { count, names } = sources::test(&ldap(&server)).await else { panic!("works") };
    assert_eq!((count, names.len()), (1_203, 5));
    let mut few = ldap(&server);
    few.limits.contacts = 700;
    assert_eq!(named(&few).await, SourceWhy::TooLarge);
    few = ldap(&server);
    few.limits.answer_bytes = 20_000;
    assert_eq!(named(&few).await, SourceWhy::TooLarge);
    let strict = Slapd::start(&people, None, "sizelimit 100");
    assert_eq!(named(&ldap(&strict)).await, SourceWhy::ServerLimit);
}

#[tokio::test]
async fn pain_15_test_names_what_is_wrong_with_ldap() {
    let mut server = Slapd::start(PEOPLE, None, "");
    let with = |change: &dyn Fn(&mut Ask)| {
        let mut ask = ldap(&server);
        change(&mut ask);
        ask
    };
    let wrong = |secret: &str| Some(base::Secret::new(secret));
    assert_eq!(named(&with(&|it| it.password = wrong("guess"))).await, SourceWhy::WrongCredentials);
    assert_eq!(named(&with(&|it| it.source.user = "nobody".into())).await, SourceWhy::WrongCredentials);
    assert_eq!(named(&with(&|it| it.password = None)).await, SourceWhy::NoPassword);
    assert_eq!(named(&with(&|it| it.source.base_dn = "dc=elsewhere".into())).await, SourceWhy::NoSuchBase);
    assert_eq!(named(&with(&|it| it.source.base_dn = "not a name".into())).await, SourceWhy::NoSuchBase);
    assert_eq!(named(&with(&|it| it.source.filter = "(cn=*".into())).await, SourceWhy::BadFilter);
    assert_eq!(named(&with(&|it| it.source.starttls = true)).await, SourceWhy::NoTls);
    assert_eq!(
        named(&with(&|it| it.source.address = "ldap://no-such-host.invalid".into())).await,
        SourceWhy::Cleartext
    );
    assert_eq!(
        named(&with(&|it| it.source.address = "ldaps://no-such-host.invalid".into())).await,
        SourceWhy::NoSuchHost
    );
    let plain = with(&|it| it.source.address = it.source.address.replace("ldap://", "ldaps://"));
    assert_eq!(named(&plain).await, SourceWhy::NoTls);
    server.stop();
    assert_eq!(named(&ldap(&server)).await, SourceWhy::Unreachable);
}

#[tokio::test]
async fn pain_15_whoever_may_not_read_is_told_so() {
    let server = Slapd::start(PEOPLE, None, "require authc");
    let mut nobody = ldap(&server);
    (nobody.source.user, nobody.password) = (String::new(), None);
    assert_eq!(named(&nobody).await, SourceWhy::NotAllowed);
}

#[tokio::test]
async fn pain_15_ldap_is_read_over_tls_from_the_first_byte_and_after_starttls() {
    let (certificate_of_server, key) = certificate("localhost");
    let server = Slapd::start(PEOPLE, Some((&certificate_of_server, &key)), "");
    let starttls = server.address().replace("127.0.0.1", "localhost");
    for address in [server.tls_address(), starttls] {
        let mut secure = ldap(&server);
        secure.source.address = address;
        secure.source.starttls = true;
        assert_eq!(named(&secure).await, SourceWhy::UnknownIssuer);
        secure.source.certificates.clone_from(&certificate_of_server);
        assert!(matches!(sources::test(&secure).await, SourceTrial::Works { count: 2, .. }), "{secure:?}");
        secure.source.address = secure.source.address.replace("localhost", "127.0.0.1");
        assert_eq!(named(&secure).await, SourceWhy::WrongName);
    }
}
